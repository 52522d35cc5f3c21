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

	"duologue/db/commit"
)

// machine drives a store and its model with random steps.
type machine struct {
	t       testing.TB
	opts    Options
	purge   bool // copies of deleted chats go in the background
	s       *Store
	m       *reference
	clock   *clock
	sent    []Send
	ids     []string // of files
	secrets          // what was said and taken back

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
	x := &machine{t: t, purge: purge, m: newReference(), clock: newClock(), looking: map[chatKey]bool{}, told: map[ID][]Event{}}
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
	x.s.committer.Submit(&commit.Func[*batch]{Refuse: (*batch).refusal, Change: func(*batch) error { close(held); <-release; return nil }})
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
	actions["upload"], actions["drop"] = x.upload, x.drop
	actions["restart"] = func(*rapid.T) { x.restart() }
	return actions
}
