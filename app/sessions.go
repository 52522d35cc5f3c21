package app

import (
	"net/http"
	"time"

	"duologue/db"
)

const (
	myLinkLife     = 5 * time.Minute
	personLinkLife = time.Hour
)

type wireSession struct {
	ID      string `json:"id"`
	Device  string `json:"device"`
	Created int64  `json:"created"`
	Seen    int64  `json:"seen"`
	Current bool   `json:"current"`
}

// getSessions lists the caller's devices.
func (a *App) getSessions(q *call) error {
	sessions, err := a.store.Sessions(q.me.ID)
	if err != nil {
		return err
	}
	out := struct {
		Sessions []wireSession `json:"sessions"`
	}{}
	for _, s := range sessions {
		out.Sessions = append(out.Sessions, wireSession{s.ID, s.Device, s.Created, s.Seen, s.ID == q.session.ID})
	}
	return reply(q.Ctx, http.StatusOK, out)
}

// deleteSession signs one of the caller's devices out.
func (a *App) deleteSession(q *call) error {
	if err := decode(q.Ctx, &struct{}{}); err != nil {
		return err
	}
	id := q.Params("id")
	if err := a.store.EndSession(q.ctx, q.me.ID, id); err != nil {
		return err
	}
	if id == q.session.ID {
		a.signedIn(q.Ctx, "")
	}
	return q.SendStatus(http.StatusNoContent)
}

// postMyLink makes a link that signs the caller in on another device.
func (a *App) postMyLink(q *call) error {
	if err := decode(q.Ctx, &struct{}{}); err != nil {
		return err
	}
	return a.answerLink(q, q.me.ID, myLinkLife)
}

type wireLink struct {
	Link    string `json:"link"`
	URL     string `json:"url"`
	Expires int64  `json:"expires"`
}

func (a *App) answerLink(q *call, person db.ID, life time.Duration) error {
	link, expires, err := a.store.MakeLink(q.ctx, person, life)
	if err != nil {
		return err
	}
	return reply(q.Ctx, http.StatusCreated, wireLink{link, a.bases()[0] + "/#link=" + link, expires})
}
