package listen

import (
	"io"
	"log/slog"
	"net"
	"os"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// newTestListener listens on loopback; far makes every connection seem to come
// from addresses of the network, one after the other.
func newTestListener(t *testing.T, o Options, far ...string) *Listener {
	t.Helper()
	in, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if len(far) > 0 {
		in = &farListener{Listener: in, from: far}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.NewTextHandler(t.Output(), nil))
	}
	if o.Max == 0 {
		o.Max = 1000
	}
	l := New([]net.Listener{in}, o)
	t.Cleanup(func() { l.Close(); l.CloseConns() })
	return l
}

type farListener struct {
	net.Listener
	from []string
	n    int
}

func (l *farListener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	l.n++
	return farConn{c, &net.TCPAddr{IP: net.ParseIP(l.from[(l.n-1)%len(l.from)]), Port: 1}}, nil
}

type farConn struct {
	net.Conn
	addr net.Addr
}

func (c farConn) RemoteAddr() net.Addr { return c.addr }

// dial connects and gives the listener's end, or nil when it refused: then
// our end is closed.
func dial(t *testing.T, l *Listener) *Conn {
	t.Helper()
	here, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { here.Close() })
	refused := make(chan struct{})
	go func() {
		here.Read(make([]byte, 1)) // whoever is let in is sent nothing
		close(refused)
	}()
	select {
	case nc := <-l.accepted:
		return nc
	case <-refused:
		return nil
	case <-time.After(5 * time.Second):
		t.Fatal("neither taken nor refused")
		return nil
	}
}

func TestListenerCapsAllConnections(t *testing.T) {
	l := newTestListener(t, Options{Max: 3}, "10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5", "10.0.0.6")
	var conns []*Conn
	for range 3 {
		nc := dial(t, l)
		if nc == nil {
			t.Fatal("refused too early")
		}
		conns = append(conns, nc)
	}
	if nc := dial(t, l); nc != nil {
		t.Error("a fourth was let in")
	}
	conns[1].Close()
	conns[1].Close() // twice counts once
	if nc := dial(t, l); nc == nil {
		t.Error("the free place is not given")
	}
	if nc := dial(t, l); nc != nil {
		t.Error("a place was given twice")
	}
}

func TestListenerCapsConnectionsOfAnAddress(t *testing.T) {
	l := newTestListener(t, Options{PerAddr: 2}, "10.0.0.1", "10.0.0.1", "10.0.0.1", "10.0.0.2")
	for i, let := range []bool{true, true, false, true} {
		if nc := dial(t, l); (nc != nil) != let {
			t.Errorf("connection %d: let in %v", i, nc != nil)
		}
	}
}

// The network cannot take all places: some are for whoever sits at the
// computer itself.
func TestListenerKeepsPlacesForThisComputer(t *testing.T) {
	from := []string{"10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5", "10.0.0.6", "10.0.0.7", "10.0.0.8", "10.0.0.8", "127.0.0.1", "::1"}
	l := newTestListener(t, Options{Max: 8}, from...)
	for i, let := range []bool{true, true, true, true, true, true, true, false, false, true, false} {
		if nc := dial(t, l); (nc != nil) != let {
			t.Errorf("connection %d from %s: let in %v", i, from[i], nc != nil)
		}
	}
	l = newTestListener(t, Options{PerAddr: 1}, "127.0.0.1", "127.0.0.1", "::ffff:127.0.0.1", "10.0.0.1", "::ffff:10.0.0.1")
	for i, let := range []bool{true, true, true, true, false} {
		if nc := dial(t, l); (nc != nil) != let {
			t.Errorf("with a cap per address, connection %d: let in %v", i, nc != nil)
		}
	}
}

// failingListener fails with each error once, then works.
type failingListener struct {
	net.Listener
	errs  []error
	fails atomic.Int32
}

func (l *failingListener) Accept() (net.Conn, error) {
	if n := int(l.fails.Add(1)); n <= len(l.errs) {
		return nil, &net.OpError{Op: "accept", Err: os.NewSyscallError("accept4", l.errs[n-1])}
	}
	return l.Listener.Accept()
}

func TestListenerSurvivesErrors(t *testing.T) {
	in, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	f := &failingListener{Listener: in, errs: []error{syscall.EMFILE, syscall.ENFILE, syscall.ECONNABORTED, syscall.ENOBUFS, io.ErrUnexpectedEOF}}
	l := New([]net.Listener{f}, Options{Log: slog.New(slog.DiscardHandler), Max: 10, Pause: time.Millisecond})
	defer l.Close()
	nc := dial(t, l)
	if nc == nil {
		t.Fatal("no connection after the errors")
	}
	nc.Close()
}
