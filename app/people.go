package app

import (
	"net/http"
)

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
