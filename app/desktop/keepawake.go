package desktop

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"
)

// WakeLock keeps this computer from going to sleep by itself while it is held.
type WakeLock interface {
	Offered() bool
	Hold(on bool) error
}

// KeepAwakeOptions say how a computer is kept awake. All have to be set but
// Lock.
type KeepAwakeOptions struct {
	Log    *slog.Logger
	Lock   WakeLock      // nil: not offered
	Dir    string        // the data folder, which has the settings of this computer
	Every  time.Duration // between two looks at who is connected
	Others func() int    // how many people are connected besides the owner
}

// KeepAwake holds a wake lock while its owner has that switched on and somebody
// else is connected. Its methods may be called from any goroutine.
type KeepAwake struct {
	o     KeepAwakeOptions
	on    atomic.Bool
	check chan struct{} // asks run to look right now
}

// NewKeepAwake reads from the settings whether it is switched on.
func NewKeepAwake(o KeepAwakeOptions) *KeepAwake {
	k := &KeepAwake{o: o, check: make(chan struct{}, 1)}
	k.on.Store(ReadHostSettings(o.Dir).Awake)
	return k
}

// On reports whether it is switched on; nil when the computer has no way to be
// kept awake.
func (k *KeepAwake) On() *bool {
	if k.o.Lock == nil || !k.o.Lock.Offered() {
		return nil
	}
	on := k.on.Load()
	return &on
}

// Set switches it, for later starts as well, and follows at once.
func (k *KeepAwake) Set(on bool) error {
	if err := (HostSettings{Awake: on}).Write(k.o.Dir); err != nil {
		return err
	}
	k.on.Store(on)
	select {
	case k.check <- struct{}{}:
	default: // a check is due already
	}
	return nil
}

// Run takes and releases the lock until ctx ends, which releases it.
func (k *KeepAwake) Run(ctx context.Context) {
	if k.o.Lock == nil {
		return
	}
	t := time.NewTicker(k.o.Every)
	defer t.Stop()
	defer k.o.Lock.Hold(false)
	failing := false
	for {
		err := k.o.Lock.Hold(k.on.Load() && k.o.Others() > 0)
		if err != nil && !failing {
			k.o.Log.Warn("the computer cannot be kept awake", "err", err)
		}
		failing = err != nil
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		case <-k.check:
		}
	}
}
