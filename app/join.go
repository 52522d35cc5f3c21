package app

import (
	"net/http"

	"duologue/app/access"
	"duologue/app/wire"
	"duologue/db"
)

// postJoin makes a member out of whoever has the join code.
func (a *App) postJoin(q *call) (err error) {
	var body struct {
		Code     *string `json:"code"`
		Name     *string `json:"name"`
		Password *string `json:"password"`
	}
	if err := decode(q.Ctx, &body); err != nil {
		return err
	}
	switch {
	case body.Code == nil:
		return wire.Missing("code")
	case body.Name == nil:
		return wire.Missing("name")
	}
	try, err := a.guesses.Begin(q.ctx, q.from(), "")
	if err != nil {
		return err
	}
	defer func() { try.End(db.CodeOf(err) == db.Forbidden) }()
	// First what counts, so that nothing else is done for whoever guesses.
	if err = a.store.CheckJoinCode(*body.Code); err != nil {
		return err
	}
	name, err := db.CleanName(*body.Name)
	if err != nil {
		return err
	}
	if body.Password != nil {
		if err := access.CheckPassword(*body.Password); err != nil {
			return err
		}
	}
	hash := ""
	if body.Password != nil {
		if hash, err = a.passwords.Hash(q.ctx, *body.Password); err != nil {
			return err
		}
	}
	var secret string
	q.me, secret, err = a.store.Join(q.ctx, *body.Code, name, hash, q.device())
	if err != nil {
		return err
	}
	a.log.Info("somebody joined", "id", q.me.ID)
	return a.welcome(q, http.StatusCreated, secret)
}
