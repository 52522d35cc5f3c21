package live

import (
	"io"
	"os"
	"strings"
	"sync"
	"testing/synctest"
	"time"
)

// fakeSocket is a transport and its other side. It keeps what is written.
type fakeSocket struct {
	in      chan any // what comes: a text, bytes for a binary frame, an error; nil for a pong
	heard   func()
	frame   io.Reader
	silent  bool          // it does not answer a close frame
	ended   chan struct{} // closed when the handler has returned
	closed  chan struct{} // by Close
	closing sync.Once

	mu        sync.Mutex
	read      time.Time // deadlines
	write     time.Time
	stalled   chan struct{} // not nil: nothing is taken until it is closed
	written   []string
	code      int // of the close frame
	pings     int
	discarded int64
}

func (s *fakeSocket) Next() (text bool, err error) {
	for {
		s.mu.Lock()
		deadline := time.NewTimer(time.Until(s.read))
		s.mu.Unlock()
		defer deadline.Stop()
		select {
		case v := <-s.in:
			switch v := v.(type) {
			case nil:
				s.heard()
			case string:
				s.frame = strings.NewReader(v)
				return true, nil
			case []byte:
				return false, nil
			case error:
				return false, v
			}
		case <-s.closed:
			return false, io.EOF
		case <-deadline.C:
			return false, os.ErrDeadlineExceeded
		}
	}
}

func (s *fakeSocket) Read(b []byte) (int, error) {
	if s.frame == nil {
		return 0, io.EOF
	}
	return s.frame.Read(b)
}

func (s *fakeSocket) WriteText(b []byte) error {
	s.mu.Lock()
	stalled, deadline := s.stalled, time.NewTimer(time.Until(s.write))
	s.mu.Unlock()
	defer deadline.Stop()
	if stalled != nil {
		select {
		case <-stalled:
		case <-s.closed:
			return io.ErrClosedPipe
		case <-deadline.C:
			return os.ErrDeadlineExceeded
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.written = append(s.written, string(b))
	return nil
}

func (s *fakeSocket) WriteClose(code int, _ time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.code = code; !s.silent {
		go func() { // as a client does
			select {
			case s.in <- io.EOF:
			case <-s.closed:
			}
		}()
	}
	return nil
}

func (s *fakeSocket) WritePing(time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pings++
	return nil
}
func (s *fakeSocket) OnControl(heard func()) { s.heard = heard }
func (s *fakeSocket) Discard(n int64)        { s.discarded = n }
func (s *fakeSocket) Cork()                  {}
func (s *fakeSocket) Uncork() error          { return nil }
func (s *fakeSocket) Close() error           { s.closing.Do(func() { close(s.closed) }); return nil }

func (s *fakeSocket) SetReadDeadline(t time.Time) error  { return s.set(&s.read, t) }
func (s *fakeSocket) SetWriteDeadline(t time.Time) error { return s.set(&s.write, t) }

func (s *fakeSocket) set(field *time.Time, t time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	*field = t
	return nil
}

// say lets the other side send, and waits until everything that follows has happened.
func (s *fakeSocket) say(frames ...any) {
	for _, f := range frames {
		select {
		case s.in <- f:
		case <-s.ended:
		}
	}
	synctest.Wait()
}

// hears gives what was written since it was called last.
func (s *fakeSocket) hears() []string {
	synctest.Wait()
	s.mu.Lock()
	defer s.mu.Unlock()
	got := s.written
	s.written = nil
	return got
}

// closeCode is the code of the close frame, 0 without one.
func (s *fakeSocket) closeCode() int {
	synctest.Wait()
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.code
}

func (s *fakeSocket) stall() (goOn func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	stalled := make(chan struct{})
	s.stalled = stalled
	return func() { close(stalled) }
}

func (s *fakeSocket) hasEnded() bool {
	synctest.Wait()
	select {
	case <-s.ended:
		return true
	default:
		return false
	}
}
