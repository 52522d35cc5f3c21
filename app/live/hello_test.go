package live

import (
	"slices"
	"strings"
	"testing"
	"time"

	"duologue/app/wire"
	"duologue/db"
)

// A hello is welcomed with events from its cursor on, or sent for a new state
// when the cursor means nothing here; then a second one may follow.
func TestHelloIsWelcomedOrReset(t *testing.T) {
	withHub(t, Options{UI: "page"}, func(t *testing.T, h *Hub, store *fakeStore) {
		store.commit(1, 9)
		store.floor = 4
		for what, first := range map[string]string{
			"another epoch":   `{"type":"hello","epoch":"F","since":9}`,
			"above the head":  hello(10),
			"under the floor": hello(3),
			"no number":       `{"type":"hello","epoch":"E","since":99999999999999999999}`,
		} {
			s := connect(h, 1)
			s.say(first)
			if got := s.hears(); !slices.Equal(got, []string{`{"type":"reset","epoch":"E","head":9}`}) {
				t.Errorf("%s: %q", what, got)
			}
		}
		s := connect(h, 1)
		s.say(hello(10))
		store.commit(1, 1)
		if got := s.hears(); len(got) != 1 {
			t.Errorf("events after a reset: %q", got)
		}
		s.say(hello(8))
		got := s.hears()
		if len(got) != 3 || !strings.HasPrefix(got[0], `{"type":"welcome","epoch":"E","head":10,`) || !strings.Contains(got[0], `"ui":"page"`) ||
			!slices.Equal(evs(t, got), []uint64{9, 10}) {
			t.Errorf("after the next hello: %q", got)
		}
	})
}

// A socket that says nothing is closed in time, and each state has its own time.
func TestDeadlines(t *testing.T) {
	withHub(t, Options{}, func(t *testing.T, h *Hub, store *fakeStore) {
		began := time.Now()
		at := func(s *fakeSocket) time.Duration {
			<-s.ended
			return time.Since(began)
		}
		mute := connect(h, 1)
		if got := at(mute); got != 5*time.Second || mute.closeCode() != wire.CloseNoHello {
			t.Errorf("without a hello: %v, %d", got, mute.closeCode())
		}
		began = time.Now()
		reset := connect(h, 1)
		reset.say(hello(1))
		if got := at(reset); got != 30*time.Second || reset.closeCode() != wire.CloseNoHello {
			t.Errorf("after a reset: %v, %d", got, reset.closeCode())
		}
		began = time.Now()
		silent := greet(h, 1)
		time.Sleep(30 * time.Second)
		silent.say(nil) // a pong
		if got := at(silent); got != 70*time.Second || silent.closeCode() != 0 {
			t.Errorf("without a sign of life: %v, %d", got, silent.closeCode())
		}
		if h.Online(1) || store.saw[1] != time.Now().UnixMilli() {
			t.Error("it is still seen to be here")
		}
	})
}

func TestNothingComesBeforeHello(t *testing.T) {
	withHub(t, Options{}, func(t *testing.T, h *Hub, _ *fakeStore) {
		for frame, code := range map[string]int{
			`{"type":"ping","n":1}`: wire.CloseNoHello,
			`nonsense`:              wire.CloseNoHello,
			`{"type":"hello","epoch":"E","since":"1"}`:      wire.ClosePolicy,
			`{"type":"hello","epoch":"E","since":0,"x":""}`: wire.ClosePolicy,
		} {
			s := connect(h, 1)
			s.say(frame)
			if got := s.closeCode(); got != code || !s.hasEnded() {
				t.Errorf("%s: %d", frame, got)
			}
		}
		if h.Online(1) || len(h.people) > 0 || len(h.rings) > 0 {
			t.Error("somebody is left")
		}
	})
}

// A session may end between the check of the request and the moment from
// which the hub knows the socket: its answer can be long on its way.
func TestSessionThatEndedOnItsWay(t *testing.T) {
	withHub(t, Options{}, func(t *testing.T, h *Hub, store *fakeStore) {
		store.ended["1"] = true
		s := connect(h, 1)
		if got := s.closeCode(); got != wire.CloseSessionEnded || !s.hasEnded() {
			t.Errorf("closed with %d", got)
		}
	})
}

// A session that ends takes its sockets along, at once, and no others.
func TestSessionEnds(t *testing.T) {
	withHub(t, Options{}, func(t *testing.T, h *Hub, store *fakeStore) {
		a, again, b := greet(h, 1), greet(h, 1), greet(h, 2)
		h.Committed(db.Committed{Ended: []string{"1"}})
		for _, s := range []*fakeSocket{a, again} {
			if got := s.closeCode(); got != wire.CloseSessionEnded || !s.hasEnded() {
				t.Errorf("closed with %d", got)
			}
		}
		if b.closeCode() != 0 || b.hasEnded() {
			t.Error("somebody else's ended as well")
		}
	})
}
