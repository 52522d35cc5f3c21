package app

import (
	"net"
	"net/netip"
	"testing"

	"github.com/fasthttp/websocket"
	"github.com/gofiber/fiber/v2"

	"duologue/app/wire"
)

// A session may end between the check of the request and the moment from
// which the hub knows the socket: its answer can be long on its way.
func TestASocketOfASessionThatEndedOnItsWay(t *testing.T) {
	h := startHost(t)
	owner := h.setUp("Ann")
	p, s, err := h.app.store.Authenticate(owner.secret)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.app.store.EndSession(t.Context(), p.ID, s.ID); err != nil {
		t.Fatal(err)
	}
	f := fiber.New(fiber.Config{DisableStartupMessage: true})
	f.Get("/ws", func(c *fiber.Ctx) error { return h.app.hub.Upgrade(c, p, s, netip.Addr{}) })
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go f.Listener(l)
	defer f.Shutdown()
	ws, _, err := websocket.DefaultDialer.Dial("ws://"+l.Addr().String()+"/ws", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer ws.Close()
	if _, _, err := ws.ReadMessage(); !websocket.IsCloseError(err, wire.CloseSessionEnded) {
		t.Errorf("it is answered with %v", err)
	}
}
