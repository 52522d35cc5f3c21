package live

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"duologue/app/wire"
	"duologue/db"
)

// evs are the numbers of the events among frames.
func evs(t *testing.T, frames []string) (out []uint64) {
	for _, f := range frames {
		if rest, ok := strings.CutPrefix(f, `{"type":"event","ev":`); ok {
			var ev uint64
			if _, err := fmt.Sscanf(rest, "%d", &ev); err != nil {
				t.Fatal(f)
			}
			out = append(out, ev)
		}
	}
	return out
}

// Whoever connects gets every event after its cursor once, in order, where the
// store ends and the ring begins, and when the ring was emptied between.
func TestEventsAreContiguous(t *testing.T) {
	withHub(t, Options{}, func(t *testing.T, h *Hub, store *fakeStore) {
		store.commit(1, 3*eventsAtOnce+5) // nobody is here: no ring
		behind := connect(h, 1)
		goOn := behind.stall()
		behind.say(hello(7))
		store.commit(1, ringEvents/2) // while it waits, into the ring
		up := greet(h, 1)
		store.commitEvent(1, db.Event{Kind: db.KindRemoved, Who: 3, Seq: 1})
		store.commit(1, 2*ringEvents) // more than a ring holds
		goOn()
		store.commit(1, 9)
		head, _, _ := store.Head(1)
		for what, c := range map[string]struct {
			s     *fakeSocket
			since uint64
		}{"far behind": {behind, 7}, "up to date": {up, 3*eventsAtOnce + 5 + ringEvents/2}} {
			next := c.since
			for _, ev := range evs(t, c.s.hears()) {
				if next++; ev != next {
					t.Fatalf("%s: %d instead of %d", what, ev, next)
				}
			}
			if next != head {
				t.Errorf("%s: it ends at %d of %d", what, next, head)
			}
		}
	})
}

// Two connections share what is encoded.
func TestEventsAreEncodedOnce(t *testing.T) {
	withHub(t, Options{}, func(t *testing.T, h *Hub, store *fakeStore) {
		a, b := greet(h, 1), greet(h, 1)
		store.commit(1, 1)
		if x, y := a.hears(), b.hears(); len(x) != 1 || !slices.Equal(x, y) {
			t.Errorf("%q and %q", x, y)
		}
		if r := h.rings[1]; len(r.entries) != 1 || r.entries[0].event != nil {
			t.Error("the ring holds an event that is not encoded")
		}
	})
}

// A socket that takes nothing holds nobody up, keeps nothing of what waits for
// it, and is given up when its time to write is over.
func TestSlowWriter(t *testing.T) {
	withHub(t, Options{}, func(t *testing.T, h *Hub, store *fakeStore) {
		slow, quick := greet(h, 1), greet(h, 1)
		slow.stall()
		began := time.Now()
		store.commit(1, 3000)
		if got := evs(t, quick.hears()); len(got) != 3000 {
			t.Errorf("the quick one has %d", len(got))
		}
		if time.Since(began) != 0 {
			t.Error("somebody waited for it")
		}
		if r := h.rings[1]; len(r.entries) > ringEvents {
			t.Errorf("%d events are kept", len(r.entries))
		}
		<-slow.ended
		if got := time.Since(began); got != 10*time.Second || quick.hasEnded() {
			t.Errorf("it is given up after %v", got)
		}
	})
}

// Whose log went on without it is sent away, to come back and be reset.
func TestTooFarBehind(t *testing.T) {
	withHub(t, Options{}, func(t *testing.T, h *Hub, store *fakeStore) {
		s := connect(h, 1)
		store.commit(1, 10)
		goOn := s.stall()
		s.say(hello(0))
		store.commit(1, 2*ringEvents)
		store.floor = 200
		goOn()
		if got := s.closeCode(); got != wire.CloseOverloaded || !s.hasEnded() {
			t.Errorf("closed with %d", got)
		}
	})
}

// Every socket is asked for a sign of life once in pingTime, and all of them
// after the computer slept.
func TestPings(t *testing.T) {
	withHub(t, Options{}, func(t *testing.T, h *Hub, _ *fakeStore) {
		a, b := greet(h, 1), greet(h, 2)
		go h.Run(t.Context())
		time.Sleep(pingTime * time.Second)
		a.hears()
		if a.pings != 1 || b.pings != 1 {
			t.Errorf("%d and %d pings", a.pings, b.pings)
		}
		h.PingAll()
		a.hears()
		if a.pings != 2 || b.pings != 2 {
			t.Errorf("after sleep %d and %d pings", a.pings, b.pings)
		}
	})
}
