package desktop

import "sync"

// SystemWakeLock keeps the computer from going to sleep by itself while it is held.
type SystemWakeLock struct {
	mu      sync.Mutex
	release func()
}

// Offered reports whether this computer has a way to be kept awake.
func (w *SystemWakeLock) Offered() bool { return canHoldAwake() }

// Hold keeps the computer awake, or no longer. It may be called as often as
// one likes.
func (w *SystemWakeLock) Hold(on bool) (err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case on && w.release == nil:
		w.release, err = holdAwake()
	case !on && w.release != nil:
		w.release()
		w.release = nil
	}
	return err
}
