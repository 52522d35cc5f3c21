//go:build unix

package app

import (
	"context"
	"io"
	"os"
	"strconv"
	"syscall"
	"testing"

	"duologue/app/listen"
)

// TestHostWithFewDescriptors is the other process of
// TestMoreConnectionsThanDescriptors; it serves until its input ends.
func TestHostWithFewDescriptors(t *testing.T) {
	n, err := strconv.ParseUint(os.Getenv("DUOLOGUE_TEST_DESCRIPTORS"), 10, 32)
	if err != nil {
		t.Skip("only in the process that another test starts")
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &syscall.Rlimit{Cur: n, Max: n}); err != nil {
		t.Fatal(err)
	}
	if got := listen.Descriptors(); got != int(n) {
		t.Fatalf("%d descriptors", got)
	}
	o := Options{Data: t.TempDir(), Addr: "127.0.0.1:0", NoBrowser: true, UI: testPage, Log: testLog(t), Stdout: os.Stdout}
	o.Store.Ballast = -1
	o.MaxConns, _ = strconv.Atoi(os.Getenv("DUOLOGUE_TEST_CONNS"))
	a, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	go func() { io.Copy(io.Discard, os.Stdin); cancel() }()
	if err := a.Run(ctx); err != nil {
		t.Fatal(err)
	}
}
