package access

import (
	"sync"
	"time"

	"golang.org/x/time/rate"

	"duologue/app/wire"
	"duologue/db"
)

// Rates holds the rate of messages, or of changes, of each person who sent
// one, over all of that person's devices.
type Rates struct {
	rate     float64 // 0: no limit
	now      func() time.Time
	mu       sync.Mutex
	byPerson map[db.ID]*rate.Limiter
}

// NewRates allows so many a second on average and five seconds of that at once;
// with 0 there is no limit.
func NewRates(perSecond float64, now func() time.Time) *Rates {
	return &Rates{rate: perSecond, now: now, byPerson: map[db.ID]*rate.Limiter{}}
}

// Take counts one more of a person; when it is too much now, the error is a
// *wire.RateError with the time to wait, and nothing was counted.
func (l *Rates) Take(id db.ID) error {
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
