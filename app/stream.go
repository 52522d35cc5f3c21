package app

import (
	"bufio"
	"io"
	"net"
	"os"
	"sync"
	"time"
)

const (
	// streamPart is what has to get through within the time for writing, or
	// the other side is given up.
	streamPart = 1 << 20
	copyBuffer = 64 << 10
)

// stream sends a part of an open file as the body of an answer, long after
// its handler returned: each part of it has its own time, and the file is
// copied by the system where that can be done.
type stream struct {
	conn net.Conn
	file *os.File
	left int64
	done func()
	once sync.Once
}

// Read is for whoever does not know WriteTo.
func (s *stream) Read(p []byte) (int, error) {
	if s.left <= 0 {
		return 0, io.EOF
	}
	s.moreTime()
	n, err := s.file.Read(p[:min(int64(len(p)), s.left)])
	s.left -= int64(n)
	return n, err
}

// WriteTo sends everything to w.
func (s *stream) WriteTo(w io.Writer) (sent int64, err error) {
	var to io.Writer = w
	if b, ok := w.(*bufio.Writer); ok {
		if tcp := tcpOf(s.conn); tcp != nil {
			if err := b.Flush(); err != nil {
				return 0, err
			}
			to = tcp
		}
	}
	for s.left > 0 && err == nil {
		var n int64
		s.moreTime()
		if n, err = s.copy(to, min(s.left, streamPart)); n == 0 && err == nil {
			err = io.ErrUnexpectedEOF
		}
		s.left -= n
		sent += n
	}
	return sent, err
}

// copy hands the file itself to a socket, which takes it without a buffer.
func (s *stream) copy(to io.Writer, n int64) (int64, error) {
	from := &io.LimitedReader{R: s.file, N: n}
	if r, ok := to.(*net.TCPConn); ok {
		return r.ReadFrom(from)
	}
	buf := copyBuffers.Get().(*[copyBuffer]byte)
	defer copyBuffers.Put(buf)
	return io.CopyBuffer(struct{ io.Writer }{to}, from, buf[:])
}

var copyBuffers = sync.Pool{New: func() any { return new([copyBuffer]byte) }}

func (s *stream) moreTime() { _ = s.conn.SetWriteDeadline(time.Now().Add(writeTimeout)) }

// Close may be called more than once.
func (s *stream) Close() (err error) {
	s.once.Do(func() {
		err = s.file.Close()
		s.done()
	})
	return err
}

// tcpOf gives the socket beneath an accepted connection, unless what is
// written to it is changed on the way.
func tcpOf(c net.Conn) *net.TCPConn {
	if own, ok := c.(*netConn); ok {
		c = own.Conn
	}
	tcp, _ := c.(*net.TCPConn)
	return tcp
}
