package app

import (
	"errors"
	"net/http"
	"net/netip"

	"duologue/app/access"
	"duologue/app/listen"
	"duologue/app/wire"
	"duologue/db"
)

// errSignIn is the one answer to whatever was wrong, so that nobody learns
// from it who is a member.
var errSignIn = db.Errorf(db.Unauthorized, "this did not work; check what you typed, or ask for a new link")

// postSignin signs a member in, by the program's own token, by a link, or by
// name and password.
func (a *App) postSignin(q *call) (err error) {
	var body struct {
		Token    *string `json:"token"`
		Link     *string `json:"link"`
		Name     *string `json:"name"`
		Password *string `json:"password"`
	}
	if err := decode(q.Ctx, &body); err != nil {
		return err
	}
	byName := body.Name != nil || body.Password != nil
	var secret string
	switch {
	case body.Token != nil && body.Link == nil && !byName:
		secret, err = a.signInByLink(q, *body.Token)
	case body.Link != nil && body.Token == nil && !byName:
		secret, err = a.signInByLink(q, *body.Link)
	case body.Name != nil && body.Password != nil && body.Token == nil && body.Link == nil:
		secret, err = a.signInByName(q, *body.Name, *body.Password)
	default:
		return db.Errorf(wire.BadRequest, "a sign-in takes a token, a link, or a name and a password")
	}
	if err != nil {
		if db.CodeOf(err) == db.Unauthorized {
			return errSignIn
		}
		return err
	}
	return a.welcome(q, http.StatusOK, secret)
}

// signInByLink has no limit: nobody guesses 128 random bits.
func (a *App) signInByLink(q *call, link string) (secret string, err error) {
	q.me, secret, err = a.store.SignInByLink(q.ctx, link, q.device())
	return secret, err
}

// signInByName takes the same time and counts the same whether or not there
// is such a person with a password.
func (a *App) signInByName(q *call, name, password string) (string, error) {
	var p db.Person
	if len(name) <= access.MaxSignInName {
		p, _ = a.store.PersonByName(name)
	}
	ok, err := a.verifier.Verify(q.ctx, q.from(), name, password, p.Password)
	if _, rate := errors.AsType[*wire.RateError](err); rate && p.Owner() && q.from().IsLoopback() {
		ok, err = a.verifier.VerifySlowly(q.ctx, p, password, err)
	}
	if err != nil {
		return "", err
	}
	if !ok {
		return "", errSignIn
	}
	q.me = p
	return a.store.SignIn(q.ctx, p.ID, p.Password, q.device())
}

// from is the address that a call comes from, as the connection has it; what
// a header says of it is not believed.
func (q *call) from() netip.Addr { return listen.AddrOf(q.Context().RemoteAddr()) }

// postSignout ends the session of the call.
func (a *App) postSignout(q *call) error {
	if err := a.store.EndSession(q.ctx, q.me.ID, q.session.ID); err != nil && db.CodeOf(err) != db.NotFound {
		return err
	}
	a.signedIn(q.Ctx, "")
	return q.SendStatus(http.StatusNoContent)
}
