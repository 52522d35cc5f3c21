package app

import (
	"net/http"
	"strings"
	"testing"
)

func TestHostTellsWhatItIs(t *testing.T) {
	h := startHost(t, func(o *Options) { o.Title, o.Version = "The Smiths", "1.2" })
	got := h.nobody().call("GET", "/api/host", nil).want(t, 200, "").json(t)
	for name, want := range map[string]any{"app": "duologue", "protocol": 1.0, "version": "1.2",
		"title": "The Smiths", "state": "setup", "me": nil, "suggest": "Alice", "instance": h.app.store.Instance()} {
		if got[name] != want {
			t.Errorf("%s is %v, want %v", name, got[name], want)
		}
	}
	a := h.setUp("Alice")
	got = h.nobody().call("GET", "/api/host", nil).want(t, 200, "").json(t)
	if _, ok := got["suggest"]; ok || got["state"] != "open" || got["me"] != nil {
		t.Errorf("after the setup: %v", got)
	}
	got = a.call("GET", "/api/host", nil).want(t, 200, "").json(t)
	if me := got["me"].(map[string]any); me["id"] != 1.0 || me["name"] != "Alice" || me["owner"] != true {
		t.Errorf("me is %v", me)
	}
}

// A browser forgets a cookie after 400 days, so each visit starts them anew.
func TestHostRenewsTheCookie(t *testing.T) {
	h := startHost(t)
	a := h.setUp("Alice")
	cookie := func(r *http.Request) {
		r.Header.Del("Authorization")
		r.AddCookie(&http.Cookie{Name: h.app.cookieName(), Value: a.secret})
	}
	c := a.call("GET", "/api/host", nil, cookie).want(t, 200, "").cookie(t)
	if c.Name != h.app.cookieName() || c.Value != a.secret || c.MaxAge != 400*24*3600 || c.Path != "/" ||
		!c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Domain != "" {
		t.Errorf("cookie %+v", c)
	}
	if got := a.call("GET", "/api/host", nil); len(got.header["Set-Cookie"]) != 0 {
		t.Errorf("a program got a cookie")
	}
}

// How the computer calls its user may be no name at all.
func TestHostSuggestsOnlyWhatWouldDo(t *testing.T) {
	for name, want := range map[string]any{" Zoe\u0308 ": "Zo\u00eb", "M\xfcller": nil, "": nil, strings.Repeat("x", 50): nil} {
		h := startHost(t, func(o *Options) { o.PersonName = func() string { return name } })
		if got := h.nobody().call("GET", "/api/host", nil).want(t, 200, "").json(t)["suggest"]; got != want {
			t.Errorf("%q is suggested as %v", name, got)
		}
	}
}

// What the traps of the server underneath are avoided with.
func TestServerSettings(t *testing.T) {
	h := startHost(t)
	c, s := h.app.server.Config(), h.app.server.Server()
	if !c.Immutable || c.StreamRequestBody || !c.DisablePreParseMultipartForm || c.BodyLimit != 1<<20 {
		t.Errorf("bodies and strings: %+v", c)
	}
	if c.ReadTimeout <= 0 || c.WriteTimeout <= 0 || c.IdleTimeout <= 0 {
		t.Errorf("a slow client is waited for without end: %v %v %v", c.ReadTimeout, c.WriteTimeout, c.IdleTimeout)
	}
	if !s.KeepHijackedConns {
		t.Error("the server reuses a socket's connection")
	}
	if c.ProxyHeader != "" || c.EnableTrustedProxyCheck {
		t.Error("a header is believed about where a request comes from")
	}
}
