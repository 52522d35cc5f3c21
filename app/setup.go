package app

import (
	"net/http"

	"duologue/app/wire"
	"duologue/db"
)

// postSetup makes the owner, once for ever, for whoever has the start token.
func (a *App) postSetup(q *call) (err error) {
	if a.store.HasOwner() {
		return db.Errorf(db.Gone, "this host has its owner")
	}
	var body struct {
		Token *string `json:"token"`
		Name  *string `json:"name"`
	}
	if err := decode(q.Ctx, &body); err != nil {
		return err
	}
	switch {
	case body.Token == nil:
		return wire.Missing("token")
	case body.Name == nil:
		return wire.Missing("name")
	}
	name, err := db.CleanName(*body.Name)
	if err != nil {
		return err
	}
	var secret string
	if q.me, secret, err = a.store.SetUp(q.ctx, *body.Token, name, q.device()); err != nil {
		return err
	}
	a.finder.Refresh() // others may find it now
	a.log.Info("the owner was made")
	return a.welcome(q, http.StatusCreated, secret)
}
