package transfer

import (
	"sync"
	"time"

	"duologue/db"
)

// MaxPersonArrivals is how many parts one person may have on the way: more
// than are taken at once, for those on connections that broke unnoticed.
const MaxPersonArrivals = 8

// Arrivals are the parts of files that are on their way. The server gives each
// its memory with the header, long before a handler sees it.
//
// K tells the parts apart; it may come again for another one.
type Arrivals[K comparable] struct {
	life time.Duration // the server gives up reading by then
	mu   sync.Mutex
	now  map[K]arrival
}

type arrival struct {
	of      db.ID
	until   time.Time
	refused bool
}

// NewArrivals takes how long a part may be on its way before its place is free
// again, whether it was given back or not.
func NewArrivals[K comparable](life time.Duration) *Arrivals[K] {
	return &Arrivals[K]{life: life, now: map[K]arrival{}}
}

// Enter reports whether there is a place for one more part of a person's,
// which Leave gives back. What the server closed by itself nobody hears of:
// such a place is free when time is up, or key is another part's.
func (a *Arrivals[K]) Enter(key K, id db.ID) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	now, n := time.Now(), 0
	for other, part := range a.now {
		if other == key || now.After(part.until) {
			delete(a.now, other)
		} else if part.of == id && !part.refused {
			n++
		}
	}
	refused := n >= MaxPersonArrivals
	a.now[key] = arrival{id, now.Add(a.life), refused}
	return !refused
}

// Leave gives a place back, and reports whether there was none.
func (a *Arrivals[K]) Leave(key K) (refused bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	refused = a.now[key].refused
	delete(a.now, key)
	return refused
}

// Count is how many parts are on their way, refused ones among them.
func (a *Arrivals[K]) Count() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.now)
}
