package app

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"net"
	"net/netip"
	"sync"
	"time"
	"unicode/utf8"

	"duologue/db"

	fastws "github.com/fasthttp/websocket"
	"github.com/gofiber/contrib/websocket"
	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// The bounds of a socket.
const (
	maxFrame     = 64 << 10
	pingTime     = 15              // seconds between pings
	farewellTime = 2 * time.Second // for the other side's answer to a close frame
	maxPending   = 64              // replies that wait to be written, and frames that wait for a reply
	maxOpen      = 64              // chats one tab may have on screen
	eventsAtOnce = 64              // that are read from the store in one go
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
	closeBinary       = fastws.CloseUnsupportedData
	closeText         = fastws.CloseInvalidFramePayloadData
	closePolicy       = fastws.ClosePolicyViolation
	closeInternal     = fastws.CloseInternalServerErr
	closeRestarting   = fastws.CloseServiceRestart
	closeOverloaded   = fastws.CloseTryAgainLater
	closeSessionEnded = 4401
	closeNoHello      = 4408
	closeFlooding     = 4429
)

// conn is one socket. The library's own connection is pooled: whoever holds
// it after its handler returned writes to a stranger. So the handler takes
// the inner one, and returns only after the writer has ended.
type conn struct {
	hub     *hub
	ws      *fastws.Conn
	pipe    *netConn // beneath ws; nil in tests without our listener
	person  db.ID
	session string
	addr    netip.Addr
	ring    *ring // set by hub.enter
	slot    int   // the second in which it is pinged
	lane    db.Lane

	// of the hub, under its lock
	here bool // said hello and was welcomed
	open map[db.ID]bool

	// of the reader
	phase   phase
	refused int // messages in a row, for their rate

	// of the writer
	cursor uint64
	live   bool
	frames [][]byte

	mu       sync.Mutex // inside the hub's
	moved    sync.Cond  // pending or waiting went down, or the writer ended
	news     bool       // there is something for the writer to do
	writing  bool       // a writer is at work
	replies  [][]byte
	start    *start // after a hello, for the writer
	pending  int    // frames whose reply is not written yet
	waiting  int    // of these, what the store has not answered yet
	ping     bool
	presence map[db.ID]presenceFrame // the latest of each
	typing   map[db.ID]bool
	code     int  // not 0: close with it
	dead     bool // nothing can be written any more
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

// upgrade answers GET /ws for a session that was checked, with an Origin that
// was checked.
func (h *hub) upgrade(c *fiber.Ctx, p db.Person, s db.Session) error {
	if !websocket.IsWebSocketUpgrade(c) {
		return db.Errorf(codeBadRequest, "this address is for a WebSocket")
	}
	addr := remoteAddr(c.Context().RemoteAddr())
	if err := h.room(p.ID, addr); err != nil {
		return err
	}
	cn := &conn{hub: h, person: p.ID, session: s.ID, addr: addr}
	cn.moved.L = &cn.mu
	request := c.Context()
	return websocket.New(func(outer *websocket.Conn) {
		// The server holds on to the request for as long as the socket lives,
		// but nobody reads it any more: kilobytes for each quiet socket.
		request.Request.Header = fasthttp.RequestHeader{}
		request.Response.Header = fasthttp.ResponseHeader{}
		cn.serve(outer.Conn)
	}, websocket.Config{
		ReadBufferSize:  512,
		WriteBufferSize: 4096,
		WriteBufferPool: &writeBuffers,
		RecoverHandler: func(*websocket.Conn) {
			if p := recover(); p != nil {
				h.opts.Log.Error("a socket panicked", "panic", p, "stack", stack())
			}
		},
	})(c)
}

func remoteAddr(a net.Addr) netip.Addr {
	if t, ok := a.(*net.TCPAddr); ok {
		return t.AddrPort().Addr().Unmap()
	}
	return netip.Addr{}
}

// serve is the life of a socket, on the goroutine of its handler.
func (c *conn) serve(ws *fastws.Conn) {
	c.ws = ws
	defer ws.Close()
	if raw, ok := ws.NetConn().(interface{ UnsafeConn() net.Conn }); ok {
		c.pipe, _ = raw.UnsafeConn().(*netConn)
	}
	if err := c.hub.enter(c); err != nil {
		code := closeOverloaded
		if errors.Is(err, errClosing) {
			code = closeRestarting
		}
		c.writeClose(code)
		return
	}
	defer c.hub.handlers.Done()
	defer func() { // whatever happens, the writer ends before the handler does
		c.hub.leave(c)
		if !c.ending() {
			ws.Close() // frees a writer that waits for a dead peer
		}
		c.finish()
	}()
	c.read()
}

// read takes frames until the socket ends.
func (c *conn) read() {
	c.ws.SetReadLimit(maxFrame)
	c.ws.SetReadDeadline(time.Now().Add(c.hub.opts.Times.Hello))
	c.ws.SetPongHandler(func(string) error { c.alive(); return nil })
	for {
		kind, r, err := c.ws.NextReader()
		if err == nil {
			err = c.frame(kind, r)
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
func (c *conn) frame(kind int, r io.Reader) error {
	buf := frameBuffers.Get().(*bytes.Buffer)
	defer frameBuffers.Put(buf)
	buf.Reset()
	if _, err := buf.ReadFrom(r); err != nil {
		return err
	}
	code := 0
	switch {
	case c.ending(): // only its answer to our close frame counts now
	case kind == fastws.BinaryMessage:
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

// frameBuffers lends a socket a buffer while it reads a frame; nothing that
// is kept points into one. writeBuffers does the same for writing.
var (
	frameBuffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}
	writeBuffers sync.Pool
)

// alive gives a greeted socket time until its next sign of life.
func (c *conn) alive() {
	if c.phase != greeted {
		return
	}
	c.ws.SetReadDeadline(time.Now().Add(c.hub.opts.Times.Silent))
	if c.ending() { // the writer may have set the shorter one just before
		c.ws.SetReadDeadline(time.Now().Add(farewellTime))
	}
}

func timeout(err error) bool {
	t, ok := errors.AsType[net.Error](err)
	return ok && t.Timeout()
}

// write is the writer: it is started when there is news, writes what there
// is, and ends. A quiet socket has no goroutine but its reader.
func (c *conn) write() {
	for more := false; more || c.onward(); {
		var err error
		if more, err = c.flush(); err != nil {
			c.ws.Close() // wakes the reader
			c.mu.Lock()
			c.dead = true
			c.mu.Unlock()
		}
	}
}

// onward reports whether there is news; when there is none the writer has ended.
func (c *conn) onward() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.news && !c.dead {
		return true
	}
	c.writing = false
	c.moved.Broadcast()
	return false
}

// flush writes what waits: a welcome, events, what may be dropped, and then
// the replies, so that a pong comes after all that was there before its ping.
// It reports whether more events are at hand.
func (c *conn) flush() (more bool, err error) {
	c.mu.Lock()
	replies, begin, code := c.replies, c.start, c.code
	ping, presence, typing := c.ping, c.presence, c.typing
	c.replies, c.start, c.ping, c.presence, c.typing = nil, nil, false, nil, nil
	c.news = false
	c.mu.Unlock()

	if code < 0 { // after the close frame nothing may follow, and the other side has time to answer it
		c.answered(len(replies))
		return false, nil
	}
	c.ws.SetWriteDeadline(time.Now().Add(c.hub.opts.Times.Write))
	if c.pipe != nil {
		c.pipe.Cork()
		defer func() { err = errors.Join(err, c.pipe.Uncork()); c.answered(len(replies)) }()
	} else {
		defer func() { c.answered(len(replies)) }()
	}
	if begin != nil {
		c.cursor, c.live = begin.cursor, begin.live
		if err := c.writeText(begin.frame); err != nil {
			return false, err
		}
	}
	if c.live && code == 0 {
		if more, err = c.writeEvents(); err != nil {
			return false, err
		}
	}
	if c.live {
		for _, f := range presence {
			if err := c.writeText(encodeFrame(f)); err != nil {
				return false, err
			}
		}
		for who := range typing {
			if err := c.writeText(encodeTyping(who)); err != nil {
				return false, err
			}
		}
	}
	for _, f := range replies {
		if err := c.writeText(f); err != nil {
			return false, err
		}
	}
	if ping {
		if err := c.ws.WriteControl(fastws.PingMessage, nil, time.Now().Add(c.hub.opts.Times.Write)); err != nil {
			return false, err
		}
	}
	if code > 0 {
		c.writeClose(code)
		c.mu.Lock()
		c.code = -code // said once
		c.mu.Unlock()
		return false, nil
	}
	return more && code == 0, nil
}

// writeEvents writes the next part of the log, from the ring or the store.
func (c *conn) writeEvents() (more bool, err error) {
	h := c.hub
	encode := func(e *db.Event) []byte { return encodeEvent(e, h.store.NameOf, h.online) }
	frames, end, have := c.ring.after(c.cursor, c.frames[:0], encode)
	if !have {
		events, err := h.store.Events(c.person, c.cursor, eventsAtOnce)
		if db.CodeOf(err) == db.Gone { // so far behind that the log went on without it
			c.end(closeOverloaded) // its next hello is answered with reset
			return false, nil
		}
		if err != nil {
			h.opts.Log.Error("events cannot be read", "person", c.person, "err", err)
			c.end(closeInternal)
			return false, nil
		}
		for i := range events {
			frames = append(frames, encode(&events[i]))
			end = events[i].Ev
		}
		if len(events) < eventsAtOnce {
			c.ring.reached(end)
		}
	}
	for _, f := range frames {
		if err := c.writeText(f); err != nil {
			return false, err
		}
	}
	clear(frames)
	c.frames = frames[:0]
	c.cursor = end
	return len(frames) > 0, nil
}

func (c *conn) writeText(frame []byte) error { return c.ws.WriteMessage(fastws.TextMessage, frame) }

// writeClose says goodbye and gives the other side a moment to answer.
func (c *conn) writeClose(code int) {
	now := time.Now()
	c.ws.WriteControl(fastws.CloseMessage, fastws.FormatCloseMessage(code, ""), now.Add(farewellTime))
	c.ws.SetReadDeadline(now.Add(farewellTime))
}

// wake lets the writer look for what there is to do.
func (c *conn) wake() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wakeLocked()
}

func (c *conn) wakeLocked() {
	c.news = true
	if !c.writing && !c.dead {
		c.writing = true
		go c.write()
	}
}

// finish waits for the writer's last words; none is started afterwards.
func (c *conn) finish() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.writing {
		c.moved.Wait()
	}
	c.dead = true
}

// end asks for the socket to be closed with a code; the first one counts.
func (c *conn) end(code int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.code == 0 {
		c.code = code
	}
	c.wakeLocked()
}

func (c *conn) ending() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.code != 0
}

// expect waits for room for one more reply; false when the writer has ended.
func (c *conn) expect() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.pending >= maxPending && !c.dead {
		c.moved.Wait()
	}
	c.pending++
	return !c.dead
}

// ask is expect for a frame that the store will answer; told has to follow.
func (c *conn) ask() bool {
	if !c.expect() {
		return false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.waiting++
	return true
}

// told notes an answer of the store.
func (c *conn) told() {
	c.mu.Lock()
	c.waiting--
	c.mu.Unlock()
	c.moved.Broadcast()
}

// settled waits until the store has answered all that this socket asked.
func (c *conn) settled() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.waiting > 0 && !c.dead {
		c.moved.Wait()
	}
}

// reply hands an expected reply to the writer.
func (c *conn) reply(frame []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.replies = append(c.replies, frame)
	c.wakeLocked()
}

// answered notes that n replies were written.
func (c *conn) answered(n int) {
	if n == 0 {
		return
	}
	c.mu.Lock()
	c.pending -= n
	c.mu.Unlock()
	c.moved.Broadcast()
}

// begin hands the answer to a hello to the writer.
func (c *conn) begin(s start) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.start = &s
	c.wakeLocked()
}

func (c *conn) pingNow() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ping = true
	c.wakeLocked()
}

func (c *conn) sawPresence(f presenceFrame) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.presence == nil {
		c.presence = map[db.ID]presenceFrame{}
	}
	c.presence[f.User] = f
	c.wakeLocked()
}

func (c *conn) sawTyping(who db.ID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.typing == nil {
		c.typing = map[db.ID]bool{}
	}
	c.typing[who] = true
	c.wakeLocked()
}
