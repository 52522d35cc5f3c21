package access

import (
	"context"
	"net/netip"
	"sync"
	"time"

	"duologue/app/wire"
	"duologue/db"
)

// Guesses limits how often passwords and join codes can be tried. Only
// failures count: a right try never costs anybody anything, however many come
// at once. One bucket stands for an address, one for an account; memory is
// bounded.
type Guesses struct {
	now     func() time.Time
	address guessLimit
	account guessLimit

	mu      sync.Mutex
	buckets map[guessKey]guessBucket // failures
	running map[guessKey]int         // tries that have not ended
	ended   chan struct{}            // closed when one ends, and made anew
}

// guessLimit says how many failures in a row are free, and after what time
// one more is.
type guessLimit struct {
	burst  float64
	refill time.Duration
}

// guessKey is an address or the folded name of an account, known or not.
type guessKey struct {
	addr netip.Addr
	name string
}

// guessBucket holds the failures that were not forgiven yet, as of a time.
type guessBucket struct {
	debt float64
	at   time.Time
}

const maxGuessBuckets = 4096

// NewGuesses allows 20 failures in a row of an address and 10 of an account,
// and one more every six seconds.
func NewGuesses(now func() time.Time) *Guesses {
	return &Guesses{now: now, buckets: map[guessKey]guessBucket{}, running: map[guessKey]int{}, ended: make(chan struct{}),
		address: guessLimit{20, 6 * time.Second}, account: guessLimit{10, 6 * time.Second}}
}

// Attempt is one try that has been let through. It has to be ended.
type Attempt struct {
	g    *Guesses
	keys []guessKey
}

// Begin lets a try through, or gives a *wire.RateError. While so
// many tries run that the limit would be passed if all of them were wrong, it
// waits for one of them to end. account is empty where none is named. Loopback
// has no account limit: otherwise anybody in the network could lock the owner
// out of the computer itself.
func (g *Guesses) Begin(ctx context.Context, from netip.Addr, account string) (Attempt, error) {
	keys := []guessKey{{addr: from}}
	if account != "" && !from.IsLoopback() {
		keys = append(keys, guessKey{name: account})
	}
	for {
		ended, err := g.tryBegin(keys)
		if ended == nil || err != nil {
			return Attempt{g, keys}, err
		}
		select {
		case <-ended:
		case <-ctx.Done():
			return Attempt{}, db.Errorf(db.Unavailable, "too many tries at once; try again")
		}
	}
}

// tryBegin is Begin without waiting: it gives the channel to wait on instead.
func (g *Guesses) tryBegin(keys []guessKey) (<-chan struct{}, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.now()
	for _, k := range keys {
		limit, debt := g.limit(k), g.debt(k, now)
		if debt > limit.burst-1 {
			wait := (debt - (limit.burst - 1)) * float64(limit.refill)
			return nil, &wire.RateError{Wait: time.Duration(wait)}
		}
		if debt+float64(g.running[k]) > limit.burst-1 {
			return g.ended, nil
		}
	}
	for _, k := range keys {
		g.running[k]++
	}
	return nil, nil
}

// End ends the try; only a wrong one is remembered.
func (a Attempt) End(wrong bool) {
	g := a.g
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.now()
	for _, k := range a.keys {
		if g.running[k]--; g.running[k] == 0 {
			delete(g.running, k)
		}
		if wrong {
			g.set(k, guessBucket{g.debt(k, now) + 1, now})
		}
	}
	close(g.ended)
	g.ended = make(chan struct{})
}

func (g *Guesses) limit(k guessKey) guessLimit {
	if k.name != "" {
		return g.account
	}
	return g.address
}

// debt is what a bucket holds now; g.mu is held.
func (g *Guesses) debt(k guessKey, now time.Time) float64 {
	b, ok := g.buckets[k]
	if !ok {
		return 0
	}
	forgiven := max(0, now.Sub(b.at).Seconds()/g.limit(k).refill.Seconds())
	return max(0, b.debt-forgiven)
}

// set stores a bucket. When there are too many, one with little to remember
// gives way. g.mu is held.
func (g *Guesses) set(k guessKey, b guessBucket) {
	if _, ok := g.buckets[k]; !ok && len(g.buckets) >= maxGuessBuckets {
		g.forgetOne(b.at)
	}
	g.buckets[k] = b
}

// forgetOne drops the bucket with the least debt among some that the map
// happens to name first. One under attack has more than nearly all others.
func (g *Guesses) forgetOne(now time.Time) {
	const some = 32
	var least guessKey
	lowest, n := -1.0, 0
	for k := range g.buckets {
		if debt := g.debt(k, now); lowest < 0 || debt < lowest {
			least, lowest = k, debt
		}
		if n++; n == some {
			break
		}
	}
	delete(g.buckets, least)
}
