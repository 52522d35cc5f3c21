package desktop

import (
	"context"
	"time"
)

const (
	sleepCheck = time.Second
	// minSleep is more than a busy computer lets a tick wait.
	minSleep = 10 * time.Second
)

// WatchSleep calls woke, with how long it was, each time the computer has
// slept, at most a second after it is awake again. It returns when ctx ends.
func WatchSleep(ctx context.Context, woke func(slept time.Duration)) {
	t := time.NewTicker(sleepCheck)
	defer t.Stop()
	for was := time.Now(); ; {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
			now := time.Now()
			if d := slept(was, now); d > minSleep {
				woke(d)
			}
			was = now
		}
	}
}

// slept is how long the computer slept between two moments: the wall clock then
// went on without the monotonic one.
func slept(was, now time.Time) time.Duration {
	return now.Round(0).Sub(was.Round(0)) - now.Sub(was)
}
