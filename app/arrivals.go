package app

import (
	"sync"
	"time"

	"github.com/valyala/fasthttp"

	"duologue/db"
)

// maxPersonArrivals is how many parts one person may have on the way: more
// than are taken at once, for those on connections that broke unnoticed.
const maxPersonArrivals = 8

// arrivals are the parts of files that are on their way. The server gives each
// its memory with the header, long before a handler sees it.
type arrivals struct {
	life time.Duration // the server gives up reading by then
	mu   sync.Mutex
	now  map[*fasthttp.RequestHeader]arrival
}

type arrival struct {
	of      db.ID
	until   time.Time
	refused bool
}

func newArrivals(life time.Duration) *arrivals {
	return &arrivals{life: life, now: map[*fasthttp.RequestHeader]arrival{}}
}

// enter reports whether there is a place for the part behind a header, which
// leave gives back. What the server closed by itself nobody hears of: such a
// place is free when time is up, or the header is another request's.
func (a *arrivals) enter(h *fasthttp.RequestHeader, id db.ID) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	now, n := time.Now(), 0
	for other, part := range a.now {
		if other == h || now.After(part.until) {
			delete(a.now, other)
		} else if part.of == id && !part.refused {
			n++
		}
	}
	refused := n >= maxPersonArrivals
	a.now[h] = arrival{id, now.Add(a.life), refused}
	return !refused
}

// leave also tells whether there was no place.
func (a *arrivals) leave(h *fasthttp.RequestHeader) (refused bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	refused = a.now[h].refused
	delete(a.now, h)
	return refused
}
