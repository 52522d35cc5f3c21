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
// at once. There is a bucket for each network that one household has, for each
// site of such networks, for each account, and one for all other computers
// together. That one refuses nobody, since it would refuse the right ones, too:
// it slows tries down. Memory is bounded.
type Guesses struct {
	now     func() time.Time
	address guessLimit
	site    guessLimit
	account guessLimit
	host    guessLimit
	pace    time.Duration // between two tries of strangers while the host's bucket is full
	paced   chan struct{} // with room for one

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

// guessKey is a network, the folded name of an account, known or not, or, when
// it is zero, the host with all that comes from other computers.
type guessKey struct {
	net  netip.Prefix
	name string
}

// A household has at least 64 bits of IPv6 for its own use, and a site as a
// rule 80 (RFC 6177); in IPv4 an address is the least of both.
const (
	householdBits = 64
	siteBits      = 48
)

// networksOf gives the networks that tries from an address are counted for.
func networksOf(from netip.Addr) []guessKey {
	from = from.Unmap().WithZone("")
	if from.Is4() || from.IsLoopback() || !from.IsValid() {
		return []guessKey{{net: netip.PrefixFrom(from, from.BitLen())}}
	}
	household, _ := from.Prefix(householdBits)
	site, _ := from.Prefix(siteBits)
	return []guessKey{{net: household}, {net: site}}
}

// guessBucket holds the failures that were not forgiven yet, as of a time.
type guessBucket struct {
	debt float64
	at   time.Time
}

const maxGuessBuckets = 4096

// NewGuesses allows 20 failures in a row of an address, or of a /64 of IPv6, and
// 10 of an account, and one more every six seconds; 100 of a /48, and one more
// every second. After 200 failures of all other computers together, of
// which one is forgiven each second, their tries are let through four a second.
func NewGuesses(now func() time.Time) *Guesses {
	return &Guesses{now: now, buckets: map[guessKey]guessBucket{}, running: map[guessKey]int{}, ended: make(chan struct{}),
		address: guessLimit{20, 6 * time.Second}, account: guessLimit{10, 6 * time.Second}, site: guessLimit{100, time.Second},
		host: guessLimit{200, time.Second}, pace: time.Second / 4, paced: make(chan struct{}, 1)}
}

// Attempt is one try that has been let through. It has to be ended.
type Attempt struct {
	g        *Guesses
	keys     []guessKey
	stranger bool // counts for the host's bucket
}

// Begin lets a try through, or gives a *wire.RateError. While so
// many tries run that the limit would be passed if all of them were wrong, it
// waits for one of them to end. account is empty where none is named. Loopback
// has no limit for accounts and for the host: otherwise anybody in the network
// could lock the owner out of the computer itself.
func (g *Guesses) Begin(ctx context.Context, from netip.Addr, account string) (Attempt, error) {
	near := from.Unmap().IsLoopback()
	keys := networksOf(from)
	if account != "" && !near {
		keys = append(keys, guessKey{name: account})
	}
	for {
		ended, err := g.tryBegin(keys)
		if err != nil {
			return Attempt{}, err
		}
		if ended == nil {
			break
		}
		select {
		case <-ended:
		case <-ctx.Done():
			return Attempt{}, errTooManyTries
		}
	}
	try := Attempt{g, keys, !near}
	if !near && g.full(guessKey{}) {
		if err := g.waitForPace(ctx); err != nil {
			try.End(false)
			return Attempt{}, err
		}
	}
	return try, nil
}

var errTooManyTries = db.Errorf(db.Unavailable, "too many tries at once; try again")

// waitForPace lets one after the other through.
func (g *Guesses) waitForPace(ctx context.Context) error {
	select {
	case g.paced <- struct{}{}:
	case <-ctx.Done():
		return errTooManyTries
	}
	defer func() { <-g.paced }()
	select {
	case <-time.After(g.pace):
		return nil
	case <-ctx.Done():
		return errTooManyTries
	}
}

// full reports that a bucket holds all that it is to hold.
func (g *Guesses) full(k guessKey) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.debt(k, g.now()) > g.limit(k).burst-1
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
	if wrong && a.stranger {
		// It never holds much more than is looked at, so that it is soon forgiven.
		g.set(guessKey{}, guessBucket{min(g.debt(guessKey{}, now)+1, g.host.burst+10), now})
	}
	close(g.ended)
	g.ended = make(chan struct{})
}

func (g *Guesses) limit(k guessKey) guessLimit {
	switch {
	case k.name != "":
		return g.account
	case !k.net.IsValid():
		return g.host
	case k.net.Addr().Is6() && k.net.Bits() == siteBits:
		return g.site
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
		if k == (guessKey{}) {
			continue
		}
		if debt := g.debt(k, now); lowest < 0 || debt < lowest {
			least, lowest = k, debt
		}
		if n++; n == some {
			break
		}
	}
	delete(g.buckets, least)
}
