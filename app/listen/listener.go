package listen

import (
	"errors"
	"log/slog"
	"net"
	"net/netip"
	"sync"
	"time"
)

// Listener joins several listeners into one and stands between them and the
// server, which would take a passing lack of descriptors as the end. It limits
// how many connections live at once, so that the store always finds a
// descriptor for its own files.
type Listener struct {
	log     *slog.Logger
	inner   []net.Listener
	max     int // connections at once
	far     int // of them from other computers
	perAddr int // of them from one address of another computer; 0: no limit
	pause   time.Duration

	accepted chan *Conn
	done     chan struct{}
	accepts  sync.WaitGroup
	buffers  sync.Pool // of *[]byte, for corked connections

	mu     sync.Mutex
	closed bool
	live   map[*Conn]struct{}
	byAddr map[netip.Addr]int // how many of them, without this computer
	others int                // their sum
}

// Options are the knobs of a listener.
type Options struct {
	Log     *slog.Logger
	Max     int           // connections at once; an eighth of them is for this computer alone
	PerAddr int           // connections of one address of another computer; 0: no limit
	Pause   time.Duration // after a failed accept
}

// New starts to accept from every inner listener, at least one; it owns them.
func New(inner []net.Listener, o Options) *Listener {
	l := &Listener{
		log: o.Log, inner: inner, max: o.Max, far: o.Max - o.Max/8, perAddr: o.PerAddr, pause: o.Pause,
		accepted: make(chan *Conn),
		done:     make(chan struct{}),
		live:     map[*Conn]struct{}{},
		byAddr:   map[netip.Addr]int{},
	}
	l.buffers.New = func() any { b := make([]byte, 0, corkLimit); return &b }
	for _, in := range inner {
		l.accepts.Go(func() { l.acceptFrom(in) })
	}
	return l
}

// acceptFrom takes connections from one inner listener until it is closed.
func (l *Listener) acceptFrom(in net.Listener) {
	failing := false
	for {
		c, err := in.Accept()
		if err != nil {
			if errors.Is(err, net.ErrClosed) || l.isClosed() {
				return
			}
			// Whatever else it is, too many open files most of all, passes;
			// giving up would end the host for everybody.
			if !failing {
				l.log.Warn("accepting connections fails", "err", err)
			}
			failing = true
			select {
			case <-time.After(l.pause):
			case <-l.done:
				return
			}
			continue
		}
		if failing {
			l.log.Info("accepting connections works again")
			failing = false
		}
		nc := l.admit(c)
		if nc == nil {
			c.Close()
			continue
		}
		select {
		case l.accepted <- nc:
		case <-l.done:
			nc.Close()
			return
		}
	}
}

// admit counts c, or gives nil if that would be one too many. Some places are
// for this computer alone, so that the network cannot shut out its owner.
func (l *Listener) admit(c net.Conn) *Conn {
	nc := &Conn{Conn: c, l: l, addr: AddrOf(c.RemoteAddr())}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed || len(l.live) >= l.max {
		return nil
	}
	if !nc.addr.IsLoopback() {
		if l.others >= l.far || l.perAddr > 0 && l.byAddr[nc.addr] >= l.perAddr {
			return nil
		}
		l.others++
		l.byAddr[nc.addr]++
	}
	l.live[nc] = struct{}{}
	return nc
}

// forget is the opposite of admit.
func (l *Listener) forget(nc *Conn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.live, nc)
	if nc.addr.IsLoopback() {
		return
	}
	l.others--
	if l.byAddr[nc.addr]--; l.byAddr[nc.addr] <= 0 {
		delete(l.byAddr, nc.addr)
	}
}

// Accept gives the next connection, a *Conn.
func (l *Listener) Accept() (net.Conn, error) {
	select {
	case nc := <-l.accepted:
		return nc, nil
	case <-l.done:
		return nil, net.ErrClosed
	}
}

// Addr is the address of the first inner listener.
func (l *Listener) Addr() net.Addr { return l.inner[0].Addr() }

// Close stops accepting; connections live on. It may be called twice.
func (l *Listener) Close() error {
	l.mu.Lock()
	closed := l.closed
	l.closed = true
	l.mu.Unlock()
	if closed {
		return nil
	}
	close(l.done)
	var errs []error
	for _, in := range l.inner {
		errs = append(errs, in.Close())
	}
	l.accepts.Wait()
	return errors.Join(errs...)
}

// CloseConns closes what lives on after Close.
func (l *Listener) CloseConns() {
	l.mu.Lock()
	conns := make([]*Conn, 0, len(l.live))
	for nc := range l.live {
		conns = append(conns, nc)
	}
	l.mu.Unlock()
	for _, nc := range conns {
		nc.abort()
	}
}

func (l *Listener) isClosed() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.closed
}
