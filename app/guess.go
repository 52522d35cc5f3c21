package app

import (
	"net/netip"
	"sync"
	"time"
)

// guesses limits how often passwords and join codes can be tried. Only
// failures count: an attempt takes a token and gets it back when it was right.
// One bucket stands for an address, one for an account; memory is bounded.
type guesses struct {
	now     func() time.Time
	address guessLimit
	account guessLimit

	mu      sync.Mutex
	buckets map[guessKey]guessBucket
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

func newGuesses(now func() time.Time) *guesses {
	return &guesses{now: now, buckets: map[guessKey]guessBucket{},
		address: guessLimit{20, 6 * time.Second}, account: guessLimit{10, 6 * time.Second}}
}

// attempt is one try that has been let through.
type attempt struct {
	g    *guesses
	keys []guessKey
}

// begin lets a try through, or answers rate with the time to wait. account is
// empty where none is named. This computer has no account limit: otherwise
// anybody in the network could lock its owner out.
func (g *guesses) begin(from netip.Addr, account string) (attempt, error) {
	keys := []guessKey{{addr: from}}
	if account != "" && !from.IsLoopback() {
		keys = append(keys, guessKey{name: account})
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.now()
	for _, k := range keys {
		limit := g.limit(k)
		if debt := g.debt(k, now); debt > limit.burst-1 {
			wait := (debt - (limit.burst - 1)) * float64(limit.refill)
			return attempt{}, &rateError{time.Duration(wait)}
		}
	}
	for _, k := range keys {
		g.set(k, guessBucket{g.debt(k, now) + 1, now})
	}
	return attempt{g, keys}, nil
}

// right takes the try back: it was no guess.
func (a attempt) right() {
	a.g.mu.Lock()
	defer a.g.mu.Unlock()
	now := a.g.now()
	for _, k := range a.keys {
		if _, ok := a.g.buckets[k]; ok {
			a.g.set(k, guessBucket{a.g.debt(k, now) - 1, now})
		}
	}
}

func (g *guesses) limit(k guessKey) guessLimit {
	if k.name != "" {
		return g.account
	}
	return g.address
}

// debt is what a bucket holds now; g.mu is held.
func (g *guesses) debt(k guessKey, now time.Time) float64 {
	b, ok := g.buckets[k]
	if !ok {
		return 0
	}
	forgiven := max(0, now.Sub(b.at).Seconds()/g.limit(k).refill.Seconds())
	return max(0, b.debt-forgiven)
}

// set stores a bucket; an empty one is forgotten. When there are too many,
// the one with the least to remember goes. g.mu is held.
func (g *guesses) set(k guessKey, b guessBucket) {
	if b.debt <= 0 {
		delete(g.buckets, k)
		return
	}
	if _, ok := g.buckets[k]; !ok && len(g.buckets) >= maxGuessBuckets {
		var least guessKey
		lowest := -1.0
		for other := range g.buckets {
			debt := g.debt(other, b.at)
			if debt <= 0 {
				delete(g.buckets, other)
			} else if lowest < 0 || debt < lowest {
				least, lowest = other, debt
			}
		}
		if len(g.buckets) >= maxGuessBuckets {
			delete(g.buckets, least)
		}
	}
	g.buckets[k] = b
}
