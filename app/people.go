package app

import (
	"net/http"

	"duologue/app/wire"
)

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

// deletePerson ends a person's membership.
func (a *App) deletePerson(q *call) error {
	id, err := q.person("id")
	if err != nil {
		return err
	}
	if err := a.store.RemovePerson(q.ctx, id); err != nil {
		return err
	}
	a.log.Info("a person was removed", "id", id)
	return q.SendStatus(http.StatusNoContent)
}
