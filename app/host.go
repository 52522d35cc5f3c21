package app

import (
	"net/http"

	"github.com/gofiber/fiber/v2"

	"duologue/app/access"
	"duologue/app/wire"
	"duologue/db"
)

// protocol is the version of the wire.
const protocol = 1

type wireHost struct {
	App      string     `json:"app"`
	Protocol int        `json:"protocol"`
	Version  string     `json:"version"`
	Instance string     `json:"instance"`
	Title    string     `json:"title"`
	State    string     `json:"state"` // "setup" until there is an owner, then "open"
	Me       *wire.User `json:"me"`
	Recall   int64      `json:"recall"` // for how long a message can be taken back, ms
	// Suggest is how this computer calls the person at it, told to that
	// person only, and only while the owner is to be made.
	Suggest string `json:"suggest,omitzero"`
}

// getHost says what this is, and to whom it talks.
func (a *App) getHost(q *call) error {
	h := wireHost{App: "duologue", Protocol: protocol, Version: a.o.Version, Instance: a.store.Instance(),
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

type wireMe struct {
	Me wire.User `json:"me"`
}

// welcome answers to somebody who has just signed in.
func (a *App) welcome(q *call, status int, secret string) error {
	a.signedIn(q.Ctx, secret)
	return reply(q.Ctx, status, wireMe{wire.MeOf(q.me)})
}

// device names the caller's device for people.
func (q *call) device() string { return access.DeviceName(q.Get(fiber.HeaderUserAgent)) }
