package access

import (
	"context"
	"fmt"
	"net/netip"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"duologue/app/wire"
	"duologue/db"
)

var (
	far1 = netip.MustParseAddr("10.0.0.1")
	far2 = netip.MustParseAddr("10.0.0.2")
	near = netip.MustParseAddr("127.0.0.1")
)

// failOnce makes a wrong try.
func failOnce(t *testing.T, g *Guesses, from netip.Addr, account string) error {
	try, err := g.Begin(t.Context(), from, account)
	if err == nil {
		try.End(true)
	}
	return err
}

func TestGuessesAreLimitedByFailures(t *testing.T) {
	now := time.Now()
	g := NewGuesses(func() time.Time { return now })
	fail := func(from netip.Addr, account string) error { return failOnce(t, g, from, account) }
	for i := range 10 {
		if err := fail(far1, "alice"); err != nil {
			t.Fatalf("typo %d: %v", i, err)
		}
	}
	err := fail(far1, "alice")
	limited, ok := err.(*wire.RateError)
	if !ok || db.CodeOf(err) != wire.Rate || limited.Wait != 6*time.Second || limited.Seconds() != 6 {
		t.Fatalf("the eleventh failure of an account: %v", err)
	}
	if fail(far2, "alice") == nil {
		t.Error("another address goes on with the account")
	}
	for i := range 10 {
		if err := fail(far1, "bob"); err != nil {
			t.Fatalf("another account, %d: %v", i, err)
		}
	}
	if fail(far1, "carol") == nil {
		t.Error("twenty failures of an address, and it goes on")
	}
	if fail(near, "alice") != nil {
		t.Error("the owner at the computer is locked out by the network")
	}
	now = now.Add(6 * time.Second)
	if fail(far1, "alice") != nil || fail(far1, "alice") == nil {
		t.Error("after six seconds there is one more try, and only one")
	}
	now = now.Add(time.Hour)
	for range 10 {
		if fail(far1, "alice") != nil {
			t.Error("not all is forgiven after an hour")
		}
	}
}

func TestRightTriesNeverCount(t *testing.T) {
	now := time.Now()
	g := NewGuesses(func() time.Time { return now })
	for range 9 {
		failOnce(t, g, far1, "alice")
	}
	var all sync.WaitGroup
	for range 1000 { // one after the other or all at once
		all.Go(func() {
			try, err := g.Begin(t.Context(), far1, "alice")
			if err != nil {
				t.Error("a right try was refused:", err)
				return
			}
			try.End(false)
		})
	}
	all.Wait()
	if failOnce(t, g, far1, "alice") != nil || failOnce(t, g, far1, "alice") == nil {
		t.Error("right tries counted, or wiped the wrong ones out")
	}
	if len(g.running) != 0 {
		t.Errorf("%d tries still run", len(g.running))
	}
}

// Guessing in parallel gains nothing: no more tries run than may be wrong.
func TestGuessesInParallel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := NewGuesses(time.Now)
		var let, refused atomic.Int32
		hold := make(chan struct{})
		for range 100 {
			go func() {
				try, err := g.Begin(t.Context(), far1, "alice")
				if err != nil {
					refused.Add(1)
					return
				}
				let.Add(1)
				<-hold
				try.End(true)
			}()
		}
		synctest.Wait()
		if let.Load() != 10 || refused.Load() != 0 {
			t.Errorf("%d of 100 at once were let through, %d refused", let.Load(), refused.Load())
		}
		close(hold)
		synctest.Wait()
		if let.Load() != 10 || refused.Load() != 90 {
			t.Errorf("%d of 100 were let through, %d refused", let.Load(), refused.Load())
		}
		// Who waits can give up.
		for range 9 {
			g.Begin(t.Context(), far2, "bob")
		}
		g.Begin(t.Context(), far2, "bob")
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := g.Begin(ctx, far2, "bob"); db.CodeOf(err) != db.Unavailable {
			t.Errorf("giving up gave %v", err)
		}
	})
}

// One /64 is one household, however many addresses it uses; a neighbour at
// the same site goes on, until the site is too much as a whole.
func TestGuessesOfANetworkAreCountedTogether(t *testing.T) {
	now := time.Now()
	g := NewGuesses(func() time.Time { return now })
	guess := func(network, n int) error {
		return failOnce(t, g, netip.MustParseAddr(fmt.Sprintf("2001:db8:1:%x::%x", network, n+1)), "")
	}
	let := func(network int) (n int) {
		for i := range 500 {
			if guess(network, i) == nil {
				n++
			}
		}
		return n
	}
	for network := range 5 {
		if n := let(network); n != 20 {
			t.Errorf("%d of 500 addresses of /64 number %d were let through", n, network)
		}
	}
	if n := let(5); n != 0 {
		t.Errorf("%d more of the site", n)
	}
	if err := failOnce(t, g, netip.MustParseAddr("2001:db8:2::1"), ""); err != nil {
		t.Error("another site:", err)
	}
	for i := range 20 {
		failOnce(t, g, netip.MustParseAddr(fmt.Sprintf("fe80::%x%%eth%d", i+1, i)), "")
	}
	if failOnce(t, g, netip.MustParseAddr("fe80::aa%eth0"), "") == nil {
		t.Error("a zone makes another network")
	}
	for range 20 {
		failOnce(t, g, far1, "")
	}
	if failOnce(t, g, netip.MustParseAddr("::ffff:10.0.0.1"), "") == nil {
		t.Error("an address of IPv4 has two buckets")
	}
	if failOnce(t, g, far2, "") != nil {
		t.Error("its neighbour is refused")
	}
}

// Who has addresses without end is slowed down, and nobody is locked out by it.
func TestGuessesOfAllAreSlowedDown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := NewGuesses(time.Now)
		start := time.Now()
		from := netip.MustParseAddr("10.1.0.1")
		for range 1000 {
			if err := failOnce(t, g, from, ""); err != nil {
				t.Fatal(err)
			}
			from = from.Next()
		}
		if took := time.Since(start); took < 3*time.Minute {
			t.Errorf("1000 guesses from as many addresses in %v", took)
		}
		start = time.Now()
		try, err := g.Begin(t.Context(), far1, "alice")
		if err != nil || time.Since(start) > time.Second {
			t.Errorf("another one after %v: %v", time.Since(start), err)
		}
		try.End(false)
		start = time.Now()
		if try, err = g.Begin(t.Context(), near, "alice"); err != nil || time.Since(start) > 0 {
			t.Errorf("the owner at the computer after %v: %v", time.Since(start), err)
		}
		try.End(false)
		if len(g.running) != 0 {
			t.Errorf("%d tries still run", len(g.running))
		}
	})
}

// Whoever has many addresses or names fills no memory, and does not wash away
// what is known of the account under attack.
func TestGuessesTakeBoundedMemory(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now := time.Now()
		g := NewGuesses(func() time.Time { return now })
		for range 10 {
			failOnce(t, g, far1, "alice")
		}
		from := netip.MustParseAddr("10.1.0.1")
		for i := range 3 * maxGuessBuckets {
			from = from.Next()
			failOnce(t, g, from, "name"+strconv.Itoa(i))
			if len(g.buckets) > maxGuessBuckets {
				t.Fatalf("%d buckets", len(g.buckets))
			}
		}
		if failOnce(t, g, far2, "alice") == nil {
			t.Error("the account's failures were forgotten")
		}
		if !g.full(guessKey{}) {
			t.Error("the host's failures were forgotten")
		}
	})
}
