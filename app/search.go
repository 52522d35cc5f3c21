package app

import (
	"net/http"
	"strings"
	"unicode/utf8"

	"duologue/app/wire"
	"duologue/db"
)

const (
	maxQuery   = 200 // characters
	searchPage = 50
)

// getSearch looks for a text in the caller's own copies.
func (a *App) getSearch(q *call) error {
	text := q.Query("q")
	switch {
	case strings.TrimSpace(text) == "":
		return wire.Missing("q")
	case !utf8.ValidString(text):
		return db.Errorf(wire.BadRequest, "q: it is not valid UTF-8")
	case utf8.RuneCountInString(text) > maxQuery:
		return db.Errorf(db.Invalid, "q: it is longer than %d characters", maxQuery)
	}
	var who db.ID
	if with := q.Query("who"); with != "" {
		n, ok := wire.ParseID(with, 32)
		if !ok {
			return db.Errorf(wire.BadRequest, "who: it is not the id of a person")
		}
		who = db.ID(n)
	}
	done, err := a.searches.Begin(q.ctx, q.me.ID)
	if err != nil {
		return err
	}
	defer done()
	hits, more, err := a.store.Search(q.ctx, q.me.ID, text, who, q.Query("before"), searchPage)
	if err != nil {
		return err
	}
	w := wire.Hits{}
	for i := range hits {
		w.Hits = append(w.Hits, wire.Hit{Who: hits[i].Who, Message: wire.MessageOf(&hits[i].Message)})
	}
	if more != "" {
		w.More = &more
	}
	return reply(q.Ctx, http.StatusOK, w)
}
