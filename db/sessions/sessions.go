package sessions

import (
	"cmp"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"duologue/db/kv"
	"duologue/db/model"
	"duologue/db/record"
)

// Sessions knows who is signed in on which device. Its methods may be called
// from any goroutine.
type Sessions struct {
	o       Options
	used    sync.Map                // session's ID → ms: its last use, which is written once an hour
	unsaved atomic.Pointer[unsaved] // what was changed while nothing can be written
}

// Options bound them.
type Options struct {
	Life time.Duration // an unused session ends
	Max  int           // per person; the least recently used gives way
}

// New makes them.
func New(o Options) *Sessions { return &Sessions{o: o} }

// current is what is not on the disk yet. Who reads the store as well asks
// before its view begins: else what is written in between is in neither of the two.
func (s *Sessions) current() unsaved {
	if u := s.unsaved.Load(); u != nil {
		return *u
	}
	return nil
}

// Unsaved is how many changes are not on the disk yet.
func (s *Sessions) Unsaved() int { return len(s.current()) }

// Use notes that a session is in use.
func (s *Sessions) Use(id string, now time.Time) { s.used.Store(id, now.UnixMilli()) }

// Reader reads sessions out of a view that begins after it was made.
type Reader struct {
	s       *Sessions
	unsaved unsaved
}

// Reader makes one.
func (s *Sessions) Reader() Reader { return Reader{s, s.current()} }

// Find gives the session of a secret, with the last use as it is stored; not
// one that ended, by now because it was not used.
func (r Reader) Find(view kv.View, secret string, now time.Time) (d model.Session, found bool, err error) {
	person, sum, ok := ParseSecret(secret)
	if !ok {
		return d, false, nil
	}
	key := record.SecretKey(record.PrefixSession, person, sum)
	var stored record.Session
	if found, err = r.unsaved.get(view, key, &stored); err != nil || !found || r.s.expired(stored.Seen, now) {
		return d, false, err
	}
	return sessionFrom(key, &stored), true, nil
}

// List gives a person's sessions, the latest used first.
func (r Reader) List(view kv.View, person model.ID, now time.Time) ([]model.Session, error) {
	out, err := r.unsaved.sessionsOf(view, person)
	r.s.lastUsed(out)
	out = slices.DeleteFunc(out, func(d model.Session) bool { return r.s.expired(d.Seen, now) })
	slices.SortFunc(out, func(a, b model.Session) int { return older(b, a) })
	return out, err
}

func (s *Sessions) expired(seen int64, now time.Time) bool {
	return now.Sub(time.UnixMilli(seen)) > s.o.Life
}

// sessionFrom gives the record as it is told.
func sessionFrom(key []byte, r *record.Session) model.Session {
	return model.Session{ID: sessionID(key[5:]), Person: record.OwnerOf(key), Device: r.Device, Created: r.Created, Seen: r.Seen}
}

func (h unsaved) sessionsOf(view kv.View, person model.ID) (out []model.Session, err error) {
	err = h.scan(view, record.OwnerKey(record.PrefixSession, person), func(key, val []byte) error {
		var r record.Session
		err := record.Decode(val, &r)
		out = append(out, sessionFrom(key, &r))
		return err
	})
	return out, err
}

// lastUsed corrects when sessions were seen by what is not written down yet.
func (s *Sessions) lastUsed(all []model.Session) {
	for i := range all {
		if at, ok := s.used.Load(all[i].ID); ok {
			all[i].Seen = max(all[i].Seen, at.(int64))
		}
	}
}

// older orders sessions by their last use.
func older(a, b model.Session) int {
	return cmp.Or(cmp.Compare(a.Seen, b.Seen), cmp.Compare(a.Created, b.Created), cmp.Compare(a.ID, b.ID))
}
