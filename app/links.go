package app

import (
	"net/http"
	"time"

	"duologue/app/wire"
	"duologue/db"
)

// How long what signs somebody in once is good.
const (
	tokenLife      = 10 * time.Minute // the program's own, in the ready line and from the tray
	myLinkLife     = 5 * time.Minute  // for another device of mine
	personLinkLife = time.Hour        // with which the owner helps a person back in
)

// postMyLink makes a link that signs the caller in on another device.
func (a *App) postMyLink(q *call) error {
	return a.answerLink(q, q.me.ID, myLinkLife)
}

// postPersonLink makes a link that helps a person back in.
func (a *App) postPersonLink(q *call) error {
	id, err := q.person("id")
	if err != nil {
		return err
	}
	if p, ok := a.store.Person(id); !ok || p.Removed {
		return wire.ErrNotFound
	}
	return a.answerLink(q, id, personLinkLife)
}

func (a *App) answerLink(q *call, person db.ID, life time.Duration) error {
	by := ""
	if person == q.me.ID {
		by = q.session.ID
	}
	link, expires, err := a.store.MakeLink(q.ctx, person, by, life)
	if err != nil {
		return err
	}
	return reply(q.Ctx, http.StatusCreated, wire.Link{Link: link, URL: a.bases()[0] + "/#link=" + link, Expires: expires})
}
