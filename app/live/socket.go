package live

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
	pingTime     = 15              // seconds between pings
	farewellTime = 3 * time.Second // from the end of a socket until it is cut off
	maxUnwritten = 64              // frames that were taken and whose reply is not written yet
	maxOpen      = 64              // chats one tab may have on screen
	maxLinger    = 16 << 20        // bytes that are read of a frame that is too large
	maxFrames    = 5000            // that one socket may send within frameTime, above those for messages
	frameTime    = 10 * time.Second
	eventsAtOnce = 64 // that are read from the store in one go
)

// Times are how long a socket waits; a zero value means the default.
type Times struct {
	Hello  time.Duration // for the first hello: 5 s
	Reset  time.Duration // from a reset to the next hello: 30 s
	Silent time.Duration // without any sign of life: 40 s
	Write  time.Duration // for the other side to take what is written: 10 s
}

func (t *Times) setDefaults() {
	t.Hello = cmp.Or(t.Hello, 5*time.Second)
	t.Reset = cmp.Or(t.Reset, 30*time.Second)
	t.Silent = cmp.Or(t.Silent, 40*time.Second)
	t.Write = cmp.Or(t.Write, 10*time.Second)
}

// conn is one socket of a person. Its handler's goroutine reads; a goroutine of
// its own writes, but only while there is something to write. The handler returns
// after the writer has ended.
type conn struct {
	hub     *Hub
	ws      transport
	person  db.ID
	session db.Session
	addr    netip.Addr
	ring    *ring // set by hub.add
	slot    int   // the second in which it is pinged, of pingTime

	// Guarded by hub.mu.
	welcomed bool           // said a hello that was answered with welcome
	open     map[db.ID]bool // the chats on screen; true: somebody looks at the end

	// Of the reader's goroutine.
	phase        phase
	windowStart  time.Time
	windowFrames int // taken since windowStart

	// Of the store's committer.
	order db.SendOrder

	// Of the writer's goroutine.
	cursor      uint64 // the ev of the last event that was written
	sendsEvents bool
	frameSlots  [][]byte // reused for what is written at once

	mu      sync.Mutex // after ring.mu and Hub.mu
	changed sync.Cond  // unwritten or unanswered went down, or the writer ended

	// Guarded by mu: the writer's state.
	hasWork    bool
	writerRuns bool
	broken     bool // nothing can be written any more
	closeCode  int  // not 0: the socket ends with it
	closeSaid  bool // the close frame is written
	cutOff     *time.Timer

	// Guarded by mu: what waits for the writer.
	helloAnswers []helloAnswer
	replies      [][]byte
	ping         bool
	presence     map[db.ID]wire.PresenceFrame // the latest of each person
	typing       map[db.ID]bool

	// Guarded by mu: how far the other side is ahead.
	unwritten     int // frames that were taken and whose reply is not written yet
	unanswered    int // of these, what the store has not answered yet
	refusedInARow int // messages, for their rate
}

// phase is how far a socket has come.
type phase int

const (
	awaitsHello       phase = iota // nothing else may come
	awaitsSecondHello              // after a reset; what else comes is taken
	saidHello                      // events flow
)

// helloAnswer is what a hello is answered with, and what the writer goes on with.
type helloAnswer struct {
	frame       any // of package wire
	cursor      uint64
	sendsEvents bool
}

func (h *Hub) newConn(person db.ID, s db.Session, addr netip.Addr) *conn {
	c := &conn{hub: h, person: person, session: s, addr: addr}
	c.changed.L = &c.mu
	return c
}

// serve is the life of a socket, on the goroutine of its handler.
func (c *conn) serve(ws transport) {
	c.ws = ws
	defer ws.Close()
	if err := c.hub.add(c); err != nil {
		code := wire.CloseOverloaded
		if errors.Is(err, wire.ErrClosing) {
			code = wire.CloseRestarting
		}
		c.writeClose(code)
		return
	}
	defer c.hub.handlers.Done()
	// From here on the hub ends it with its session. It may have ended since
	// the request was checked: the answer to that can be long on its way.
	if lives, err := c.hub.store.Lives(c.person, c.session); err != nil {
		c.end(wire.CloseInternal)
	} else if !lives {
		c.end(wire.CloseSessionEnded)
	}
	defer func() { // whatever happens, the writer ends before the handler does
		c.hub.remove(c)
		if !c.ending() {
			ws.Close() // frees a writer that waits for a dead peer
		}
		c.waitForWriter()
	}()
	c.read()
}

// read takes frames until the socket ends.
func (c *conn) read() {
	c.ws.SetReadDeadline(time.Now().Add(c.hub.opts.Times.Hello))
	c.ws.OnControl(c.extendDeadline)
	for {
		text, err := c.ws.Next()
		if err == nil {
			err = c.frame(text)
		}
		if errors.Is(err, errTooLarge) {
			c.tooLarge()
		}
		if err != nil {
			if timeout(err) && c.phase != saidHello {
				c.end(wire.CloseNoHello)
			}
			return
		}
		c.extendDeadline()
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
		code = wire.CloseFlooding
	case !text:
		code = wire.CloseBinary
	case !utf8.Valid(buf.Bytes()):
		code = wire.CloseText
	default:
		code = c.handle(buf.Bytes())
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
	c.end(wire.CloseTooLarge)
	c.ws.SetReadDeadline(time.Now().Add(farewellTime))
	c.ws.Discard(maxLinger)
}

// extendDeadline gives a socket that said hello time until its next sign of life.
func (c *conn) extendDeadline() {
	if c.phase != saidHello {
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
	if now := time.Now(); now.Sub(c.windowStart) > frameTime {
		c.windowStart, c.windowFrames = now, 0
	}
	c.windowFrames++
	return float64(c.windowFrames) > maxFrames+2*frameTime.Seconds()*c.hub.opts.Rate
}

func timeout(err error) bool {
	t, ok := errors.AsType[net.Error](err)
	return ok && t.Timeout()
}

// writeClose says goodbye.
func (c *conn) writeClose(code int) { c.ws.WriteClose(code, time.Now().Add(farewellTime)) }
