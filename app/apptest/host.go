// Package apptest starts hosts and speaks their protocol for the tests of
// other packages: over real sockets, in its own words for the wire's records,
// so that a change of a name shows. It is not part of the program.
package apptest

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"testing/fstest"

	"duologue/app"
)

// Host is a host in this process.
type Host struct {
	App  *app.App
	URL  string // http://127.0.0.1:PORT
	stop context.CancelFunc
	done chan error
}

// page stands in for the real one where the page is not what is tested.
var page = fstest.MapFS{"index.html": {Data: []byte("<!doctype html><title>test</title>")}}

// Start runs a host on a free port of loopback until the test ends, in
// o.Data or a folder of its own, without a browser, and with passwords that
// cost little.
func Start(t testing.TB, o app.Options) *Host {
	t.Helper()
	if o.Data == "" {
		o.Data = t.TempDir()
	}
	if o.Addr == "" {
		o.Addr = "127.0.0.1:0"
	}
	if o.UI == nil {
		o.UI = page
	}
	if o.Log == nil {
		o.Log = slog.New(slog.NewTextHandler(testLog{t}, &slog.HandlerOptions{Level: slog.LevelWarn}))
	}
	if o.HashCost == (app.HashCost{}) {
		o.HashCost = app.HashCost{Memory: 64, Time: 1}
	}
	if o.Store.Ballast == 0 {
		o.Store.Ballast = -1
	}
	o.NoBrowser = true
	a, err := app.New(o)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	h := &Host{App: a, URL: strings.TrimSuffix(a.URL(), "/"), stop: stop, done: make(chan error, 1)}
	go func() { h.done <- a.Run(ctx) }()
	t.Cleanup(func() {
		if err := h.Stop(); err != nil {
			t.Error("the host ended with", err)
		}
	})
	return h
}

// Stop ends the host and waits for it.
func (h *Host) Stop() error {
	h.stop()
	return h.Ended()
}

// Ended waits until the host has ended, by whatever cause.
func (h *Host) Ended() error {
	err := <-h.done
	h.done <- nil
	return err
}

type testLog struct{ t testing.TB }

func (l testLog) Write(p []byte) (int, error) {
	l.t.Log(strings.TrimSpace(string(p)))
	return len(p), nil
}
