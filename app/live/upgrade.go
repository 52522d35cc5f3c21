package live

import (
	"errors"
	"io"
	"net"
	"net/netip"
	"runtime/debug"
	"time"

	fastws "github.com/fasthttp/websocket"
	"github.com/gofiber/contrib/websocket"
	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"duologue/app/wire"
	"duologue/db"
)

// Upgrade answers GET /ws of the device at addr, for a session that was
// checked, with an Origin that was checked.
func (h *Hub) Upgrade(c *fiber.Ctx, p db.Person, s db.Session, addr netip.Addr) error {
	if !websocket.IsWebSocketUpgrade(c) {
		return db.Errorf(wire.BadRequest, "this address is for a WebSocket")
	}
	if err := h.hasRoom(p.ID, addr); err != nil {
		return err
	}
	cn := h.newConn(p.ID, s, addr)
	request := c.Context()
	return websocket.New(func(outer *websocket.Conn) {
		// The server holds on to the request for as long as the socket lives,
		// but nobody reads it any more: kilobytes for each quiet socket.
		request.Request.Header = fasthttp.RequestHeader{}
		request.Response.Header = fasthttp.ResponseHeader{}
		// The outer connection is pooled: whoever holds it after its handler
		// returned writes to a stranger. So the inner one is taken.
		cn.serve(newWebSocket(outer.Conn, h.opts.Times.Write))
	}, websocket.Config{
		ReadBufferSize:  512,
		WriteBufferSize: 4096,
		WriteBufferPool: &h.writeBuffers,
		RecoverHandler: func(*websocket.Conn) {
			if p := recover(); p != nil {
				h.opts.Log.Error("a socket panicked", "panic", p, "stack", string(debug.Stack()))
			}
		},
	})(c)
}

// webSocket is the transport over a real connection.
type webSocket struct {
	*fastws.Conn
	below    corker        // nil: what is written is not held back
	patience time.Duration // for a pong to be taken
	frame    io.Reader     // that is being read
}

func newWebSocket(c *fastws.Conn, patience time.Duration) *webSocket {
	w := &webSocket{Conn: c, patience: patience}
	if raw, ok := c.NetConn().(interface{ UnsafeConn() net.Conn }); ok {
		w.below, _ = raw.UnsafeConn().(corker)
	}
	c.SetReadLimit(wire.MaxFrame)
	return w
}

func (w *webSocket) Next() (text bool, err error) {
	kind, r, err := w.NextReader()
	w.frame = r
	return kind == fastws.TextMessage, tooLarge(err)
}

func (w *webSocket) Read(b []byte) (int, error) {
	n, err := w.frame.Read(b)
	return n, tooLarge(err)
}

func tooLarge(err error) error {
	if errors.Is(err, fastws.ErrReadLimit) {
		return errTooLarge
	}
	return err
}

func (w *webSocket) OnControl(heard func()) {
	w.SetPongHandler(func(string) error { heard(); return nil })
	w.SetPingHandler(func(text string) error {
		heard()
		// The deadline counts for what the writer is writing, too.
		w.WriteControl(fastws.PongMessage, []byte(text), time.Now().Add(w.patience))
		return nil
	})
}

func (w *webSocket) Discard(n int64) { io.CopyN(io.Discard, w.NetConn(), n) }

func (w *webSocket) WriteText(frame []byte) error { return w.WriteMessage(fastws.TextMessage, frame) }

func (w *webSocket) WritePing(until time.Time) error {
	return w.WriteControl(fastws.PingMessage, nil, until)
}

func (w *webSocket) WriteClose(code int, until time.Time) error {
	return w.WriteControl(fastws.CloseMessage, fastws.FormatCloseMessage(code, ""), until)
}

func (w *webSocket) Cork() {
	if w.below != nil {
		w.below.Cork()
	}
}

func (w *webSocket) Uncork() error {
	if w.below != nil {
		return w.below.Uncork()
	}
	return nil
}
