package listen

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// The end waits for what is running and takes nothing more, and gives up with
// its context.
func TestInFlight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := NewInFlight()
		for range 2 {
			if !f.Enter() {
				t.Fatal("refused while it is open")
			}
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		ended := make(chan error, 1)
		go func() { ended <- f.Close(ctx) }()
		synctest.Wait()
		if f.Enter() {
			t.Error("taken after the end began")
		}
		f.Leave()
		synctest.Wait()
		select {
		case err := <-ended:
			t.Errorf("it did not wait: %v", err)
		default:
		}
		f.Leave()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		stuck := NewInFlight()
		stuck.Enter()
		if err := stuck.Close(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("something that never ends: %v", err)
		}
		if err := NewInFlight().Close(t.Context()); err != nil {
			t.Errorf("nothing was running: %v", err)
		}
	})
}
