package commit

import (
	"context"

	"duologue/db/errs"
)

// Func is an op made of a function.
type Func[B any] struct {
	Change func(B) error
	Bytes  int           // about what Change writes
	Refuse func(B) error // says why it may not be made now; nil does not ask
	Then   func(error)   // nil when nobody waits
}

// Apply implements Op.
func (o *Func[B]) Apply(b B) error {
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

// Do submits o and waits until it is on disk; its Then is not asked. When ctx ends
// first the change may still be made, and the answer is Unavailable.
func (c *Committer[B]) Do(ctx context.Context, o *Func[B]) error {
	answer := make(chan error, 1)
	o.Then = func(err error) { answer <- err }
	c.Submit(o)
	select {
	case err := <-answer:
		return err
	case <-ctx.Done():
		return errs.Wrap(errs.Unavailable, "cancelled", ctx.Err())
	}
}
