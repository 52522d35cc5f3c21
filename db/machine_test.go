package db

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// machine drives a store and its model with random steps.
type machine struct {
	t       testing.TB
	opts    Options
	purge   bool // copies of deleted chats go in the background
	s       *Store
	m       *model
	clock   *clock
	sent    []Send
	secrets // what was said and taken back

	mu      sync.Mutex // held by the committer's callbacks
	looking map[chatKey]bool
	told    map[ID][]Event  // live events, by person
	ends    []map[ID]uint64 // the heads after each transaction
	bad     string
}

// step is one call and what the model says of it.
type step struct {
	run    func(context.Context)
	verify func(t *rapid.T)
}

func newMachine(t testing.TB, dir string, people int, purge bool) *machine {
	x := &machine{t: t, purge: purge, m: newModel(), clock: newClock(), looking: map[chatKey]bool{}, told: map[ID][]Event{}}
	x.opts = Options{Dir: dir, Ballast: -1, NoFlush: true, Reserve: 1, Now: x.clock.Now,
		Committed: x.committed, Looking: func(owner, who ID) bool {
			x.mu.Lock()
			defer x.mu.Unlock()
			return x.looking[chatKey{owner, who}]
		}}
	x.open()
	token, err := x.s.MakeStartToken(t.Context(), time.Hour)
	check(t, err)
	_, _, err = x.s.SetUp(t.Context(), token, "P1", "test")
	check(t, err)
	for i := 2; i <= people; i++ {
		_, _, err := x.s.Join(t.Context(), x.s.JoinCode(), fmt.Sprint("P", i), "", "test")
		check(t, err)
	}
	for _, p := range x.s.People() {
		x.m.people[p.ID] = &p
	}
	return x
}

func (x *machine) open() {
	s, err := Open(x.t.Context(), x.opts)
	check(x.t, err)
	if x.s = s; !x.purge {
		stopPurge(s)
	}
}

// restart closes the store and opens it again.
func (x *machine) restart() {
	check(x.t, x.s.Close())
	x.open()
}

// committed notes what devices are told, and that it is contiguous.
func (x *machine) committed(c Committed) {
	x.mu.Lock()
	defer x.mu.Unlock()
	heads := map[ID]uint64{}
	if len(x.ends) > 0 {
		for id, ev := range x.ends[len(x.ends)-1] {
			heads[id] = ev
		}
	}
	for id, events := range c.Events {
		for _, e := range events {
			if e.Ev != heads[id]+1 {
				x.bad = fmt.Sprintf("person %d was told of event %d after %d", id, e.Ev, heads[id])
			}
			heads[id] = e.Ev
			if e.Kind == KindMessage && e.Message.User != id {
				x.m.received[id] = append(x.m.received[id], modelReceived{e.Ev, e.Seq, e.Who})
			}
		}
		x.told[id] = append(x.told[id], events...)
	}
	x.ends = append(x.ends, heads)
}

func (x *machine) now() int64 { return x.clock.Now().UnixMilli() }

// burst makes the steps share one transaction: the committer is held while
// they queue up, in order.
func (x *machine) burst(t *rapid.T, steps []step) {
	held, release := make(chan struct{}), make(chan struct{})
	x.s.submit(&funcOp{f: func(*batch) error { close(held); <-release; return nil }})
	<-held
	var all sync.WaitGroup
	for _, st := range steps {
		queued := make(chan struct{}, 1)
		ctx := asking{x.t.Context(), queued}
		all.Go(func() { st.run(ctx); ctx.Done() })
		<-queued
	}
	close(release)
	all.Wait()
	for _, st := range steps {
		st.verify(t)
	}
}

// asking is a context that tells when somebody asks for its end: a call that
// waits does so when its change is queued.
type asking struct {
	context.Context
	asked chan<- struct{}
}

func (a asking) Done() <-chan struct{} {
	select {
	case a.asked <- struct{}{}:
	default:
	}
	return a.Context.Done()
}

func (x *machine) do(t *rapid.T, st step) {
	st.run(x.t.Context())
	st.verify(t)
}

// anyone is mostly one of two, so that things happen between the same people.
func (x *machine) anyone(t *rapid.T, label string) ID {
	id := rapid.SampledFrom([]ID{1, 2, 1, 2, 1, 2, 3, 3, 4, 5}).Draw(t, label)
	return min(id, ID(len(x.m.people)))
}

func (x *machine) seq(t *rapid.T, a, b ID) uint64 {
	top := int(x.m.top[PairOf(a, b)])
	if top > 2 && rapid.Bool().Draw(t, "recent") {
		return uint64(top - rapid.IntRange(0, 1).Draw(t, "back"))
	}
	return uint64(rapid.IntRange(0, top+1).Draw(t, "seq"))
}

var someTexts = []string{"hello", "b", "今天天气很好", strings.Repeat("long ", 100), "\U0001F43C"}

// text gives something to say that was never said before.
func (x *machine) text(t *rapid.T) string {
	x.texts++
	return fmt.Sprintf("secret%05d. %s", x.texts, rapid.SampledFrom(someTexts).Draw(t, "text"))
}

func (x *machine) steps() map[string]func(*rapid.T) step {
	return map[string]func(*rapid.T) step{
		"send": x.send, "send2": x.send, "send3": x.send, "repeat": x.repeat, "read": x.read, "got": x.gotStep, "edit": x.edit,
		"recall": x.recall, "remove": x.remove, "open": x.openChat, "delete": x.deleteChat, "mark": x.mark, "person": x.person,
		"join": x.join, "leave": x.leave,
	}
}

func (x *machine) send(t *rapid.T) step {
	s := Send{From: x.anyone(t, "from"), To: x.anyone(t, "to"), CID: fmt.Sprintf("%016d", len(x.sent)), Content: x.text(t)}
	if rapid.IntRange(0, 3).Draw(t, "answers") == 0 {
		s.Reply = x.seq(t, s.From, s.To)
	}
	x.sent = append(x.sent, s)
	return x.sending(s)
}

func (x *machine) sending(s Send) step {
	var ack Ack
	var err error
	return step{
		run: func(ctx context.Context) { ack, err = x.s.SendNow(ctx, s) },
		verify: func(t *rapid.T) {
			want, code := x.m.send(s, x.now(), x.looking[chatKey{s.To, s.From}])
			same(t, "send", code, CodeOf(err))
			if code != "" {
				return
			}
			if !want.Repeat {
				x.said(PairOf(s.From, s.To), ack.Seq, s.Content)
				mine := x.m.acks[modelCID{s.From, s.CID}]
				mine.ack.Ev = ack.Ev
				x.m.acks[modelCID{s.From, s.CID}], want.Ev = mine, ack.Ev
				if e := x.told[s.From][ack.Ev-1]; e.Ev != ack.Ev || e.Kind != KindMessage || e.Seq != ack.Seq {
					t.Fatalf("the ack %+v names the event %+v", ack, e)
				}
			}
			same(t, "ack", want, ack)
		},
	}
}

// repeat sends an old cid again, sometimes with something else.
func (x *machine) repeat(t *rapid.T) step {
	if len(x.sent) == 0 {
		return x.send(t)
	}
	s := rapid.SampledFrom(x.sent).Draw(t, "again")
	switch rapid.IntRange(0, 4).Draw(t, "how") {
	case 0:
		s.Content += "!"
	case 1:
		s.To = x.anyone(t, "to")
	case 2:
		s.From, s.Content = x.anyone(t, "from"), x.text(t)
	}
	return x.sending(s)
}

func (x *machine) read(t *rapid.T) step {
	owner, who := x.anyone(t, "owner"), x.anyone(t, "who")
	upto := x.seq(t, owner, who)
	var err error
	return step{
		run:    func(ctx context.Context) { err = read(ctx, x.s, owner, who, upto) },
		verify: func(t *rapid.T) { same(t, "read", x.m.read(owner, who, upto), CodeOf(err)) },
	}
}

func (x *machine) gotStep(t *rapid.T) step {
	owner := x.anyone(t, "owner")
	ev := uint64(rapid.IntRange(0, len(x.told[owner])).Draw(t, "ev"))
	var err error
	return step{
		run:    func(ctx context.Context) { err = got(ctx, x.s, owner, ev) },
		verify: func(t *rapid.T) { x.m.gotUpto(owner, ev); same(t, "got", nil, err) },
	}
}

func (x *machine) edit(t *rapid.T) step {
	owner, who := x.anyone(t, "owner"), x.anyone(t, "who")
	seq, text := x.seq(t, owner, who), x.text(t)+"*"
	return x.changing(owner, who, seq, text, false)
}

func (x *machine) recall(t *rapid.T) step {
	owner, who := x.anyone(t, "owner"), x.anyone(t, "who")
	return x.changing(owner, who, x.seq(t, owner, who), "", true)
}

func (x *machine) changing(owner, who ID, seq uint64, text string, recall bool) step {
	var msg Message
	var err error
	return step{
		run: func(ctx context.Context) {
			if recall {
				msg, err = x.s.Recall(ctx, owner, who, seq)
			} else {
				msg, err = x.s.Edit(ctx, owner, who, seq, text)
			}
		},
		verify: func(t *rapid.T) {
			want, code := x.m.change(owner, who, seq, text, recall, x.now())
			same(t, "change", code, CodeOf(err))
			if code == "" {
				same(t, "changed", want, msg)
				if recall {
					x.tookBack(PairOf(owner, who), seq)
				} else {
					x.said(PairOf(owner, who), seq, text)
				}
			}
		},
	}
}

func (x *machine) remove(t *rapid.T) step {
	owner, who := x.anyone(t, "owner"), x.anyone(t, "who")
	seq := x.seq(t, owner, who)
	var err error
	return step{
		run: func(ctx context.Context) { err = x.s.Remove(ctx, owner, who, seq) },
		verify: func(t *rapid.T) {
			delete(x.m.chat(owner, who).copies, seq)
			same(t, "remove", nil, err)
		},
	}
}

func (x *machine) openChat(t *rapid.T) step {
	owner, who := x.anyone(t, "owner"), x.anyone(t, "who")
	var made bool
	var err error
	return step{
		run: func(ctx context.Context) { _, made, err = x.s.OpenChat(ctx, owner, who) },
		verify: func(t *rapid.T) {
			want, code := x.m.openChat(owner, who, x.now())
			same(t, "open", code, CodeOf(err))
			same(t, "made", want, made)
		},
	}
}

func (x *machine) deleteChat(t *rapid.T) step {
	owner, who := x.anyone(t, "owner"), x.anyone(t, "who")
	var err error
	return step{
		run:    func(ctx context.Context) { err = x.s.DeleteChat(ctx, owner, who) },
		verify: func(t *rapid.T) { x.m.deleteChat(owner, who); same(t, "delete", nil, err) },
	}
}

func (x *machine) mark(t *rapid.T) step {
	owner, who := x.anyone(t, "owner"), x.anyone(t, "who")
	var c ChatChange
	pick := func(label string) *bool {
		if !rapid.Bool().Draw(t, label+"?") {
			return nil
		}
		v := rapid.Bool().Draw(t, label)
		return &v
	}
	c.Pinned, c.Muted, c.Marked = pick("pinned"), pick("muted"), pick("marked")
	if rapid.Bool().Draw(t, "draft?") {
		text := rapid.SampledFrom([]string{"", "draft", "草稿"}).Draw(t, "draft")
		c.Draft = &text
	}
	var err error
	return step{
		run: func(ctx context.Context) { _, err = x.s.ChangeChat(ctx, owner, who, c) },
		verify: func(t *rapid.T) {
			chat := x.m.chat(owner, who)
			if !chat.live {
				same(t, "mark", NotFound, CodeOf(err))
				return
			}
			same(t, "mark", nil, err)
			set(&chat.Pinned, c.Pinned)
			set(&chat.Muted, c.Muted)
			set(&chat.Marked, c.Marked)
			set(&chat.Draft, c.Draft)
		},
	}
}

func set[T any](v, to *T) {
	if to != nil {
		*v = *to
	}
}

// person renames somebody or turns receipts on and off.
func (x *machine) person(t *rapid.T) step {
	id := x.anyone(t, "id")
	name, receipts := x.name(t, id), rapid.Bool().Draw(t, "receipts")
	var err error
	return step{
		run: func(ctx context.Context) {
			_, err = x.s.ChangePerson(ctx, id, PersonChange{Name: &name, Receipts: &receipts}, "")
		},
		verify: func(t *rapid.T) {
			p, code := x.m.people[id], Code("")
			switch {
			case p.Removed:
				code = NotFound
			case x.m.nameTaken(name, id):
				code = Conflict
			default:
				p.Name, p.Receipts = name, receipts
			}
			same(t, "person", code, CodeOf(err))
		},
	}
}

// name gives one that often somebody has.
func (x *machine) name(t *rapid.T, id ID) string {
	return rapid.SampledFrom([]string{fmt.Sprint("P", id), "Ann", "ANN", "Bo"}).Draw(t, "name")
}

func (x *machine) join(t *rapid.T) step {
	name := x.name(t, ID(len(x.m.people)+1))
	var p Person
	var err error
	return step{
		run: func(ctx context.Context) { p, _, err = x.s.Join(ctx, x.s.JoinCode(), name, "", "test") },
		verify: func(t *rapid.T) {
			if x.m.nameTaken(name, 0) {
				same(t, "join", Conflict, CodeOf(err))
				return
			}
			same(t, "join", nil, err)
			want := Person{ID: ID(len(x.m.people) + 1), Name: name, Joined: x.now(), Receipts: true}
			same(t, "joined", want, p)
			x.m.people[p.ID] = &p
		},
	}
}

func (x *machine) leave(t *rapid.T) step {
	id := x.anyone(t, "id")
	if id < 4 {
		return x.send(t)
	}
	var err error
	return step{
		run: func(ctx context.Context) { err = x.s.RemovePerson(ctx, id) },
		verify: func(t *rapid.T) {
			if x.m.people[id].Removed {
				same(t, "leave", NotFound, CodeOf(err))
				return
			}
			same(t, "leave", nil, err)
			x.m.people[id].Removed = true
		},
	}
}

func same(t *rapid.T, what string, want, have any) {
	t.Helper()
	if want == nil && have == nil {
		return
	}
	if d := cmp.Diff(want, have); d != "" {
		t.Fatalf("%s (-want +have):\n%s", what, d)
	}
}

// actions are the steps one at a time, bursts of them, and what is no call.
func (x *machine) actions() map[string]func(*rapid.T) {
	makers := x.steps()
	names := []string{}
	for name := range makers {
		names = append(names, name)
	}
	slices.Sort(names)
	actions := map[string]func(*rapid.T){}
	for name, mk := range makers {
		actions[name] = func(t *rapid.T) { x.do(t, mk(t)) }
	}
	actions["burst"] = func(t *rapid.T) {
		var steps []step
		for range rapid.IntRange(2, 8).Draw(t, "n") {
			steps = append(steps, makers[rapid.SampledFrom(names).Draw(t, "step")](t))
		}
		x.burst(t, steps)
	}
	actions["look"] = func(t *rapid.T) {
		key := chatKey{x.anyone(t, "owner"), x.anyone(t, "who")}
		x.mu.Lock()
		defer x.mu.Unlock()
		x.looking[key] = rapid.Bool().Draw(t, "looking")
	}
	actions["wait"] = func(t *rapid.T) {
		x.clock.add(time.Duration(rapid.IntRange(1, 600).Draw(t, "seconds")) * time.Second)
	}
	actions["restart"] = func(*rapid.T) { x.restart() }
	return actions
}
