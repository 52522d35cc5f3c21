package app_test

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"duologue/app/apptest"
)

// talk is a number of pairs of people who all talk at once, over hosts that
// end without a warning. What has to hold it checks against one truth: the
// order of each pair's messages, as the histories first told it.
type talk struct {
	t     *testing.T
	rnd   *rand.Rand
	pairs []*talkPair

	// What a test says of the present.
	stop    atomic.Bool // nothing new is sent
	full    atomic.Bool // messages may be refused for want of space
	cutting atomic.Bool // connections may end
	closing atomic.Bool // messages may be refused because the host ends
	polite  atomic.Bool // … and no connection is cut before its close was answered
	dark    atomic.Bool // the power is off: nothing that arrives has arrived

	// What a test may wait for.
	refused chan int // gets whoever was refused, when somebody looks
	acks    atomic.Int64
	acked   chan struct{} // holds one when acks went up

	mu       sync.Mutex
	problems []string
	// The sums over all rounds.
	cuts     int
	resent   int // messages sent again, because the host ended before their ack
	found    int // of these, such as were stored all the same
	lost     int // acknowledged, and not in the history
	refusals int
}

type talkPair struct {
	sides [2]*talker
	order []said // by seq-1
}

// said is one message, by its writer (0 or 1) and the writer's count.
type said struct{ side, n int }

// talker is one person's tab. It keeps its place over any number of hosts.
type talker struct {
	talk *talk
	pair *talkPair
	side int
	c    *apptest.Client
	with *apptest.Client
	rnd  *rand.Rand

	epoch string
	ev    int // of the last event
	heard []said
	evs   []int // of the message events, by seq-1
	marks apptest.Chat
	s     *apptest.Socket
	end   error // of the last socket

	flight  int           // messages on their way
	refused bool          // the oldest message without an ack; nothing may overtake it
	sent    []sentMessage // by n-1
	acked   int           // of them; acks come in the order of sending
	checked struct{ heard, acked, mine int }
}

type sentMessage struct {
	seq, ev int // from the ack
	stored  int // the seq at which it was found without an ack
}

// talkFlight is how many messages of a tab wait for their ack at once.
const talkFlight = 16

// newTalk lets clients talk two by two.
func newTalk(t *testing.T, clients []*apptest.Client) *talk {
	t.Helper()
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	k := &talk{t: t, rnd: rand.New(rand.NewPCG(seed, 0)), refused: make(chan int), acked: make(chan struct{}, 1)}
	for i := 0; i < len(clients); i += 2 {
		p := &talkPair{}
		for side := range 2 {
			c := clients[i+side]
			state, err := c.Sync()
			if err != nil {
				t.Fatal(err)
			}
			p.sides[side] = &talker{talk: k, pair: p, side: side, c: c, with: clients[i+1-side],
				rnd: rand.New(rand.NewPCG(seed, uint64(c.ID))), epoch: state.Epoch, ev: state.Ev}
		}
		k.pairs = append(k.pairs, p)
	}
	return k
}

// problem notes what must not be.
func (k *talk) problem(format string, a ...any) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.problems) < 50 {
		k.problems = append(k.problems, fmt.Sprintf(format, a...))
	}
}

// report fails the test for each problem, and prints the sums.
func (k *talk) report() {
	k.t.Helper()
	for _, p := range k.problems {
		k.t.Error(p)
	}
	sent, acked, stored := k.sums()
	k.t.Logf("%d cuts: sent %d, acknowledged %d, stored %d, lost %d; re-sent %d, of which %d were stored already",
		k.cuts, sent, acked, stored, k.lost, k.resent, k.found)
}

func (k *talk) sums() (sent, acked, stored int) {
	for _, p := range k.pairs {
		stored += len(p.order)
		for _, s := range p.sides {
			sent, acked = sent+len(s.sent), acked+s.acked
		}
	}
	return sent, acked, stored
}

func (k *talk) each(f func(*talker)) {
	for _, p := range k.pairs {
		for _, s := range p.sides {
			f(s)
		}
	}
}

// all does f for everybody at once.
func (k *talk) all(f func(*talker)) {
	var wg sync.WaitGroup
	k.each(func(p *talker) { wg.Go(func() { f(p) }) })
	wg.Wait()
}

// cut lets everybody talk on a host, up to budget new messages each, until
// end ends it at a random moment.
func (k *talk) cut(url string, budget int, end func()) {
	k.t.Helper()
	k.cutting.Store(false)
	k.closing.Store(false)
	k.dark.Store(false)
	connected := make(chan bool, 2*len(k.pairs))
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		k.all(func(p *talker) {
			p.c.Base = url
			if !p.connect() {
				connected <- false
				return
			}
			connected <- true
			p.speak(budget)
			p.s.Close()
		})
	}()
	for range cap(connected) {
		<-connected
	}
	// Sometimes while what was in doubt is still being sent again.
	span := time.Duration([]int{5, 50, 300, 1200}[k.rnd.IntN(4)]) * time.Millisecond
	<-time.After(time.Duration(k.rnd.Int64N(int64(span))))
	k.cutting.Store(true)
	end()
	<-gone
	k.cuts++
}

// finish lets everybody send what is left, and hear everything.
func (k *talk) finish(url string) {
	k.t.Helper()
	k.cutting.Store(false)
	k.closing.Store(false)
	k.dark.Store(false)
	k.stop.Store(false)
	k.all(func(p *talker) {
		p.c.Base = url
		if p.connect() {
			p.speak(0)
		}
	})
	// One more from everybody, by a call, is stored after all that was before.
	k.all(func(p *talker) {
		if p.s == nil {
			return
		}
		n := len(p.sent) + 1
		p.sent = append(p.sent, sentMessage{})
		var ack apptest.Ack
		body := map[string]any{"cid": p.cid(n), "content": p.content(n)}
		if err := p.c.Do("POST", fmt.Sprintf("/api/chats/%d/messages", p.with.ID), body, &ack); err != nil {
			k.problem("%d: the last message: %v", p.c.ID, err)
			return
		}
		p.ack(&apptest.Frame{CID: ack.CID, Who: ack.Who, Seq: ack.Seq, Ev: ack.Ev})
	})
	k.all(func(p *talker) {
		if p.s == nil {
			return
		}
		defer p.s.Close()
		state, err := p.c.Sync()
		if err != nil {
			k.problem("%d: the last sync: %v", p.c.ID, err)
			return
		}
		for p.ev < state.Ev {
			f, err := p.s.Read()
			if err != nil {
				k.problem("%d: heard nothing after %d, the host is at %d: %v", p.c.ID, p.ev, state.Ev, err)
				return
			}
			p.hear(&f)
		}
	})
}

// connect goes on where this tab was.
func (p *talker) connect() bool {
	p.s = nil
	s, err := p.c.Connect(p.epoch, p.ev)
	if err != nil {
		p.talk.problem("%d: cannot go on from %d: %v", p.c.ID, p.ev, err)
		return false
	}
	p.s = s
	return true
}

// speak sends again what has no ack, then up to budget new messages, and
// listens until the host is gone. Without a budget, or after a stop, it ends
// when everything is acknowledged.
func (p *talker) speak(budget int) {
	wait := budget > 0
	next := p.acked
	again := len(p.sent)
	marked := p.ev
	broken := false
	p.flight, p.refused, p.end = 0, false, nil
	for wait && !p.talk.stop.Load() || p.acked < len(p.sent) {
		if p.refused && p.flight == 0 { // all that was behind it is back, too
			<-time.After(10 * time.Millisecond)
			next, again, p.refused = p.acked, len(p.sent), false
		}
		for !p.refused && !broken && p.flight < talkFlight && (next < len(p.sent) || budget > 0 && !p.talk.stop.Load()) {
			if next == len(p.sent) {
				p.sent = append(p.sent, sentMessage{})
				budget--
			}
			next++
			p.flight++
			if next <= again {
				p.talk.count(&p.talk.resent, 1)
			}
			err := p.s.Write(map[string]any{"type": "send", "cid": p.cid(next), "to": p.with.ID, "content": p.content(next)})
			if broken = err != nil; broken { // what came before can still be read
				if p.talk.polite.Load() {
					p.talk.problem("%d: cut off while it may still answer to the close: %v", p.c.ID, err)
				}
			}
		}
		if p.ev-marked > 50 {
			marked = p.ev
			p.s.Write(map[string]any{"type": "got", "ev": p.ev})
			p.s.Write(map[string]any{"type": "read", "who": p.with.ID, "upto": len(p.heard) - p.rnd.IntN(20)})
		}
		f, err := p.s.Read()
		if p.talk.dark.Load() {
			return
		}
		if err != nil {
			if !p.talk.cutting.Load() {
				p.talk.problem("%d: the socket ended: %v", p.c.ID, err)
			}
			p.end = err
			return
		}
		p.hear(&f)
	}
}

func (k *talk) count(sum *int, n int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	*sum += n
}

// hear takes one frame.
func (p *talker) hear(f *apptest.Frame) {
	switch f.Type {
	case "ack":
		p.ack(f)
	case "event":
		if f.Ev != p.ev+1 {
			p.talk.problem("%d: event %d after %d", p.c.ID, f.Ev, p.ev)
		}
		p.ev = f.Ev
		p.event(f)
	case "error":
		if p.talk.closing.Load() && f.Code == "unavailable" {
			p.refused = true
		} else if !p.talk.full.Load() || f.Code != "storage_full" {
			p.talk.problem("%d: refused: %s", p.c.ID, f.Raw)
		} else if f.CID != "" { // not of a mark
			p.refusal(f)
		}
	}
}

// refusal takes the answer to a message that comes again later.
func (p *talker) refusal(f *apptest.Frame) {
	if !p.refused {
		if f.CID != p.cid(p.acked+1) {
			p.talk.problem("%d: %s is refused, before it %s waits", p.c.ID, f.CID, p.cid(p.acked+1))
		}
		p.refused = true
		p.talk.count(&p.talk.refusals, 1)
		select {
		case p.talk.refused <- p.c.ID:
		default:
		}
	}
	p.flight--
}

// ack takes the answer to the message that has waited longest.
func (p *talker) ack(f *apptest.Frame) {
	if p.refused {
		p.talk.problem("%d: overtakes what was refused: %s", p.c.ID, f.Raw)
	}
	p.flight--
	if p.acked == len(p.sent) || f.CID != p.cid(p.acked+1) || f.Who != p.with.ID {
		p.talk.problem("%d: an ack that nothing waits for: %s", p.c.ID, f.Raw)
		return
	}
	m := &p.sent[p.acked]
	if m.stored != 0 && m.stored != f.Seq {
		p.talk.problem("%d: sent again, message %d has seq %d; it was stored as %d", p.c.ID, p.acked+1, f.Seq, m.stored)
	}
	if p.acked > 0 && p.sent[p.acked-1].seq >= f.Seq {
		p.talk.problem("%d: seq %d after %d", p.c.ID, f.Seq, p.sent[p.acked-1].seq)
	}
	m.seq, m.ev = f.Seq, f.Ev
	p.acked++
	p.talk.acks.Add(1)
	select {
	case p.talk.acked <- struct{}{}:
	default:
	}
}

// awaitAcks waits until n more messages were acknowledged.
func (k *talk) awaitAcks(n int) {
	k.t.Helper()
	late := time.After(childPatience)
	for upto := k.acks.Load() + int64(n); k.acks.Load() < upto; {
		select {
		case <-k.acked:
		case <-late:
			k.t.Fatalf("%d acks are missing", upto-k.acks.Load())
		}
	}
}

// event takes the next event of this person's log.
func (p *talker) event(f *apptest.Frame) {
	if f.Kind == "message" {
		m := f.Message()
		got, ok := p.read(m)
		if !ok || f.Who != p.with.ID || m.Seq != len(p.heard)+1 {
			p.talk.problem("%d: after seq %d: %s", p.c.ID, len(p.heard), f.Raw)
		}
		p.heard, p.evs = append(p.heard, got), append(p.evs, f.Ev)
	}
	if c := f.Chat; c != nil {
		if c.User != p.c.ID || c.Who != p.with.ID {
			p.talk.problem("%d: a strange chat: %s", p.c.ID, f.Raw)
		}
		if c.Read < p.marks.Read || c.PeerRead < p.marks.PeerRead || c.PeerGot < p.marks.PeerGot {
			p.talk.problem("%d: a mark went back: %s", p.c.ID, f.Raw)
		}
		p.marks = *c
	}
}

// read tells which message of the pair m is; false when it is none as it was sent.
func (p *talker) read(m *apptest.Message) (said, bool) {
	if m == nil {
		return said{}, false
	}
	for side, w := range p.pair.sides {
		if w.c.ID != m.User {
			continue
		}
		var id, n int
		_, err := fmt.Sscanf(m.Content, "%d:%d:", &id, &n)
		ok := err == nil && n > 0 && m.CID == w.cid(n) && m.Content == w.content(n)
		return said{side, n}, ok
	}
	return said{}, false
}

// cid and content of the nth message never change.
func (p *talker) cid(n int) string { return fmt.Sprintf("talk-%04d-%010d", p.c.ID, n) }

func (p *talker) content(n int) string {
	size := 20 + n%50
	switch {
	case n%97 == 0:
		size = 30_000
	case n%7 == 0:
		size = 6000
	}
	at := n % (len(noise) - size)
	return fmt.Sprintf("%d:%d:", p.c.ID, n) + noise[at:at+size]
}

// noise is text that cannot be pressed together, so that the store has to
// begin new files often.
var noise = func() string {
	r := rand.New(rand.NewPCG(1, 2))
	b := make([]byte, 100_000)
	for i := range b {
		b[i] = 'a' + byte(r.IntN(26))
	}
	return string(b)
}()
