package live

import (
	"errors"
	"net/netip"
	"slices"
	"testing"
	"time"

	"duologue/app/wire"
	"duologue/db"
)

// Closing tells everybody to come back later, and waits for them: those who do
// not go by themselves are cut off. Nobody comes in any more.
func TestClose(t *testing.T) {
	withHub(t, Options{}, func(t *testing.T, h *Hub, _ *fakeStore) {
		polite, rude := greet(h, 1), greet(h, 2)
		rude.silent = true
		began := time.Now()
		closed := make(chan struct{})
		go func() { h.Close(); close(closed) }()
		if got := polite.closeCode(); got != wire.CloseRestarting || !polite.hasEnded() || rude.hasEnded() {
			t.Errorf("closed with %d", got)
		}
		late := connect(h, 3)
		if got := late.closeCode(); got != wire.CloseRestarting || !late.hasEnded() {
			t.Errorf("one that comes late is closed with %d", got)
		}
		if err := h.hasRoom(3, netip.Addr{}); !errors.Is(err, wire.ErrClosing) {
			t.Errorf("the next is answered with %v", err)
		}
		<-closed
		if got := time.Since(began); got != farewellTime || !rude.hasEnded() || rude.closeCode() != wire.CloseRestarting {
			t.Errorf("it took %v", got)
		}
	})
}

// A store that does not answer holds nobody at the end: neither who waits for
// room for a reply, nor who waits for earlier answers before a pong, nor for
// long who cannot even hand in a message. What comes late is no harm.
func TestCloseWhileTheStoreIsSilent(t *testing.T) {
	withHub(t, Options{}, func(t *testing.T, h *Hub, store *fakeStore) {
		full, pinging := greet(h, 1), greet(h, 2)
		store.hold = true
		for n := range maxUnwritten + 1 {
			full.say(sendFrame(n, 3))
		}
		pinging.say(sendFrame(1, 3), `{"type":"ping","n":7}`)
		began := time.Now()
		h.Close()
		if got := time.Since(began); got > farewellTime || !full.hasEnded() || !pinging.hasEnded() {
			t.Errorf("it took %v", got)
		}
		if got := pinging.hears(); slices.Contains(got, `{"type":"pong","n":7}`) {
			t.Errorf("a pong overtakes what it was to come after: %q", got)
		}
		store.release()
	})
	withHub(t, Options{}, func(t *testing.T, h *Hub, store *fakeStore) {
		stuck := greet(h, 1)
		store.stuck = make(chan struct{})
		stuck.say(sendFrame(1, 3))
		began := time.Now()
		h.Close()
		if got := time.Since(began); got != farewellTime+time.Second || stuck.hasEnded() {
			t.Errorf("it took %v", got)
		}
		close(store.stuck)
		if !stuck.hasEnded() {
			t.Error("it does not end with the store")
		}
	})
}

// One person, and one address, may have so many sockets, and one more when
// one of them ends; this computer's own have no limit by address.
func TestSocketsAreLimited(t *testing.T) {
	withHub(t, Options{Rate: 1}, func(t *testing.T, h *Hub, _ *fakeStore) {
		var open []*fakeSocket
		for range wire.MaxPersonSockets {
			open = append(open, connect(h, 1))
		}
		if s := connect(h, 1); s.closeCode() != wire.CloseOverloaded || !s.hasEnded() {
			t.Error("one too many of a person comes in")
		}
		open[0].Close()
		if !open[0].hasEnded() {
			t.Fatal("it goes on")
		}
		if s := connect(h, 1); s.closeCode() != 0 {
			t.Error("there is no place for one more")
		}
	})
	withHub(t, Options{Rate: 1}, func(t *testing.T, h *Hub, _ *fakeStore) {
		for i := range maxAddressSockets {
			if s := connect(h, db.ID(10+i)); s.closeCode() != 0 {
				t.Fatal("no place at", i)
			}
		}
		if s := connect(h, 4); s.closeCode() != wire.CloseOverloaded {
			t.Error("one too many of an address comes in")
		}
		if s := connectFrom(h, 4, netip.MustParseAddr("127.0.0.1")); s.closeCode() != 0 {
			t.Error("this computer's own does not come in")
		}
	})
}
