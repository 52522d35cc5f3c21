package kv

import "sync"

// guard lets the end of an engine wait for those who use it.
type guard struct {
	mu     sync.RWMutex // held shared while the engine is used
	closed bool
}

// use calls f unless the engine is closed.
func (g *guard) use(f func() error) error {
	g.mu.RLock()
	defer g.mu.RUnlock()
	if g.closed {
		return ErrClosed
	}
	return f()
}

// end calls f once, when nobody uses the engine any more.
func (g *guard) end(f func() error) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return nil
	}
	g.closed = true
	return f()
}
