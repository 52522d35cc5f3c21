package app

import (
	"net/http"

	"duologue/app/wire"
)

// getSessions lists the caller's devices.
func (a *App) getSessions(q *call) error {
	sessions, err := a.store.Sessions(q.me.ID)
	if err != nil {
		return err
	}
	out := struct {
		Sessions []wire.Session `json:"sessions"`
	}{}
	for _, s := range sessions {
		out.Sessions = append(out.Sessions, wire.Session{ID: s.ID, Device: s.Device, Created: s.Created, Seen: s.Seen, Current: s.ID == q.session.ID})
	}
	return reply(q.Ctx, http.StatusOK, out)
}

// deleteSession signs one of the caller's devices out.
func (a *App) deleteSession(q *call) error {
	id := q.Params("id")
	if err := a.store.EndSession(q.ctx, q.me.ID, id); err != nil {
		return err
	}
	if id == q.session.ID {
		a.signedIn(q.Ctx, "")
	}
	return q.SendStatus(http.StatusNoContent)
}
