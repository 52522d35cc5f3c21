package listen

import (
	"io"
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"
)

const (
	// corkLimit is how much a corked connection holds back at most.
	corkLimit = 64 << 10
	// A refused request may still be on its way; this much of it is read to
	// let the answer arrive before the connection ends.
	lingerBytes = 8 << 20
	lingerTime  = 2 * time.Second
)

// Conn is an accepted connection. While it is corked, what is written is
// held back and goes out as one write, so that many small frames cost one
// system call. All methods are safe for concurrent use.
type Conn struct {
	net.Conn
	l    *Listener
	addr netip.Addr

	linger atomic.Bool // read on for a moment before closing
	closed sync.Once

	// mu keeps the order of writes; Close does not wait for it.
	mu     sync.Mutex
	corked bool
	held   *[]byte // nil when nothing is held back
	err    error   // of an earlier write of what was held back
}

// Write writes b, or holds it back while the connection is corked. What was
// held back may fail later; the error then meets the next Write or Uncork.
func (c *Conn) Write(b []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.err != nil {
		return 0, c.err
	}
	if !c.corked {
		return c.Conn.Write(b)
	}
	if c.held != nil && len(*c.held)+len(b) > corkLimit {
		if err := c.flush(); err != nil {
			return 0, err
		}
	}
	if len(b) > corkLimit {
		return c.Conn.Write(b)
	}
	if c.held == nil {
		c.held = c.l.buffers.Get().(*[]byte)
	}
	*c.held = append(*c.held, b...)
	return len(b), nil
}

// ReadFrom lets the system copy a file, unless what is written is held back.
func (c *Conn) ReadFrom(r io.Reader) (int64, error) {
	c.mu.Lock()
	to, ok := c.Conn.(io.ReaderFrom) // as a *net.TCPConn is
	if !ok || c.corked || c.err != nil {
		c.mu.Unlock()
		return io.Copy(struct{ io.Writer }{c}, r)
	}
	defer c.mu.Unlock()
	return to.ReadFrom(r)
}

// Cork begins to hold back what is written.
func (c *Conn) Cork() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.corked = true
}

// Uncork writes what was held back and ends holding back.
func (c *Conn) Uncork() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.corked = false
	if c.err != nil {
		return c.err
	}
	return c.flush()
}

// flush writes what is held back; c.mu is held.
func (c *Conn) flush() error {
	if c.held == nil {
		return nil
	}
	_, err := c.Conn.Write(*c.held)
	*c.held = (*c.held)[:0]
	c.l.buffers.Put(c.held)
	c.held = nil
	c.err = err
	return err
}

// Linger makes Close read on for a moment, so that an answer which was given
// before the request was read whole arrives.
func (c *Conn) Linger() { c.linger.Store(true) }

// Close closes the connection and gives its place to another. What is held
// back is lost.
func (c *Conn) Close() error {
	if c.linger.Load() {
		c.drain()
	}
	return c.abort()
}

// abort closes without reading on.
func (c *Conn) abort() error {
	err := net.ErrClosed
	c.closed.Do(func() {
		err = c.Conn.Close()
		c.l.forget(c)
	})
	return err
}

// drain ends our half and reads the other until it ends. Closing with unread
// bytes would reset the connection and take the answer along.
func (c *Conn) drain() {
	t, ok := c.Conn.(*net.TCPConn)
	if !ok || t.CloseWrite() != nil {
		return
	}
	_ = t.SetReadDeadline(time.Now().Add(lingerTime))
	_, _ = io.Copy(io.Discard, io.LimitReader(t, lingerBytes))
}
