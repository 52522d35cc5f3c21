package commit

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"duologue/db/errs"
	"duologue/db/kv"
)

// testEngine counts commits, and fails them with err when that is set.
type testEngine struct {
	kv.Engine
	commits atomic.Int64
	err     atomic.Pointer[error]
}

func (e *testEngine) Commit(changes []kv.Change) error {
	if err := e.err.Load(); err != nil {
		return *err
	}
	e.commits.Add(1)
	return e.Engine.Commit(changes)
}

// testStore is a store whose batches are transactions and nothing more.
type testStore struct {
	refuse  error
	freeing bool
	givenUp int
}

func (s *testStore) MayWrite() (error, bool)           { return s.refuse, s.freeing }
func (s *testStore) Begin(t *Transaction) *Transaction { return t }

func (s *testStore) Committed(*Transaction) {}
func (s *testStore) GivenUp()               { s.givenUp++ }

func (s *testStore) Finish(t *Transaction) {
	if t.Refuse == nil {
		t.Set([]byte("finished"), nil)
	}
}

func start(t *testing.T) (*Committer[*Transaction], *testEngine, *testStore) {
	t.Helper()
	e, s := &testEngine{Engine: kv.OpenMemory(nil)}, &testStore{}
	c := New(Options{Engine: e, Now: func() time.Time { return time.UnixMilli(5) }, Log: slog.New(slog.DiscardHandler)}, s)
	t.Cleanup(func() {
		c.Close()
		c.Wait()
		e.Close()
	})
	return c, e, s
}

// testOp sets key, unless it fails, and notes what it was told.
type testOp struct {
	key    string
	fail   error
	undone int
	told   []error
}

func (o *testOp) Apply(t *Transaction) error {
	if t.Refuse != nil {
		return t.Refuse
	}
	t.Set([]byte(o.key), []byte(fmt.Sprint(t.Now())))
	return o.fail
}

func (o *testOp) Undo()          { o.undone++ }
func (o *testOp) Done(err error) { o.told = append(o.told, err) }
func (o *testOp) Size() int      { return len(o.key) }

func stored(t *testing.T, e kv.Engine, key string) (found bool) {
	t.Helper()
	err := e.View(context.Background(), func(v kv.View) (err error) {
		_, found, err = v.Get([]byte(key))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// run submits ops before the goroutine starts, and waits for its end.
func run(c *Committer[*Transaction], ops ...*testOp) {
	for _, o := range ops {
		c.Submit(o)
	}
	go c.Run()
	c.Close()
	c.Wait()
}

// What waits shares one transaction, with what the batch still held.
func TestWaitingOpsShareATransaction(t *testing.T) {
	c, e, _ := start(t)
	a, b := &testOp{key: "a"}, &testOp{key: "b"}
	run(c, a, b)
	if e.commits.Load() != 1 || !stored(t, e, "a") || !stored(t, e, "b") || !stored(t, e, "finished") {
		t.Fatal(e.commits.Load(), "commits")
	}
	if len(a.told) != 1 || a.told[0] != nil || len(b.told) != 1 {
		t.Fatal(a.told, b.told)
	}
}

// An op that breaks its batch spoils nothing but itself; what it refuses by
// itself breaks nothing.
func TestBrokenOp(t *testing.T) {
	c, e, s := start(t)
	a, b, d := &testOp{key: "a"}, &testOp{key: "b", fail: errors.New("unreadable")}, &testOp{key: "d"}
	run(c, a, b, d)
	if !stored(t, e, "a") || stored(t, e, "b") || !stored(t, e, "d") {
		t.Fatal("not what should be there")
	}
	if errs.CodeOf(b.told[0]) != errs.Internal || a.told[0] != nil || d.told[0] != nil || a.undone != 1 || s.givenUp != 2 {
		t.Fatal(a, b, d, s.givenUp)
	}
}

// After a flush that failed every op is refused, those that were in it too.
func TestFailedFlushPoisons(t *testing.T) {
	c, e, _ := start(t)
	err := errors.New("EIO")
	e.err.Store(&err)
	a, b := &testOp{key: "a"}, &testOp{key: "b"}
	run(c, a, b)
	for _, o := range []*testOp{a, b} {
		if len(o.told) != 1 || errs.CodeOf(o.told[0]) != errs.Unavailable || o.undone != 1 {
			t.Fatal(o.told, o.undone)
		}
	}
	if !c.Poisoned() || stored(t, e, "a") {
		t.Fatal("it goes on")
	}
}

// What breaks after that is answered as well, and what tries to write is refused.
func TestBrokenAfterAFailedFlush(t *testing.T) {
	c, e, _ := start(t)
	err := errors.New("EIO")
	e.err.Store(&err)
	go c.Run()
	set := func(b *Transaction) error { b.Set([]byte("x"), nil); return nil }
	for range 2 {
		if err := c.Do(t.Context(), &Func[*Transaction]{Change: set}); errs.CodeOf(err) != errs.Unavailable {
			t.Fatal(err)
		}
	}
	broken := func(*Transaction) error { return errors.New("unreadable") }
	if err := c.Do(t.Context(), &Func[*Transaction]{Change: broken}); errs.CodeOf(err) != errs.Internal {
		t.Fatal(err)
	}
	c.Close()
	c.Wait()
}

// A batch that the engine refuses is not on the disk, and nothing is lost but it.
func TestRefusedBatch(t *testing.T) {
	c, e, _ := start(t)
	err := fmt.Errorf("%w: too large", kv.ErrRefused)
	e.err.Store(&err)
	a := &testOp{key: "a"}
	run(c, a)
	if c.Poisoned() || errs.CodeOf(a.told[0]) != errs.Internal {
		t.Fatal(a.told)
	}
}

// Func asks whether it may be made; who waits for it may give up.
func TestFunc(t *testing.T) {
	c, e, s := start(t)
	s.refuse, s.freeing = errs.Errorf(errs.StorageFull, "full"), true
	go c.Run()
	set := func(key string) func(*Transaction) error {
		return func(b *Transaction) error { b.Set([]byte(key), nil); return nil }
	}
	asked := func(b *Transaction) error { return b.Refuse }
	if err := c.Do(t.Context(), &Func[*Transaction]{Change: set("x"), Refuse: asked}); errs.CodeOf(err) != errs.StorageFull {
		t.Fatal(err)
	}
	if err := c.Do(t.Context(), &Func[*Transaction]{Change: set("y")}); err != nil || !stored(t, e, "y") || stored(t, e, "x") {
		t.Fatal(err)
	}
	held, release := make(chan struct{}), make(chan struct{})
	c.Submit(&Func[*Transaction]{Change: func(*Transaction) error { close(held); <-release; return nil }})
	<-held
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := c.Do(ctx, &Func[*Transaction]{Change: set("z")}); errs.CodeOf(err) != errs.Unavailable || c.Waiting() != 1 {
		t.Fatal(err, c.Waiting())
	}
	close(release)
	if !c.Close() || c.Close() {
		t.Fatal("it closes once")
	}
	c.Wait()
	if stored(t, e, "z") {
		t.Fatal("a change that nobody waits for any more was made when its turn came")
	}
	if err := c.Do(t.Context(), &Func[*Transaction]{Change: set("late")}); errs.CodeOf(err) != errs.Unavailable {
		t.Fatal(err)
	}
}

// A queue that is full holds nobody for longer than they want to wait, loses
// notes that nobody waits for, and holds nobody at the end. Who gives up is told
// whether it may still be stored.
func TestFullQueue(t *testing.T) {
	c, e, _ := start(t)
	go c.Run()
	held, release := make(chan struct{}), make(chan struct{})
	set := func(key string) *Func[*Transaction] {
		return &Func[*Transaction]{Change: func(b *Transaction) error { b.Set([]byte(key), nil); return nil }}
	}
	c.Submit(&Func[*Transaction]{Change: func(*Transaction) error { close(held); <-release; return nil }})
	<-held
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for range maxWaiting - 1 {
		c.Submit(set("queued"))
	}
	err := c.Do(ctx, set("given up"))
	if errs.CodeOf(err) != errs.Unavailable || !strings.Contains(err.Error(), "may still be stored") {
		t.Fatal(err)
	}
	err = c.Do(ctx, set("late"))
	if errs.CodeOf(err) != errs.Unavailable || !strings.Contains(err.Error(), "nothing was stored") {
		t.Fatal(err)
	}
	c.Offer(set("note"))
	waiting := make(chan error, 1)
	go func() { waiting <- c.Do(t.Context(), set("waits")) }()
	if !c.Close() {
		t.Fatal("it is closed")
	}
	if err := <-waiting; errs.CodeOf(err) != errs.Unavailable {
		t.Fatal(err)
	}
	c.Offer(set("note"))
	close(release)
	c.Wait()
	if !stored(t, e, "queued") || stored(t, e, "late") || stored(t, e, "note") || stored(t, e, "waits") {
		t.Fatal("other things are stored")
	}
}
