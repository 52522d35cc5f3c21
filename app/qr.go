package app

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"duologue/app/access"
	"duologue/app/lan"
	"duologue/db"
)

// getQR draws an address of ours for the camera of a phone. Others are refused,
// so that nobody has this page draw the way to somewhere else.
func (a *App) getQR(q *call) error {
	text := q.Query("url")
	if !a.ownLink(text) {
		return db.Errorf(db.Invalid, "url: it is not an invitation or a link of this host")
	}
	picture, err := lan.DrawQR(text)
	if err != nil {
		return err
	}
	q.Set("Content-Type", "image/svg+xml")
	return q.Status(http.StatusOK).SendString(picture)
}

// ownLink reports whether text is an address of this host's page, alone or with
// an invitation or a sign-in link in its fragment.
func (a *App) ownLink(text string) bool {
	u, err := url.Parse(text)
	if err != nil || len(text) > 300 || u.String() != text || u.Path != "/" || u.RawQuery != "" || u.User != nil {
		return false
	}
	base := u.Scheme + "://" + u.Host
	if !slices.Contains(a.bases(), base) && base != a.localBase() && base != a.bound.URL() {
		return false
	}
	name, secret, _ := strings.Cut(u.Fragment, "=")
	return u.Fragment == "" || (name == "join" || name == "link") && secret != "" && strings.Trim(secret, access.CodeLetters+".") == ""
}
