package commit

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"duologue/db/errs"
	"duologue/db/kv"
)

// What one transaction may hold. Its bytes count both copies of a message
// and stay clear of the engine's own limit; its number of ops bounds how long the
// first of them waits for the last.
const (
	MaxOps   = 512
	MaxBytes = kv.MaxBatch / 2
	// maxWaiting is how many ops wait in the queue before Submit does.
	maxWaiting = 1024
)

// Op is one change of a store whose batches are of type B. The committer
// applies it in turn with others to one transaction, flushes, and then tells Done.
type Op[B any] interface {
	// Apply checks first and changes afterwards: when it answers an *errs.Error
	// that is not Internal it has changed nothing. It may be called again after Undo.
	Apply(B) error
	// Undo takes back what Apply did outside of the batch, which is given up.
	Undo()
	// Done is told the outcome, on the committer's goroutine; nil means that
	// the change is on disk. It must not block.
	Done(error)
	// Size is about the bytes that Apply will write.
	Size() int
}

// Transaction is what a store builds its batch on: a view of what is stored
// with the changes that are about to be written. It belongs to the committer's
// goroutine.
type Transaction struct {
	*kv.Overlay
	Refuse  error // not nil: nothing may be written now, and why …
	Freeing bool  // … but for what gives space back
	now     int64
	after   []func()
}

// Now is when the transaction began, in milliseconds since the epoch.
func (t *Transaction) Now() int64 { return t.now }

// After has f called once the transaction is on disk.
func (t *Transaction) After(f func()) { t.after = append(t.after, f) }

// Store is what the committer needs of the store whose changes it makes. All
// is called on the committer's goroutine.
type Store[B any] interface {
	// MayWrite says why nothing may be written now, nil when it may; freeing
	// tells that what gives space back may nonetheless.
	MayWrite() (refuse error, freeing bool)
	// Begin makes the batch that ops are applied to.
	Begin(*Transaction) B
	// Finish writes into the transaction what the batch still holds.
	Finish(B)
	// Committed is called when the batch is on disk, after what the transaction
	// has for that, and before the ops are told.
	Committed(B)
	// GivenUp is called instead when nothing of a batch counts: what was
	// derived from it has to be forgotten.
	GivenUp()
}

// Options say what the committer works on.
type Options struct {
	Engine kv.Engine
	Now    func() time.Time
	Log    *slog.Logger
}

// Committer makes all changes of a store, one transaction after the other. Its
// methods may be called from any goroutine.
type Committer[B any] struct {
	o        Options
	store    Store[B]
	poisoned atomic.Bool // a flush failed

	closed   atomic.Bool
	closing  chan struct{} // closed first: nobody waits for a place any more
	queueing sync.RWMutex  // held shared while an op is queued, so that Close can end the queue
	queue    chan Op[B]
	done     chan struct{} // the goroutine has ended

	overlay kv.Overlay // the goroutine's: what the batch is about to write
}

// New makes a committer; Run has to be started.
func New[B any](o Options, store Store[B]) *Committer[B] {
	return &Committer[B]{o: o, store: store, closing: make(chan struct{}), queue: make(chan Op[B], maxWaiting), done: make(chan struct{})}
}

// Run commits what is submitted until Close.
func (c *Committer[B]) Run() {
	defer close(c.done)
	ops := make([]Op[B], 0, MaxOps)
	for first := range c.queue {
		ops = append(ops[:0], first)
		size := first.Size()
	more:
		for len(ops) < MaxOps && size < MaxBytes {
			select {
			case o, open := <-c.queue:
				if !open {
					break more
				}
				ops = append(ops, o)
				size += o.Size()
			default:
				break more
			}
		}
		c.commit(ops)
		clear(ops)
	}
}

// commit applies ops to one transaction, flushes it and tells everybody.
func (c *Committer[B]) commit(ops []Op[B]) {
	t := &Transaction{Overlay: &c.overlay, now: c.o.Now().UnixMilli()}
	if c.Poisoned() {
		t.Refuse = errPoisoned
	} else {
		t.Refuse, t.Freeing = c.store.MayWrite()
	}
	var b B
	results := make([]error, len(ops))
	err := c.o.Engine.View(context.Background(), func(view kv.View) error {
		t.Begin(view)
		b = c.store.Begin(t)
		return apply(b, ops, results)
	})
	if err = c.flush(t, b, err); err != nil {
		c.store.GivenUp()
		for _, o := range slices.Backward(ops) {
			o.Undo()
		}
		switch {
		case c.Poisoned() && t.Refuse != error(errPoisoned): // they are all refused now
			c.commit(ops)
			return
		case len(ops) > 1: // nothing was written; what one spoilt is not the others' fault
			for i := range ops {
				c.commit(ops[i : i+1])
			}
			return
		}
		results[0] = err
	} else {
		for _, f := range t.after {
			f()
		}
		c.store.Committed(b)
	}
	for i, o := range ops {
		o.Done(results[i])
	}
}

// apply lets each op change the batch. It gives the first error after which
// the batch cannot be used: an op may have changed half of what it should.
func apply[B any](b B, ops []Op[B], results []error) (broken error) {
	for i, o := range ops {
		results[i] = o.Apply(b)
		if errs.CodeOf(results[i]) == errs.Internal && broken == nil {
			broken = results[i]
		}
	}
	return broken
}

// flush commits the batch to disk, unless it is broken. After a
// flush that failed nobody can say what is on the disk: the store is poisoned.
// Any other error means that nothing was written.
func (c *Committer[B]) flush(t *Transaction, b B, broken error) error {
	err := broken
	if err == nil {
		c.store.Finish(b)
		if changes := t.Changes(); len(changes) > 0 {
			if c.Poisoned() {
				return errPoisoned
			}
			err = c.o.Engine.Commit(changes) // flushed: from here on an ack is true
		}
	}
	switch {
	case err == nil:
		return nil
	case broken != nil || errors.Is(err, kv.ErrRefused):
		c.o.Log.Error("a transaction could not be made", "error", err)
		return errs.Wrap(errs.Internal, "the change could not be stored", err)
	}
	c.poisoned.Store(true)
	c.o.Log.Error("a flush to disk failed: read-only until the next start", "error", err)
	return err
}

// Poisoned reports that a flush failed: nobody knows what is on the disk, and
// nothing more is written.
func (c *Committer[B]) Poisoned() bool { return c.poisoned.Load() }

// Waiting is how many ops are queued.
func (c *Committer[B]) Waiting() int { return len(c.queue) }

var (
	errPoisoned = errs.Errorf(errs.Unavailable, "the disk failed earlier; what was stored can be read, nothing more is taken")
	ErrClosing  = errs.Errorf(errs.Unavailable, "the host is closing")
)

// Unanswered tells somebody who stops waiting for an op that is queued how it is.
func Unanswered(cause error) error {
	return errs.Wrap(errs.Unavailable, "the disk does not answer; it may still be stored", cause)
}

// Submit queues o, waiting while the queue is full. After Close it is told
// Unavailable, also when it waited.
func (c *Committer[B]) Submit(o Op[B]) {
	if err := c.Enqueue(context.Background(), o); err != nil {
		o.Done(err)
	}
}

// Offer queues o unless the queue is full or has ended, when it is forgotten:
// for notes that nobody waits for.
func (c *Committer[B]) Offer(o Op[B]) {
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	_ = c.Enqueue(gone, o) // that it is lost is what was asked for
}

// Enqueue queues o, waiting for a place until ctx ends; after an error it is
// not queued. What one caller queues is in order: once it was refused because of
// Close nothing of it is queued.
func (c *Committer[B]) Enqueue(ctx context.Context, o Op[B]) error {
	c.queueing.RLock()
	defer c.queueing.RUnlock()
	select {
	case <-c.closing:
		return ErrClosing
	default:
	}
	select {
	case c.queue <- o:
		return nil
	default:
	}
	select {
	case c.queue <- o:
		return nil
	case <-c.closing:
		return ErrClosing
	case <-ctx.Done():
		return errs.Wrap(errs.Unavailable, "the disk does not answer; nothing was stored", ctx.Err())
	}
}

// Close ends the queue, so that later ops are refused. It reports whether it
// did; the second time it does nothing.
func (c *Committer[B]) Close() bool {
	if !c.closed.CompareAndSwap(false, true) {
		return false
	}
	close(c.closing)
	c.queueing.Lock()
	defer c.queueing.Unlock()
	close(c.queue)
	return true
}

// Wait waits after Close until what was queued is committed.
func (c *Committer[B]) Wait() { <-c.done }
