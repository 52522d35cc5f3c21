package app

import (
	"net/http"

	"duologue/app/access"
	"duologue/app/wire"
	"duologue/db"
)

// patchMe changes what its owner may change about a person.
func (a *App) patchMe(q *call) error {
	var body struct {
		Name        *string `json:"name"`
		Password    *string `json:"password"`
		OldPassword *string `json:"old_password"`
		Receipts    *bool   `json:"receipts"`
	}
	if err := decode(q.Ctx, &body); err != nil {
		return err
	}
	change := db.PersonChange{Receipts: body.Receipts}
	if body.Name != nil {
		name, err := db.CleanName(*body.Name)
		if err != nil {
			return err
		}
		change.Name = &name
	}
	if body.Password != nil {
		hash, err := a.newPassword(q, *body.Password, body.OldPassword)
		if err != nil {
			return err
		}
		change.Password, change.Was = &hash, q.me.Password
	}
	if change == (db.PersonChange{}) {
		return reply(q.Ctx, http.StatusOK, wire.MeAnswer{Me: wire.MeOf(q.me)})
	}
	me, err := a.store.ChangePerson(q.ctx, q.me.ID, change, q.session.ID)
	if err != nil {
		return err
	}
	return reply(q.Ctx, http.StatusOK, wire.MeAnswer{Me: wire.MeOf(me)})
}

// newPassword hashes a new password after the old one, if there is one, was
// right: a session left open somewhere is not enough to lock its person out.
func (a *App) newPassword(q *call, password string, old *string) (string, error) {
	if err := access.CheckPassword(password); err != nil {
		return "", err
	}
	if q.me.Password != "" {
		if old == nil {
			return "", db.Errorf(db.Forbidden, "old_password: it is missing")
		}
		ok, err := a.verifier.Verify(q.ctx, q.from(), q.me.Name, *old, q.me.Password)
		if err != nil {
			return "", err
		}
		if !ok {
			return "", db.Errorf(db.Forbidden, "old_password: it is not right")
		}
	}
	return a.passwords.Hash(q.ctx, password)
}
