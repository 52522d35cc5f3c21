package desktop

import "sync"

// Awake keeps the computer from going to sleep by itself while it is held.
type Awake struct {
	mu      sync.Mutex
	release func()
}

// Offered reports whether this computer has a way to be kept awake.
func (a *Awake) Offered() bool { return canHold() }

// Hold keeps the computer awake, or no longer. It may be called as often as
// one likes.
func (a *Awake) Hold(on bool) (err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	switch {
	case on && a.release == nil:
		a.release, err = holdAwake()
	case !on && a.release != nil:
		a.release()
		a.release = nil
	}
	return err
}
