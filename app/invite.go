package app

import (
	"net/http"
	"strings"

	"duologue/app/access"
	"duologue/app/listen"
	"duologue/app/wire"
)

// getInvite tells what lets others in: the code, and the addresses that lead
// here with the code in them.
func (a *App) getInvite(q *call) error {
	return a.answerInvite(q, a.store.JoinCode())
}

// postInvite makes a new code; the old one ends.
func (a *App) postInvite(q *call) error {
	code, err := a.store.NewJoinCode(q.ctx)
	if err != nil {
		return err
	}
	return a.answerInvite(q, code)
}

func (a *App) answerInvite(q *call, code string) error {
	w := wire.Invite{Code: code}
	for _, base := range a.bases() {
		w.URLs = append(w.URLs, base+"/#join="+code)
	}
	if base := a.localBase(); base != "" {
		w.Local = base + "/#join=" + code
	}
	return reply(q.Ctx, http.StatusOK, w)
}

// bases are the addresses of the page for other computers, the likeliest to
// work first; there is always one.
func (a *App) bases() []string {
	if !a.bound.Everywhere() {
		return []string{a.bound.URL()}
	}
	var out []string
	for _, addr := range a.network.Addresses() {
		out = append(out, listen.BaseURL(addr.Addr.String(), a.bound.Port))
	}
	if out == nil {
		out = append(out, listen.BaseURL("127.0.0.1", a.bound.Port))
	}
	return out
}

// localBase is the address with the computer's name as its system announces
// it; empty where it has none that can be typed, or where the name may lead to
// another address than the one that is listened on.
func (a *App) localBase() string {
	name, _, _ := strings.Cut(strings.ToLower(a.o.Computer), ".")
	if !a.bound.Everywhere() || !access.PlainHost(name) || name == "localhost" || strings.Contains(name, "_") {
		return ""
	}
	return listen.BaseURL(name+".local", a.bound.Port)
}
