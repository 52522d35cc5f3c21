package access

import (
	"context"
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

// Whoever has many addresses or names fills no memory, and does not wash away
// what is known of the account under attack.
func TestGuessesTakeBoundedMemory(t *testing.T) {
	now := time.Now()
	g := NewGuesses(func() time.Time { return now })
	for range 10 {
		failOnce(t, g, far1, "alice")
	}
	from := netip.MustParseAddr("fe80::1")
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
}
