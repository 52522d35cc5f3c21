package live

import (
	"errors"
	"io"
	"time"
)

// errTooLarge is what reading a frame of more than wire.MaxFrame bytes ends with.
var errTooLarge = errors.New("the frame is too large")

// transport carries the frames of one socket. One goroutine reads, one writes;
// Close may be called by any. Deadlines count for what is under way as well,
// and what they end fails with a net.Error that is a timeout.
type transport interface {
	// Next waits for the next frame, and reports whether it is one of text. Pings
	// are answered meanwhile.
	Next() (text bool, err error)
	// Read reads the frame that Next found, up to io.EOF.
	io.Reader
	// OnControl has heard called for each ping and pong, by the goroutine that reads.
	OnControl(heard func())
	// Discard reads at most n bytes that are no frames any more, after errTooLarge.
	Discard(n int64)
	SetReadDeadline(time.Time) error

	WriteText(frame []byte) error
	// WritePing and WriteClose wait until the time at most, whatever the deadline.
	WritePing(until time.Time) error
	WriteClose(code int, until time.Time) error
	SetWriteDeadline(time.Time) error
	corker

	Close() error
}

// corker holds back what is written between Cork and Uncork, so that many small
// frames cost one system call. Uncork answers with an error of what it held.
type corker interface {
	Cork()
	Uncork() error
}
