package app_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"duologue/app/apptest"
)

// wires is a network of its own, for machines that only exist for a test: a
// switch in one network namespace, and a namespace for each machine with a
// cable to it.
type wires struct {
	t        *testing.T
	sw       string
	machines int
}

// machine is one of them.
type machine struct {
	w    *wires
	name string // of its namespace
	port string // of the switch
	addr string
}

func newWires(t *testing.T) *wires {
	t.Helper()
	if _, err := exec.LookPath("ip"); err != nil || os.Getuid() != 0 {
		if os.Getenv("CI") == "true" {
			t.Fatal("root or the program ip is missing")
		}
		t.Skip("skipped: this needs root and the program ip, to make networks of its own")
	}
	w := &wires{t: t, sw: fmt.Sprintf("dl-%d-sw", os.Getpid())}
	w.space(w.sw)
	w.ip("-n", w.sw, "link", "add", "br0", "type", "bridge")
	w.ip("-n", w.sw, "link", "set", "br0", "up")
	return w
}

func (w *wires) ip(args ...string) {
	w.t.Helper()
	if out, err := exec.Command("ip", args...).CombinedOutput(); err != nil {
		w.t.Fatalf("ip %s: %v %s", strings.Join(args, " "), err, out)
	}
}

// space makes a namespace that goes with the test, and all that is in it.
func (w *wires) space(name string) {
	w.t.Helper()
	w.ip("netns", "add", name)
	w.t.Cleanup(func() { w.ip("netns", "del", name) })
}

// plug adds a machine with an address, whose default route is the cable.
func (w *wires) plug(addr string) *machine {
	w.t.Helper()
	w.machines++
	m := &machine{w: w, name: fmt.Sprintf("%s%d", strings.TrimSuffix(w.sw, "sw"), w.machines), port: fmt.Sprint("port", w.machines)}
	w.space(m.name)
	w.ip("-n", w.sw, "link", "add", m.port, "type", "veth", "peer", "name", "eth0", "netns", m.name)
	w.ip("-n", w.sw, "link", "set", m.port, "master", "br0", "up")
	w.ip("-n", m.name, "link", "set", "lo", "up")
	w.ip("-n", m.name, "link", "set", "eth0", "up")
	m.move(addr)
	return m
}

// move gives a machine another address, as another Wi-Fi does.
func (m *machine) move(addr string) {
	m.w.t.Helper()
	m.w.ip("-n", m.name, "addr", "flush", "dev", "eth0", "scope", "global")
	m.w.ip("-n", m.name, "addr", "add", addr+"/24", "dev", "eth0")
	m.w.ip("-n", m.name, "route", "replace", "default", "via", addr[:strings.LastIndex(addr, ".")]+".254")
	m.addr = addr
}

// deafen makes the switch carry no multicast to a machine, as many a Wi-Fi.
func (m *machine) deafen() {
	m.w.t.Helper()
	m.w.ip("-n", m.w.sw, "link", "set", m.port, "type", "bridge_slave", "mcast_flood", "off")
}

// dial connects from inside the machine: a socket belongs to the namespace of
// the thread that makes it.
func (m *machine) dial(ctx context.Context, network, addr string) (c net.Conn, err error) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		runtime.LockOSThread() // for good: the thread ends with the goroutine
		fd, e := unix.Open("/run/netns/"+m.name, unix.O_RDONLY|unix.O_CLOEXEC, 0)
		if e != nil {
			err = e
			return
		}
		defer unix.Close(fd)
		if err = unix.Setns(fd, unix.CLONE_NEWNET); err == nil {
			c, err = (&net.Dialer{Timeout: childPatience}).DialContext(ctx, network, addr)
		}
	}()
	<-done
	return c, err
}

// client speaks from this machine to the host at base.
func (m *machine) client(base string) *apptest.Client {
	transport := &http.Transport{DialContext: m.dial}
	m.w.t.Cleanup(transport.CloseIdleConnections)
	return &apptest.Client{Base: base, HTTP: &http.Client{Transport: transport, Timeout: childPatience}, NetDial: m.dial}
}

// host starts a host on this machine that others can reach.
func (m *machine) host() *child {
	m.w.t.Helper()
	return startChild(m.w.t, childOptions{Data: m.w.t.TempDir(), Namespace: m.name, Rate: 20})
}

// url is the address of the machine's host for others.
func (m *machine) url() string { return "http://" + m.addr + ":7272" }
