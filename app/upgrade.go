package app

import (
	"sync"

	"github.com/gofiber/contrib/websocket"
	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"duologue/app/listen"
	"duologue/app/wire"
	"duologue/db"
)

// upgrade answers GET /ws for a session that was checked, with an Origin that
// was checked.
func (h *hub) upgrade(c *fiber.Ctx, p db.Person, s db.Session) error {
	if !websocket.IsWebSocketUpgrade(c) {
		return db.Errorf(wire.BadRequest, "this address is for a WebSocket")
	}
	addr := listen.AddrOf(c.Context().RemoteAddr())
	if err := h.room(p.ID, addr); err != nil {
		return err
	}
	cn := &conn{hub: h, person: p.ID, session: s, addr: addr}
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

// writeBuffers lends a socket a buffer while it writes.
var writeBuffers sync.Pool
