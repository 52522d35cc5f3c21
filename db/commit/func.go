package commit

import (
	"context"
	"sync"
)

// Func is an op made of a function.
type Func[B any] struct {
	Change func(B) error
	Bytes  int           // about what Change writes
	Refuse func(B) error // says why it may not be made now; nil does not ask
	Then   func(error)   // nil when nobody waits

	mu      sync.Mutex // held while Change runs
	dropped error      // nobody waits any more, and why: Change does not run again
}

// Apply implements Op.
func (o *Func[B]) Apply(b B) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.dropped != nil {
		return o.dropped
	}
	if o.Refuse != nil {
		if err := o.Refuse(b); err != nil {
			return err
		}
	}
	return o.Change(b)
}

// Undo implements Op; the change is in the batch alone.
func (o *Func[B]) Undo() {}

// Size implements Op.
func (o *Func[B]) Size() int { return o.Bytes }

// Done implements Op.
func (o *Func[B]) Done(err error) {
	if o.Then != nil {
		o.Then(err)
	}
}

// drop ends the interest in a change. When it returns, Change does not run, and
// never will again: what it wrote for whoever waited may be read.
func (o *Func[B]) drop(err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.dropped = err
}

// Do submits o and waits until it is on disk; its Then is not asked. When ctx ends
// first the answer is Unavailable: a change whose turn had not come is not made,
// one that waits for its flush may still be.
func (c *Committer[B]) Do(ctx context.Context, o *Func[B]) error {
	answer := make(chan error, 1)
	o.Then = func(err error) { answer <- err }
	if err := c.Enqueue(ctx, o); err != nil {
		return err
	}
	select {
	case err := <-answer:
		return err
	case <-ctx.Done():
		err := Unanswered(ctx.Err())
		o.drop(err)
		return err
	}
}
