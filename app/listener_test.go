package app

import (
	"bufio"
	"errors"
	"io"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// newTestListener listens on loopback; far makes every connection seem to come
// from addresses of the network, one after the other.
func newTestListener(t *testing.T, o listenerOptions, far ...string) *listener {
	t.Helper()
	in, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if len(far) > 0 {
		in = &farListener{Listener: in, from: far}
	}
	if o.Log == nil {
		o.Log = testLog(t)
	}
	if o.Max == 0 {
		o.Max = 1000
	}
	l := newListener([]net.Listener{in}, o)
	t.Cleanup(func() { l.Close(); l.closeConns() })
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
func dial(t *testing.T, l *listener) *netConn {
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
	l := newTestListener(t, listenerOptions{Max: 3}, "10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5", "10.0.0.6")
	var conns []*netConn
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
	l := newTestListener(t, listenerOptions{PerAddr: 2}, "10.0.0.1", "10.0.0.1", "10.0.0.1", "10.0.0.2")
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
	l := newTestListener(t, listenerOptions{Max: 8}, from...)
	for i, let := range []bool{true, true, true, true, true, true, true, false, false, true, false} {
		if nc := dial(t, l); (nc != nil) != let {
			t.Errorf("connection %d from %s: let in %v", i, from[i], nc != nil)
		}
	}
	l = newTestListener(t, listenerOptions{PerAddr: 1}, "127.0.0.1", "127.0.0.1", "::ffff:127.0.0.1", "10.0.0.1", "::ffff:10.0.0.1")
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
	l := newListener([]net.Listener{f}, listenerOptions{Log: slog.New(slog.DiscardHandler), Max: 10, Pause: time.Millisecond})
	defer l.Close()
	nc := dial(t, l)
	if nc == nil {
		t.Fatal("no connection after the errors")
	}
	nc.Close()
}

// TestMoreConnectionsThanDescriptors runs hosts with few descriptors in
// processes of their own and opens more connections than they may have. One
// keeps to its own limit and answers all the time; one has none, really runs
// out, and answers again afterwards.
func TestMoreConnectionsThanDescriptors(t *testing.T) {
	for name, most := range map[string]string{"limited": "0", "running out": "100000"} {
		t.Run(name, func(t *testing.T) {
			cmd := exec.Command(os.Args[0], "-test.run=^TestHostWithFewDescriptors$", "-test.v")
			cmd.Env = append(os.Environ(), "DUOLOGUE_TEST_DESCRIPTORS=200", "DUOLOGUE_TEST_CONNS="+most)
			stop, err := cmd.StdinPipe()
			if err != nil {
				t.Fatal(err)
			}
			out, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			at, said := awaitReady(t, out)
			host := strings.TrimPrefix(at, "http://")
			var conns []net.Conn
			for range 300 { // some wait in the kernel, some are refused
				c, err := net.DialTimeout("tcp", host, 5*time.Second)
				if err != nil {
					t.Fatal("the host does not listen any more:", err)
				}
				conns = append(conns, c)
			}
			if name == "limited" {
				// Fewer stay than there are places, whichever of them got one.
				for _, c := range conns[:200] {
					c.Close()
				}
				if got := getHost(host); !strings.HasPrefix(got, "HTTP/1.1 200 ") {
					t.Errorf("within the flood: %.60q", got)
				}
			} else if !awaitLine(said, "too many open files") {
				// All of them stay open until the host had to notice.
				t.Error("it did not run out of descriptors")
			}
			for _, c := range conns {
				c.Close()
			}
			if got := getHost(host); !strings.HasPrefix(got, "HTTP/1.1 200 ") {
				t.Errorf("after the flood: %.60q", got)
			}
			stop.Close()
			var rest []string
			for line := range said {
				rest = append(rest, line)
			}
			if err := cmd.Wait(); err != nil {
				t.Errorf("the host ended with %v: %s", err, strings.Join(rest, "\n"))
			}
			if name == "limited" && slices.ContainsFunc(rest, func(line string) bool {
				return strings.Contains(line, "too many open files")
			}) {
				t.Error("it ran out of descriptors in spite of its limit")
			}
		})
	}
}

// getHost asks for /api/host, like a person who reloads the page for a while.
func getHost(host string) (answer string) {
	for until := time.Now().Add(10 * time.Second); time.Now().Before(until); {
		c, err := net.DialTimeout("tcp", host, 5*time.Second)
		if err != nil {
			return err.Error()
		}
		c.SetDeadline(until)
		io.WriteString(c, "GET /api/host HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
		b, _ := io.ReadAll(c)
		c.Close()
		if len(b) > 0 {
			return string(b)
		}
	}
	return "nothing"
}

// awaitReady reads up to the ready line and gives the address in it, and a
// channel of the lines that follow, which ends with them.
func awaitReady(t *testing.T, r io.Reader) (at string, rest <-chan string) {
	t.Helper()
	lines := bufio.NewReader(r)
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			t.Fatalf("no ready line: %q, %v", line, err)
		}
		if text, ok := strings.CutPrefix(line, "duologue ready "); ok {
			at, _, _ = strings.Cut(text, "/#")
			said := make(chan string, 1000)
			go func() {
				defer close(said)
				for more := bufio.NewScanner(lines); more.Scan(); {
					said <- more.Text()
				}
			}()
			return at, said
		}
	}
}

// awaitLine waits for a line that holds text; it gives up after a minute or
// when there are no more lines.
func awaitLine(lines <-chan string, text string) bool {
	timeout := time.After(time.Minute)
	for {
		select {
		case line, ok := <-lines:
			if !ok || strings.Contains(line, text) {
				return ok
			}
		case <-timeout:
			return false
		}
	}
}

func TestNetConnCork(t *testing.T) {
	l := newTestListener(t, listenerOptions{})
	counted := &countingConn{}
	nc := &netConn{Conn: counted, l: l}
	write := func(s string) {
		t.Helper()
		if n, err := nc.Write([]byte(s)); n != len(s) || err != nil {
			t.Fatal(n, err)
		}
	}
	uncork := func() {
		t.Helper()
		if err := nc.Uncork(); err != nil {
			t.Fatal(err)
		}
	}
	write("a")
	nc.Cork()
	write("b")
	write("c")
	if counted.String() != "a" {
		t.Errorf("while corked %q went out", counted.String())
	}
	uncork()
	write("d")
	uncork() // nothing to do
	if counted.String() != "abcd" || counted.writes != 3 {
		t.Errorf("%q in %d writes", counted.String(), counted.writes)
	}
	// A corked connection holds back a bounded part, in order.
	counted.Reset()
	counted.writes = 0
	nc.Cork()
	var want strings.Builder
	for i := range 300 {
		s := strings.Repeat(string(rune('a'+i%26)), 1000)
		want.WriteString(s)
		write(s)
		if nc.held != nil && len(*nc.held) > corkLimit {
			t.Fatalf("%d bytes are held back", len(*nc.held))
		}
	}
	big := strings.Repeat("B", 3*corkLimit)
	want.WriteString(big)
	write(big)
	uncork()
	if counted.String() != want.String() || counted.writes > 7 {
		t.Errorf("%d of %d bytes in %d writes", counted.Len(), want.Len(), counted.writes)
	}
	// What failed later is told.
	counted.err = io.ErrClosedPipe
	nc.Cork()
	write("x")
	if err := nc.Uncork(); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("Uncork gave %v", err)
	}
	if _, err := nc.Write([]byte("y")); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("Write gave %v", err)
	}
}

// countingConn remembers what is written and how often.
type countingConn struct {
	net.Conn
	strings.Builder
	writes int
	err    error
}

func (c *countingConn) Write(b []byte) (int, error) {
	c.writes++
	if c.err != nil {
		return 0, c.err
	}
	return c.Builder.Write(b)
}

func (c *countingConn) Close() error { return nil }

// Many goroutines write whole lines while another corks and uncorks; every
// line arrives whole, and each writer's in order.
func TestNetConnConcurrently(t *testing.T) {
	l := newTestListener(t, listenerOptions{})
	here, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer here.Close()
	nc := <-l.accepted
	const writers, lines = 4, 500
	done := make(chan struct{})
	for w := range writers {
		go func() {
			for i := range lines {
				nc.Write([]byte(itoa(w) + " " + itoa(i) + "\n"))
			}
			done <- struct{}{}
		}()
	}
	go func() {
		for range writers {
			<-done
		}
		nc.Uncork()
		nc.Close()
	}()
	go func() {
		for range 1000 {
			nc.Cork()
			nc.Uncork()
		}
	}()
	all, err := io.ReadAll(here)
	if err != nil {
		t.Fatal(err)
	}
	next := make([]int, writers)
	got := strings.Split(strings.TrimSuffix(string(all), "\n"), "\n")
	if len(got) != writers*lines {
		t.Errorf("%d lines arrived", len(got))
	}
	for _, line := range got {
		w := int(line[0] - '0')
		if line != itoa(w)+" "+itoa(next[w]) {
			t.Fatalf("%q, next of writer %d is %d", line, w, next[w])
		}
		next[w]++
	}
}
