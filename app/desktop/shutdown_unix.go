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
// everything is written down; a second signal ends the program at once. Until
// then a terminal or a pipe that closes costs the lines that would have gone
// there, and not the program.
func NotifyShutdown(parent context.Context) (ctx context.Context, done func()) {
	signals := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) { // nohup asks to live on
		signals = append(signals, syscall.SIGHUP)
	}
	ctx, stop := signal.NotifyContext(parent, signals...)
	context.AfterFunc(ctx, stop)
	// Heard rather than ignored: what is ignored the browser would inherit.
	brokenPipe := make(chan os.Signal, 1)
	signal.Notify(brokenPipe, syscall.SIGPIPE)
	return ctx, func() { stop(); signal.Stop(brokenPipe) }
}
