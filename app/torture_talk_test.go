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

func (k *talk) count(sum *int, n int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	*sum += n
}
