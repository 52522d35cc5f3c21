package listen

import (
	"context"
	"sync"
)

// InFlight counts the requests that are being answered, so that the store
// closes after the last of them. Its methods may be called from any goroutine.
type InFlight struct {
	mu      sync.Mutex
	running int
	closed  bool
	none    chan struct{} // closed when none is running any more
}

// NewInFlight has nothing in flight and is open.
func NewInFlight() *InFlight { return &InFlight{none: make(chan struct{})} }

// Enter counts a request, or refuses it after Close.
func (f *InFlight) Enter() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return false
	}
	f.running++
	return true
}

// Leave ends one that Enter counted.
func (f *InFlight) Leave() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.running--; f.closed && f.running == 0 {
		close(f.none)
	}
}

// Close refuses what comes from now on and waits for what is running, at most
// until ctx ends. It may be called once.
func (f *InFlight) Close(ctx context.Context) error {
	f.mu.Lock()
	f.closed = true
	if f.running == 0 {
		close(f.none)
	}
	f.mu.Unlock()
	select {
	case <-f.none:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
