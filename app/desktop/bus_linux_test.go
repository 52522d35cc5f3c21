package desktop

import (
	"bufio"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

// testBus starts a message bus of the test's own and gives its address.
func testBus(t *testing.T) string {
	t.Helper()
	daemon, err := exec.LookPath("dbus-daemon")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("dbus-daemon is missing")
		}
		t.Skip("skipped: dbus-daemon is missing here")
	}
	cmd := exec.Command(daemon, "--session", "--nofork", "--print-address", "--address=unix:tmpdir="+t.TempDir())
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(address)
}

// onBus connects to a bus under a well-known name.
func onBus(t *testing.T, address, name string) *dbus.Conn {
	t.Helper()
	bus, err := dbus.Connect(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { bus.Close() })
	if name != "" {
		if _, err := bus.RequestName(name, dbus.NameFlagDoNotQueue); err != nil {
			t.Fatal(err)
		}
	}
	return bus
}

// fakeLogind hands out the writing end of a pipe for each inhibitor.
type fakeLogind struct {
	asked chan [4]string
	pipes chan logindPipe
}

// logindPipe tells by its end whether the file that was handed out is closed.
type logindPipe struct {
	end  *os.File
	sent int // the descriptor that was sent; the other side has a copy
}

func (l fakeLogind) Inhibit(what, who, why, mode string) (dbus.UnixFD, *dbus.Error) {
	r, w, err := os.Pipe()
	if err != nil {
		return 0, dbus.MakeFailedError(err)
	}
	defer w.Close()
	sent, err := syscall.Dup(int(w.Fd()))
	if err != nil {
		return 0, dbus.MakeFailedError(err)
	}
	l.asked <- [4]string{what, who, why, mode}
	l.pipes <- logindPipe{r, sent}
	return dbus.UnixFD(sent), nil
}

func TestAwakeIsHeldUntilReleased(t *testing.T) {
	address := testBus(t)
	t.Setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
	var a SystemWakeLock
	if a.Offered() {
		t.Error("offered without logind")
	}
	if err := a.Hold(true); err == nil {
		t.Error("held without logind")
	}
	l := fakeLogind{make(chan [4]string, 2), make(chan logindPipe, 2)}
	if err := onBus(t, address, logind).Export(l, "/org/freedesktop/login1", "org.freedesktop.login1.Manager"); err != nil {
		t.Fatal(err)
	}
	if !a.Offered() {
		t.Error("not offered with logind")
	}
	for range 2 { // holding twice is holding once
		if err := a.Hold(true); err != nil {
			t.Fatal(err)
		}
	}
	if got := <-l.asked; got[0] != "sleep:idle" || got[3] != "block" || len(l.asked) != 0 {
		t.Errorf("logind was asked for %q", got)
	}
	pipe := <-l.pipes
	defer pipe.end.Close()
	syscall.Close(pipe.sent) // what is left is the copy that was handed out
	pipe.end.SetReadDeadline(time.Now().Add(20 * time.Millisecond))
	if _, err := pipe.end.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("it is not held: %v", err)
	}
	for range 2 {
		if err := a.Hold(false); err != nil {
			t.Fatal(err)
		}
	}
	pipe.end.SetReadDeadline(time.Now().Add(5 * time.Second))
	if _, err := pipe.end.Read(make([]byte, 1)); err != io.EOF {
		t.Errorf("it is still held: %v", err)
	}
	if err := a.Hold(true); err != nil || len(l.asked) != 1 {
		t.Errorf("held again: %v", err)
	}
	a.Hold(false)
}
