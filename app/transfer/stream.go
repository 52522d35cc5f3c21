package transfer

import (
	"io"
	"net"
	"os"
	"sync"
	"time"
)

// streamPart is what has to get through within the time for writing, or the
// other side is given up.
const streamPart = 1 << 20

// Stream sends a part of an open file as the body of an answer, long after
// its handler returned: each part of it has its own time, and the file is
// copied by the system where that can be done.
type Stream struct {
	conn    net.Conn
	file    *os.File
	left    int64
	timeout time.Duration
	done    func()
	once    sync.Once
}

// NewStream gives what sends the next size bytes of an open file to conn, each
// part of them within timeout. It owns the file; done is called once, when it
// is closed.
func NewStream(conn net.Conn, file *os.File, size int64, timeout time.Duration, done func()) *Stream {
	return &Stream{conn: conn, file: file, left: size, timeout: timeout, done: done}
}

// Read is for whoever does not know WriteTo.
func (s *Stream) Read(p []byte) (int, error) {
	if s.left <= 0 {
		return 0, io.EOF
	}
	s.moreTime()
	n, err := s.file.Read(p[:min(int64(len(p)), s.left)])
	s.left -= int64(n)
	return n, err
}

// WriteTo sends everything to w.
func (s *Stream) WriteTo(w io.Writer) (sent int64, err error) {
	for s.left > 0 && err == nil {
		var n int64
		s.moreTime()
		if n, err = io.CopyN(w, s.file, min(s.left, streamPart)); err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		s.left -= n
		sent += n
	}
	return sent, err
}

func (s *Stream) moreTime() { _ = s.conn.SetWriteDeadline(time.Now().Add(s.timeout)) }

// Close may be called more than once.
func (s *Stream) Close() (err error) {
	s.once.Do(func() {
		err = s.file.Close()
		s.done()
	})
	return err
}

// TimedWriter gives the other side of a connection time for each write anew.
type TimedWriter struct {
	io.Writer
	Conn    net.Conn // that the writer leads to
	Timeout time.Duration
}

// Write gives up when the other side does not take b within Timeout.
func (w *TimedWriter) Write(b []byte) (int, error) {
	_ = w.Conn.SetWriteDeadline(time.Now().Add(w.Timeout))
	return w.Writer.Write(b)
}
