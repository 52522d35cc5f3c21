package app

import (
	"crypto/subtle"
	"net/http"

	"duologue/app/listen"
	"duologue/app/wire"
)

// publish tells later starts on this folder where the page is.
func (a *App) publish() {
	key, err := a.lock.Publish(a.URL())
	if err != nil { // only a second start misses them
		a.log.Warn("the address cannot be left in the folder", "err", err)
	}
	a.key = key
}

// postStartToken gives a second start on this computer a token.
func (a *App) postStartToken(q *call) error {
	var body struct {
		Key *string `json:"key"`
	}
	if err := decode(q.Ctx, &body); err != nil {
		return err
	}
	if body.Key == nil {
		return wire.Missing("key")
	}
	if !q.here() || a.key == "" || subtle.ConstantTimeCompare([]byte(*body.Key), []byte(a.key)) != 1 {
		return errSignIn
	}
	token, err := a.store.MakeStartToken(q.ctx, tokenLife)
	if err != nil {
		return err
	}
	return reply(q.Ctx, http.StatusCreated, struct {
		Token string `json:"token"`
	}{token})
}

// here reports whether the call comes from this very computer.
func (q *call) here() bool {
	return listen.SameComputer(q.from(), listen.AddrOf(q.Context().LocalAddr()))
}
