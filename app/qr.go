package app

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"duologue/db"
)

// quiet is how many empty modules a scanner needs around the code.
const quiet = 4

// getQR draws an address of ours for the camera of a phone. Others are refused,
// so that nobody has this page draw the way to somewhere else.
func (a *App) getQR(q *call) error {
	text := q.Query("url")
	if !a.ownLink(text) {
		return db.Errorf(db.Invalid, "url: it is not an invitation or a link of this host")
	}
	picture, err := drawQR(text)
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
	return u.Fragment == "" || (name == "join" || name == "link") && secret != "" && strings.Trim(secret, codeLetters+".") == ""
}

// drawQR is dark on white whatever the page's colours, because many scanners
// read nothing else.
func drawQR(text string) (string, error) {
	code, err := encodeQR(text)
	if err != nil {
		return "", err
	}
	size := code.Size + 2*quiet
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges">`+
		`<path fill="#fff" d="M0 0h%dv%dH0z"/><path fill="#14161c" d="`, size, size, size, size)
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			from := x
			for x < code.Size && code.Black(x, y) {
				x++
			}
			if x > from {
				fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", from+quiet, y+quiet, x-from, x-from)
			}
		}
	}
	b.WriteString(`"/></svg>`)
	return b.String(), nil
}
