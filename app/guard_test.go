package app

import (
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"duologue/app/access"
)

// everyKind has one route of each kind that the guards stand in front of.
var everyKind = []struct{ method, path string }{
	{"GET", "/"},
	{"GET", "/favicon.ico"},
	{"GET", "/_/x/js/main.js"},
	{"GET", "/api/host"},
	{"GET", "/api/sync"},
	{"POST", "/api/setup"},
	{"POST", "/api/join"},
	{"POST", "/api/signin"},
	{"PUT", "/api/chats/1"},
	{"PATCH", "/api/me"},
	{"DELETE", "/api/chats/1"},
	{"POST", "/api/chats/1/messages"},
	{"GET", "/ws"},
	{"GET", "/nothing/here"},
	{"GET", "/api/nothing"},
}

const plainLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:"

func TestHostAllowList(t *testing.T) {
	h := startHost(t)
	_, port, _ := strings.Cut(h.host, ":")
	for host, good := range map[string]bool{
		"127.0.0.1:" + port:        true,
		"127.0.0.1":                true,
		"localhost:" + port:        true,
		"LocalHost:1":              true,
		"192.168.1.5:7272":         true,
		"8.8.8.8":                  true,
		"[::1]:" + port:            true,
		"[fe80::1]":                true,
		"house:" + port:            true,
		"HOUSE.lan":                true,
		"house.local:7272":         true,
		"evil.example":             false,
		"evil.example:" + port:     false,
		"localhost.evil.example":   false,
		"localhost.":               false,
		"127.0.0.1.evil.example":   false,
		"127.0.0.1.nip.io:" + port: false,
		"127.1":                    false,
		"0x7f.0.0.1":               false,
		"2130706433":               false,
		"house.lan.evil.example":   false,
		"nothouse":                 false,
		"localhost:":               false,
		"localhost:0":              false,
		"localhost:99999":          false,
		"localhost:x":              false,
		"localhost:80:80":          false,
		"user@localhost":           false,
		"[::1":                     false,
		"::1":                      false,
		"[127.0.0.1]":              false,
		"[fe80::1%25eth0]":         false,
		"[::1].evil.example":       false,
		"localhost; script-src *":  false,
		"localhost, evil.example":  false,
		"localhost evil.example":   false,
		"":                         false,
	} {
		for _, r := range everyKind {
			answer := h.raw(r.method + " " + r.path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
			refused := strings.HasPrefix(answer, "HTTP/1.1 421 ") && strings.Contains(answer, `"code":"misdirected"`)
			if !good && (strings.Trim(host, plainLetters) != "" || strings.Count(host, ":") > 1 || host == "" || strings.HasSuffix(host, ":x")) {
				// No name at all can end sooner, as a request that cannot be read.
				refused = refused || strings.HasPrefix(answer, "HTTP/1.1 400 ") && strings.Contains(answer, `"code":"bad_request"`)
			}
			if refused == good || answer == "" {
				t.Errorf("%s %s with Host %q: %.60q", r.method, r.path, host, answer)
			}
		}
	}
}

// The request line and the headers can name hosts of their own.
func TestHostThatIsNamedTwice(t *testing.T) {
	h := startHost(t)
	for _, request := range []string{
		"GET http://evil.example/api/host HTTP/1.1\r\nHost: localhost\r\n",
		"GET //evil.example/api/host HTTP/1.1\r\nHost: localhost\r\n",
		"GET http://localhost/api/host HTTP/1.1\r\nHost: evil.example\r\n",
		"GET /api/host HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n",
		"GET /api/host HTTP/1.1\r\nHost: evil.example\r\nHost: localhost\r\n",
		"GET /api/host HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: localhost\r\n",
		"GET /api/host HTTP/1.0\r\n",
	} {
		answer := h.raw(request + "Connection: close\r\n\r\n")
		if !strings.HasPrefix(answer, "HTTP/1.1 4") || strings.Contains(answer, "instance") {
			t.Errorf("%q: %.80q", request, answer)
		}
	}
}

func TestOwnNameLeadsHere(t *testing.T) {
	name, err := os.Hostname()
	if err != nil {
		t.Skip(err)
	}
	h := startHost(t, func(o *Options) { o.Computer, o.Addr = "", "localhost:0" })
	for _, host := range []string{name, name + ".local:1", "localhost"} {
		if !access.PlainHost(strings.ToLower(name)) {
			t.Skipf("this computer is called %q", name)
		}
		h.nobody().call("GET", "/api/host", nil, withHeader("Host", host)).want(t, 200, "")
	}
}

func TestOriginOnWhatChangesState(t *testing.T) {
	h := startHost(t)
	a := h.setUp("Alice")
	own := "http://" + h.host
	for origin, good := range map[string]bool{
		own:                        true,
		"null":                     false,
		"https://" + h.host:        false,
		"http://localhost":         false,
		"http://evil.example":      false,
		own + "/":                  false,
		own + ".evil.example":      false,
		own + ", " + own:           false,
		"HTTP://" + h.host:         false,
		"http://127.0.0.1":         false,
		"file://":                  false,
		"chrome-extension://abcde": false,
		"ws://" + h.host:           false,
	} {
		for _, r := range a.h.app.routes() {
			path := strings.NewReplacer(":who", "1", ":id", "1", ":seq", "1").Replace(r.path)
			if origin == own && path == "/api/program/quit" {
				continue // it would do it
			}
			answer := a.call(r.method, path, "{}", withHeader("Origin", origin))
			guarded := r.method != "GET" || r.path == socketPath
			if refused := answer.status == 403 && answer.code() == "forbidden"; guarded && refused == good || !guarded && refused {
				t.Errorf("%s %s with Origin %s: %d %s", r.method, path, origin, answer.status, answer.body)
			}
			if origin == own && path == "/api/signout" { // it was let through
				a = a.signedIn(a.h.nobody().call("POST", "/api/signin", map[string]any{"link": h.ownersLink()}), 200)
			}
		}
	}
	answer := h.raw("PUT /api/chats/1 HTTP/1.1\r\nHost: " + h.host + "\r\nAuthorization: Bearer " + a.secret +
		"\r\nOrigin: " + own + "\r\nOrigin: http://evil.example\r\nConnection: close\r\n\r\n")
	if !strings.HasPrefix(answer, "HTTP/1.1 403 ") {
		t.Errorf("two origins: %.80q", answer)
	}
}

// ownersLink makes a link beside the wire, for an owner who has lost the session.
func (h *testHost) ownersLink() string {
	h.Helper()
	link, _, err := h.app.store.MakeLink(h.Context(), 1, "", personLinkLife)
	if err != nil {
		h.Fatal(err)
	}
	return link
}

// A page that was drawn for somebody else than the cookie's owner gets nothing
// done in that one's name.
func TestACallForAnotherPersonIsRefused(t *testing.T) {
	h := startHost(t)
	a := h.setUp("Alice")
	b := h.join("Bob")
	mine, his := withHeader("Duologue-Person", itoa(a.id)), withHeader("Duologue-Person", itoa(b.id))
	draft := map[string]any{"draft": "a secret"}
	a.call("PUT", "/api/chats/"+itoa(a.id), nil, mine).want(t, 201, "")
	a.call("PATCH", "/api/chats/"+itoa(a.id), draft, his).want(t, 401, "unauthorized")
	a.call("GET", "/api/sync", nil, his).want(t, 401, "unauthorized")
	if me := a.call("GET", "/api/host", nil, his).want(t, 200, "").json(t)["me"]; me != nil {
		t.Errorf("me is %v", me)
	}
	a.call("PATCH", "/api/chats/"+itoa(a.id), draft, mine).want(t, 200, "")
}

// A browser's socket always has an Origin; a cookie without one is a trick.
func TestSocketWithACookieNeedsAnOrigin(t *testing.T) {
	h := startHost(t)
	a := h.setUp("Alice")
	cookie := func(r *http.Request) {
		r.Header.Del("Authorization")
		r.AddCookie(&http.Cookie{Name: h.app.cookieName(), Value: a.secret})
	}
	a.call("GET", "/ws", nil, cookie).want(t, 403, "forbidden")
	a.call("GET", "/ws", nil, cookie, withHeader("Origin", "http://evil.example")).want(t, 403, "forbidden")
	for _, good := range [][]func(*http.Request){{cookie, withHeader("Origin", h.url)}, {}} {
		if got := a.call("GET", "/ws", nil, good...); got.status == 403 || got.status == 401 {
			t.Errorf("a good socket is refused: %d %s", got.status, got.body)
		}
	}
}

func TestEveryAnswerIsGuarded(t *testing.T) {
	h := startHost(t)
	paths := everyKind
	paths = append(paths, struct{ method, path string }{"GET", "/_/" + h.app.page.Hash + "/js/main.js"})
	paths = append(paths, struct{ method, path string }{"OPTIONS", "/api/host"})
	paths = append(paths, struct{ method, path string }{"BREW", "/api/host"})
	for _, r := range paths {
		answer := h.nobody().call(r.method, r.path, nil)
		for name, want := range map[string]string{
			"X-Content-Type-Options":       "nosniff",
			"Referrer-Policy":              "no-referrer",
			"Cross-Origin-Opener-Policy":   "same-origin",
			"Cross-Origin-Resource-Policy": "same-origin",
			"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; " +
				"media-src 'self' blob:; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; " +
				"object-src 'none'; require-trusted-types-for 'script'; connect-src 'self' ws://" + h.host + " wss://" + h.host,
			"Access-Control-Allow-Origin": "",
			"Server":                      "",
		} {
			if got := answer.header.Get(name); got != want {
				t.Errorf("%s %s: %s is %q", r.method, r.path, name, got)
			}
		}
		if strings.HasPrefix(r.path, "/api/") && answer.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s %s may be kept: %q", r.method, r.path, answer.header.Get("Cache-Control"))
		}
	}
	// A foreign name gets into no header.
	if got := h.nobody().call("GET", "/", nil, withHeader("Host", "evil.example")); strings.Contains(got.header.Get("Content-Security-Policy"), "evil") {
		t.Errorf("the policy has a foreign name: %s", got.header.Get("Content-Security-Policy"))
	}
}

// Other programs' cookies on localhost may be more than fits: the browser on
// this computer is sent to the number, which has cookies of its own.
func TestTooManyCookiesGoAside(t *testing.T) {
	h := startHost(t, func(o *Options) { o.Addr = "localhost:0" })
	h.http.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	got := h.nobody().call("GET", "/", nil, withHeader("Cookie", "other="+strings.Repeat("x", 6000)))
	want := fmt.Sprintf("http://127.0.0.1:%d/", h.app.bound.Port)
	if got.status != 307 || got.header.Get("Location") != want {
		t.Errorf("%d to %q, want %q", got.status, got.header.Get("Location"), want)
	}
}
