//go:build unix

package desktop

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// NotifyShutdown gives a context that ends when the program has to: by a signal, by
// Ctrl+C, when the person logs off or the computer shuts down. Call done once
// everything is written down; a second signal ends the program at once.
func NotifyShutdown(parent context.Context) (ctx context.Context, done func()) {
	signals := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) { // nohup asks to live on
		signals = append(signals, syscall.SIGHUP)
	}
	ctx, stop := signal.NotifyContext(parent, signals...)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}
