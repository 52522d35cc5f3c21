package app

import (
	"sync"
	"time"

	"golang.org/x/time/rate"

	"duologue/app/wire"
	"duologue/db"
)

// limits holds the rate of messages, or of changes, of each person who sent
// one, over all of that person's devices.
type limits struct {
	rate     float64 // 0: no limit
	now      func() time.Time
	mu       sync.Mutex
	byPerson map[db.ID]*rate.Limiter
}

func newLimits(perSecond float64, now func() time.Time) *limits {
	return &limits{rate: perSecond, now: now, byPerson: map[db.ID]*rate.Limiter{}}
}

// take counts one more; when it is too much now the error says how long to
// wait.
func (l *limits) take(id db.ID) error {
	if l.rate == 0 {
		return nil
	}
	now := l.now()
	l.mu.Lock()
	defer l.mu.Unlock()
	lim := l.byPerson[id]
	if lim == nil {
		lim = rate.NewLimiter(rate.Limit(l.rate), max(1, int(5*l.rate)))
		l.byPerson[id] = lim
	}
	r := lim.ReserveN(now, 1)
	if wait := r.DelayFrom(now); wait > 0 {
		r.CancelAt(now)
		return &wire.RateError{Wait: wait}
	}
	return nil
}
