package app

import (
	"bytes"
	"cmp"
	"errors"
	"net"
	"net/netip"
	"sync"
	"time"
	"unicode/utf8"

	"duologue/app/wire"
	"duologue/db"
)

// The bounds of a socket.
const (
	maxFrame     = 64 << 10
	pingTime     = 15              // seconds between pings
	farewellTime = 3 * time.Second // from the end of a socket until it is cut off
	maxUnwritten = 64              // frames that were taken and whose reply is not written yet
	maxOpen      = 64              // chats one tab may have on screen
	maxLinger    = 16 << 20        // bytes that are read of a frame that is too large
	maxFrames    = 5000            // that one socket may send within frameTime, above those for messages
	frameTime    = 10 * time.Second
	eventsAtOnce = 64 // that are read from the store in one go
)

// SocketTimes are how long a socket waits; a zero value means the default.
type SocketTimes struct {
	Hello  time.Duration // for the first hello: 5 s
	Reset  time.Duration // from a reset to the next hello: 30 s
	Silent time.Duration // without any sign of life: 40 s
	Write  time.Duration // for the other side to take what is written: 10 s
}

func (t *SocketTimes) setDefaults() {
	t.Hello = cmp.Or(t.Hello, 5*time.Second)
	t.Reset = cmp.Or(t.Reset, 30*time.Second)
	t.Silent = cmp.Or(t.Silent, 40*time.Second)
	t.Write = cmp.Or(t.Write, 10*time.Second)
}

// Close codes, those of RFC 6455 and our own.
const (
	closeBinary       = 1003
	closeText         = 1007 // invalid UTF-8
	closePolicy       = 1008
	closeTooLarge     = 1009
	closeInternal     = 1011
	closeRestarting   = 1012
	closeOverloaded   = 1013
	closeSessionEnded = 4401
	closeNoHello      = 4408
	closeFlooding     = 4429
)

// conn is one socket. Its handler returns only after its writer has ended.
type conn struct {
	hub     *hub
	ws      transport
	person  db.ID
	session db.Session
	addr    netip.Addr
	ring    *ring // set by hub.add
	slot    int   // the second in which it is pinged

	// of the hub, under its lock
	here bool // said hello and was welcomed
	open map[db.ID]bool

	// of the reader
	phase  phase
	window time.Time
	frames int // taken since window

	order db.SendOrder // of the committer

	// of the writer
	cursor uint64
	live   bool
	events [][]byte // room for them

	mu         sync.Mutex // inside the hub's
	changed    sync.Cond  // unwritten or unanswered went down, or the writer ended
	news       bool       // there is something for the writer to do
	writing    bool       // a writer is at work
	replies    [][]byte
	starts     []start // after a hello, for the writer
	refused    int     // messages in a row, for their rate
	unwritten  int     // frames whose reply is not written yet
	unanswered int     // of these, what the store has not answered yet
	ping       bool
	presence   map[db.ID]wire.PresenceFrame // the latest of each
	typing     map[db.ID]bool
	code       int // not 0: close with it
	cut        *time.Timer
	dead       bool // nothing can be written any more
}

// phase is how far a socket has come.
type phase int

const (
	fresh    phase = iota // nothing but a hello may come
	wasReset              // a hello is waited for; what else comes is taken
	greeted               // events flow
)

// start is what a hello changes for the writer.
type start struct {
	frame  []byte
	cursor uint64
	live   bool
}

// serve is the life of a socket, on the goroutine of its handler.
func (c *conn) serve(ws transport) {
	c.ws = ws
	defer ws.Close()
	if err := c.hub.add(c); err != nil {
		code := closeOverloaded
		if errors.Is(err, errClosing) {
			code = closeRestarting
		}
		c.writeClose(code)
		return
	}
	defer c.hub.handlers.Done()
	// From here on the hub ends it with its session. It may have ended since
	// the request was checked: the answer to that can be long on its way.
	if lives, err := c.hub.store.Lives(c.person, c.session); err != nil {
		c.end(closeInternal)
	} else if !lives {
		c.end(closeSessionEnded)
	}
	defer func() { // whatever happens, the writer ends before the handler does
		c.hub.remove(c)
		if !c.ending() {
			ws.Close() // frees a writer that waits for a dead peer
		}
		c.finish()
	}()
	c.read()
}

// read takes frames until the socket ends.
func (c *conn) read() {
	c.ws.SetReadDeadline(time.Now().Add(c.hub.opts.Times.Hello))
	c.ws.OnControl(c.alive)
	for {
		text, err := c.ws.Next()
		if err == nil {
			err = c.frame(text)
		}
		if errors.Is(err, errTooLarge) {
			c.tooLarge()
		}
		if err != nil {
			if timeout(err) && c.phase != greeted {
				c.end(closeNoHello)
			}
			return
		}
		c.alive()
	}
}

// frame reads one frame and handles it.
func (c *conn) frame(text bool) error {
	buf := c.hub.readBuffers.Get().(*bytes.Buffer)
	defer c.hub.readBuffers.Put(buf)
	buf.Reset()
	if _, err := buf.ReadFrom(c.ws); err != nil {
		return err
	}
	code := 0
	switch {
	case c.ending(): // only its answer to our close frame counts now
	case c.flooding():
		code = closeFlooding
	case !text:
		code = closeBinary
	case !utf8.Valid(buf.Bytes()):
		code = closeText
	default:
		code = c.take(buf.Bytes())
	}
	if code != 0 {
		c.end(code)
	}
	return nil
}

// tooLarge says why a socket ends whose frame is not read, and takes some more
// of it: a client that still writes when the connection is gone may not read
// the reason.
func (c *conn) tooLarge() {
	c.end(closeTooLarge)
	c.ws.SetReadDeadline(time.Now().Add(farewellTime))
	c.ws.Discard(maxLinger)
}

// alive gives a greeted socket time until its next sign of life.
func (c *conn) alive() {
	if c.phase != greeted {
		return
	}
	c.ws.SetReadDeadline(time.Now().Add(c.hub.opts.Times.Silent))
}

// flooding reports whether a socket sends more frames than a client needs.
// The rate of messages is looked at where they are taken: twice as many may
// come, as those that are refused come again.
func (c *conn) flooding() bool {
	if c.hub.opts.Rate == 0 {
		return false
	}
	if now := time.Now(); now.Sub(c.window) > frameTime {
		c.window, c.frames = now, 0
	}
	c.frames++
	return float64(c.frames) > maxFrames+2*frameTime.Seconds()*c.hub.opts.Rate
}

func timeout(err error) bool {
	t, ok := errors.AsType[net.Error](err)
	return ok && t.Timeout()
}

// writeClose says goodbye.
func (c *conn) writeClose(code int) { c.ws.WriteClose(code, time.Now().Add(farewellTime)) }
