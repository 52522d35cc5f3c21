package app

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// The end waits for what is running and takes nothing more, and gives up with
// its context.
func TestInflight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newInflight()
		if !f.enter() || !f.enter() {
			t.Fatal("refused while it is open")
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		ended := make(chan error, 1)
		go func() { ended <- f.close(ctx) }()
		synctest.Wait()
		if f.enter() {
			t.Error("taken after the end began")
		}
		f.leave()
		synctest.Wait()
		select {
		case err := <-ended:
			t.Errorf("it did not wait: %v", err)
		default:
		}
		f.leave()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		stuck := newInflight()
		stuck.enter()
		if err := stuck.close(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("something that never ends: %v", err)
		}
		if err := newInflight().close(t.Context()); err != nil {
			t.Errorf("nothing was running: %v", err)
		}
	})
}
