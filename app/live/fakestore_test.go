package live

import (
	"fmt"
	"sync"

	"duologue/db"
)

// fakeStore keeps the logs of people 1 to 3 in memory. What it is given it
// commits at once, but answers only when hold is not set.
type fakeStore struct {
	hub   *Hub
	mu    sync.Mutex
	logs  map[db.ID][]db.Event
	floor uint64
	ended map[string]bool // sessions
	saw   map[db.ID]int64
	hold  bool
	held  []func()
	stuck chan struct{} // not nil: Send does not return before it is closed
}

func (s *fakeStore) Epoch() string { return "E" }

func (s *fakeStore) Head(p db.ID) (uint64, uint64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return uint64(len(s.logs[p])), s.floor, nil
}

func (s *fakeStore) Events(p db.ID, since uint64, limit int) ([]db.Event, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if since < s.floor {
		return nil, db.Errorf(db.Gone, "gone")
	}
	log := s.logs[p][since:]
	return log[:min(limit, len(log))], nil
}

func (s *fakeStore) Person(id db.ID) (db.Person, bool) {
	return db.Person{ID: id, Name: s.NameOf(id)}, id >= 1 && id <= 3
}

func (s *fakeStore) People() (out []db.Person) {
	for id := range db.ID(3) {
		out = append(out, db.Person{ID: id + 1})
	}
	return out
}

func (s *fakeStore) NameOf(id db.ID) string { return fmt.Sprint("person ", id) }

func (s *fakeStore) Lives(_ db.ID, d db.Session) (bool, error) { return !s.ended[d.ID], nil }

func (s *fakeStore) Saw(p db.ID, at int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.saw[p] = at
}

func (s *fakeStore) Send(m db.Send, done func(db.Ack, error)) {
	if s.stuck != nil {
		<-s.stuck
	}
	err := m.Refuse()
	if err == nil {
		s.commit(m.To, 1)
	}
	s.answer(func() { done(db.Ack{CID: m.CID, Who: m.To, Seq: 1}, err) })
}

func (s *fakeStore) Read(_, _ db.ID, _ uint64, done func(error)) { s.answer(func() { done(nil) }) }
func (s *fakeStore) Got(_ db.ID, _ uint64, done func(error))     { s.answer(func() { done(nil) }) }

func (s *fakeStore) answer(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.held = append(s.held, f); !s.hold {
		s.releaseLocked()
	}
}

func (s *fakeStore) release() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.releaseLocked()
}

func (s *fakeStore) releaseLocked() {
	for _, f := range s.held {
		f()
	}
	s.held = nil
}

// commit appends n messages to a log and tells the hub of each.
func (s *fakeStore) commit(p db.ID, n int) {
	for range n {
		s.commitEvent(p, db.Event{Kind: db.KindMessage, Who: 3, Message: &db.Message{Content: "x"}, Chat: &db.Chat{}})
	}
}

func (s *fakeStore) commitEvent(p db.ID, e db.Event) {
	s.mu.Lock()
	e.Ev = uint64(len(s.logs[p])) + 1
	s.logs[p] = append(s.logs[p], e)
	s.mu.Unlock()
	s.hub.Committed(db.Committed{Events: map[db.ID][]db.Event{p: {e}}})
}
