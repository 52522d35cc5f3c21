package access

import (
	"context"
	"sync"

	"duologue/db"
)

// Turns lets each person do one thing at a time; others wait.
type Turns struct{ people sync.Map } // db.ID → chan struct{}, with room for one

// Begin waits for the person's turn, which done gives on; Unavailable when ctx
// ends first.
func (o *Turns) Begin(ctx context.Context, id db.ID) (done func(), err error) {
	v, _ := o.people.LoadOrStore(id, make(chan struct{}, 1))
	turn := v.(chan struct{})
	select {
	case turn <- struct{}{}:
		return func() { <-turn }, nil
	case <-ctx.Done():
		return nil, &db.Error{Code: db.Unavailable, Message: "cancelled", Cause: ctx.Err()}
	}
}
