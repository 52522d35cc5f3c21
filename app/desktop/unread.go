package desktop

import (
	"context"
	"log/slog"
	"time"
)

// unreadPause bounds how often the number beside the clock changes.
const unreadPause = 250 * time.Millisecond

// UnreadCounter counts what waits for the person at this computer after each
// change, for the icon beside the clock.
type UnreadCounter struct {
	log   *slog.Logger
	count func() (int, error)
	news  chan struct{}
}

// NewUnreadCounter counts by count, which is called from Run's goroutine.
func NewUnreadCounter(log *slog.Logger, count func() (int, error)) *UnreadCounter {
	return &UnreadCounter{log: log, count: count, news: make(chan struct{}, 1)}
}

// Changed notes that there may be another number. It never blocks, and may be
// called from any goroutine.
func (u *UnreadCounter) Changed() {
	select {
	case u.news <- struct{}{}:
	default: // it is noted already
	}
}

// Run tells show each new number until ctx ends, a few times a second at most.
// It begins at 0 without telling it.
func (u *UnreadCounter) Run(ctx context.Context, show func(int)) {
	was := 0
	for {
		n, err := u.count()
		if err != nil {
			u.log.Warn("the unread messages cannot be counted", "err", err)
		} else if n != was {
			show(n)
			was = n
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(unreadPause):
		}
		select {
		case <-ctx.Done():
			return
		case <-u.news:
		}
	}
}
