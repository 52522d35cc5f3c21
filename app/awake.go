package app

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"duologue/app/desktop"
)

// WakeLock keeps this computer from going to sleep by itself while it is held.
type WakeLock interface {
	Offered() bool
	Hold(on bool) error
}

// awake holds the computer awake while its owner wishes so and somebody else
// is connected.
type awake struct {
	log    *slog.Logger
	lock   WakeLock // nil: not offered
	dir    string
	glance time.Duration
	others func() int
	wanted atomic.Bool
	look   chan struct{} // asks for a look right now
}

func newAwake(o Options, h *hub) *awake {
	w := &awake{log: o.Log, lock: o.Awake, dir: o.Data, glance: o.Glance, look: make(chan struct{}, 1)}
	w.others = func() int { return h.others(1) }
	w.wanted.Store(desktop.ReadHostSettings(o.Data).Awake)
	return w
}

// On reports whether the owner wishes it; nil when the computer has no way.
func (w *awake) On() *bool {
	if w.lock == nil || !w.lock.Offered() {
		return nil
	}
	on := w.wanted.Load()
	return &on
}

// set keeps the owner's wish and follows it at once.
func (w *awake) set(on bool) error {
	if err := (desktop.HostSettings{Awake: on}).Write(w.dir); err != nil {
		return err
	}
	w.wanted.Store(on)
	select {
	case w.look <- struct{}{}:
	default: // a look is due already
	}
	return nil
}

// run looks now and then who is here, until ctx ends.
func (w *awake) run(ctx context.Context) {
	if w.lock == nil {
		return
	}
	t := time.NewTicker(w.glance)
	defer t.Stop()
	defer w.lock.Hold(false)
	failing := false
	for {
		err := w.lock.Hold(w.wanted.Load() && w.others() > 0)
		if err != nil && !failing {
			w.log.Warn("the computer cannot be kept awake", "err", err)
		}
		failing = err != nil
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		case <-w.look:
		}
	}
}
