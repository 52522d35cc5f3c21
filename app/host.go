package app

import (
	"net/http"

	"github.com/gofiber/fiber/v2"

	"duologue/app/access"
	"duologue/app/wire"
	"duologue/db"
)

// getHost says what this is, and to whom it talks.
func (a *App) getHost(q *call) error {
	h := wire.Host{App: "duologue", Protocol: wire.Version, Version: a.o.Version, Instance: a.store.Instance(),
		Title: a.o.Title, State: "open", Recall: a.o.Recall.Milliseconds()}
	if !a.store.HasOwner() {
		h.State = "setup"
		if q.here() {
			h.Suggest, _ = db.CleanName(a.o.PersonName()) // empty when it would not do
		}
	}
	if a.authenticate(q) == nil {
		me := wire.MeOf(q.me)
		h.Me = &me
		if !q.bearer {
			a.signedIn(q.Ctx, q.Cookies(a.cookieName())) // the browser's 400 days begin again
		}
	}
	return reply(q.Ctx, http.StatusOK, h)
}

// welcome answers to somebody who has just signed in.
func (a *App) welcome(q *call, status int, secret string) error {
	a.signedIn(q.Ctx, secret)
	return reply(q.Ctx, status, wire.MeAnswer{Me: wire.MeOf(q.me)})
}

// device names the caller's device for people.
func (q *call) device() string { return access.DeviceName(q.Get(fiber.HeaderUserAgent)) }
