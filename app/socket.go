package app

import (
	"github.com/gofiber/fiber/v2"

	"duologue/app/listen"
	"duologue/db"
)

// getSocket turns the call into a socket. A browser always says from where it
// comes here; whoever doesn't is a program, and brings its session itself.
func (a *App) getSocket(q *call) error {
	if !q.bearer && q.Get(fiber.HeaderOrigin) == "" {
		return db.Errorf(db.Forbidden, "a socket with a cookie needs an Origin")
	}
	return a.hub.Upgrade(q.Ctx, q.me, q.session, listen.AddrOf(q.Context().RemoteAddr()))
}
