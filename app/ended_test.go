package app

import (
	"context"
	"net"
	"net/netip"
	"testing"

	"github.com/fasthttp/websocket"
	"github.com/gofiber/fiber/v2"

	"duologue/db"
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
	f.Get("/ws", func(c *fiber.Ctx) error { return h.app.hub.upgrade(c, p, s, netip.Addr{}) })
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
	if _, _, err := ws.ReadMessage(); !websocket.IsCloseError(err, closeSessionEnded) {
		t.Errorf("it is answered with %v", err)
	}
}

// One person's turns come one after the other, and don't wait for another's.
func TestOneAtATime(t *testing.T) {
	var o oneAtATime
	done, err := o.begin(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := o.begin(over, 1); db.CodeOf(err) != db.Unavailable {
		t.Errorf("a second one at once: %v", err)
	}
	other, err := o.begin(t.Context(), 2)
	if err != nil {
		t.Fatal(err)
	}
	other()
	done()
	if done, err = o.begin(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	done()
}
