package db

import (
	"context"
	"crypto/rand"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"duologue/db/history"
)

func TestMain(m *testing.M) {
	if role := os.Getenv(roleEnv); role != "" {
		os.Exit(childMain(role))
	}
	flag.Set("rapid.checks", "25") // each opens a store of its own; -rapid.checks asks for more
	flag.Set("rapid.steps", "60")
	flag.Set("rapid.nofailfile", "true")
	goleak.VerifyTestMain(onEachEngine{m}, // what Badger leaves behind when it cannot open
		goleak.IgnoreTopFunction("github.com/dgraph-io/badger/v4.(*DB).monitorCache"),
		goleak.IgnoreTopFunction("github.com/dgraph-io/ristretto/v2/z.(*AllocatorPool).freeupAllocators"))
}

// clock is the time as a test wants it.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.UnixMilli(1_700_000_000_000)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// testLog passes the store's log on to the test's own.
type testLog struct{ t testing.TB }

func (l testLog) Write(p []byte) (int, error) {
	l.t.Logf("%s", p)
	return len(p), nil
}

// quick are options that cost little: no flush, no ballast.
func quick(t testing.TB) Options {
	return Options{
		Dir: t.TempDir(), Ballast: -1, NoFlush: true, Reserve: 1, engine: openTestEngine,
		Log: slog.New(slog.NewTextHandler(testLog{t}, &slog.HandlerOptions{Level: slog.LevelWarn})),
	}
}

func open(t testing.TB, o Options) *Store {
	t.Helper()
	s, err := Open(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// openWith opens a store with n people.
func openWith(t testing.TB, o Options, n int) *Store {
	t.Helper()
	s := open(t, o)
	populate(t, s, n)
	return s
}

func populate(t testing.TB, s *Store, n int) {
	t.Helper()
	token, err := s.MakeStartToken(t.Context(), time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.SetUp(t.Context(), token, "P1", "test"); err != nil {
		t.Fatal(err)
	}
	for i := 2; i <= n; i++ {
		p, _, err := s.Join(t.Context(), s.JoinCode(), fmt.Sprint("P", i), "", "test")
		if err != nil || p.ID != ID(i) {
			t.Fatal(p.ID, err)
		}
	}
}

// stopPurge ends what runs in the background, so that deleted copies stay.
func stopPurge(s *Store) {
	s.janitor()
	s.janitors.Wait()
}

func newCID() string { return rand.Text()[:22] }

// say sends a text that must be taken.
func say(t testing.TB, s *Store, from, to ID, text string) Ack {
	t.Helper()
	return answer(t, s, from, to, text, 0)
}

func answer(t testing.TB, s *Store, from, to ID, text string, reply uint64) Ack {
	t.Helper()
	ack, err := s.SendNow(t.Context(), Send{From: from, To: to, CID: newCID(), Content: text, Reply: reply})
	if err != nil {
		t.Fatalf("%d to %d: %v", from, to, err)
	}
	return ack
}

// read waits for a read mark.
func read(ctx context.Context, s *Store, owner, who ID, upto uint64) error {
	c := make(chan error, 1)
	s.Read(owner, who, upto, func(err error) { c <- err })
	ctx.Done()
	return <-c
}

func got(ctx context.Context, s *Store, owner ID, ev uint64) error {
	c := make(chan error, 1)
	s.Got(owner, ev, func(err error) { c <- err })
	ctx.Done()
	return <-c
}

// historyOf reads the whole of owner's copy, page by page, downwards.
func historyOf(t testing.TB, s *Store, owner, who ID) []Message {
	t.Helper()
	var all []Message
	for r := (history.Range{Limit: history.MaxPage}); ; {
		page, more, err := s.History(owner, who, r)
		if err != nil {
			t.Fatal(err)
		}
		all = append(page, all...)
		if !more {
			return all
		}
		r.Before = page[0].Seq
	}
}

func texts(messages []Message) []string {
	out := []string{}
	for _, m := range messages {
		out = append(out, m.Content)
	}
	return out
}

func wantCode(t testing.TB, err error, want Code) {
	t.Helper()
	if CodeOf(err) != want {
		t.Fatalf("got %v, want %q", err, want)
	}
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
