package live

import (
	"duologue/db"
	"fmt"
	"log/slog"
	"net/netip"
	"testing"
	"testing/synctest"
	"time"
)

// withHub runs test in a bubble with a hub and its store. The clock of a bubble
// goes on when everybody waits.
func withHub(t *testing.T, o Options, test func(t *testing.T, h *Hub, store *fakeStore)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		o.Log, o.Now = slog.New(slog.DiscardHandler), time.Now
		if o.Allow == nil {
			o.Allow = func(db.ID) error { return nil }
		}
		h := New(o)
		store := &fakeStore{hub: h, logs: map[db.ID][]db.Event{}, ended: map[string]bool{}, saw: map[db.ID]int64{}}
		h.Attach(store)
		defer h.Close()
		test(t, h, store)
	})
}

// connect serves a socket of a person, with a session of the same number.
func connect(h *Hub, person db.ID) *fakeSocket {
	return connectFrom(h, person, netip.MustParseAddr("192.0.2.1"))
}

func connectFrom(h *Hub, person db.ID, addr netip.Addr) *fakeSocket {
	s := &fakeSocket{in: make(chan any), ended: make(chan struct{}), closed: make(chan struct{})}
	c := h.newConn(person, db.Session{ID: fmt.Sprint(person)}, addr)
	go func() {
		c.serve(s)
		close(s.ended)
	}()
	synctest.Wait()
	return s
}

// greet connects and says hello at the head of the log.
func greet(h *Hub, person db.ID) *fakeSocket {
	s := connect(h, person)
	head, _, _ := h.store.Head(person)
	s.say(hello(head))
	s.hears()
	return s
}

func hello(since uint64) string { return fmt.Sprintf(`{"type":"hello","epoch":"E","since":%d}`, since) }
