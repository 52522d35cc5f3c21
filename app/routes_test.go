package app

import (
	"net/http"
	"strings"
	"testing"
)

// pathOf makes a path that exists out of a route's.
func pathOf(r route) string {
	return strings.NewReplacer(":who", "2", ":id", "2", ":seq", "1").Replace(r.path)
}

func TestEveryRouteIsGuarded(t *testing.T) {
	h := startHost(t)
	a := h.setUp("Alice")
	b := h.join("Bob")
	a.call("PUT", "/api/chats/2", nil).want(t, 201, "")
	seen := 0
	for _, r := range h.app.routes() {
		if r.who == public {
			continue
		}
		seen++
		// What is denied is there: for whoever may, it is another answer.
		if r.who == owner {
			b.call(r.method, pathOf(r), nil).want(t, 403, "forbidden")
		} else if got := b.call(r.method, pathOf(r), nil); got.status == 401 {
			t.Errorf("%s %s: %d for a member", r.method, r.path, got.status)
		}
		if r.path == "/api/signout" {
			b = b.signedIn(h.nobody().call("POST", "/api/signin", map[string]any{"link": h.linkFor(2)}), 200)
		}
		for what, change := range map[string]func(*http.Request){
			"nothing":         func(r *http.Request) {},
			"an empty bearer": withHeader("Authorization", "Bearer "),
			"a bad bearer":    withHeader("Authorization", "Bearer 1.AAAAAAAAAAAAAAAAAAAAAAAAAA"),
			"a cut bearer":    withHeader("Authorization", "Bearer "+a.secret[:len(a.secret)-1]),
			"basic":           withHeader("Authorization", "Basic "+a.secret),
			"a bad cookie":    withHeader("Cookie", h.app.cookieName()+"=x"),
			"another's name":  withHeader("Cookie", "duologue-other="+a.secret),
			"a query":         func(r *http.Request) { r.URL.RawQuery = "session=" + a.secret },
		} {
			if got := h.nobody().call(r.method, pathOf(r), nil, change); got.status != 401 || got.code() != "unauthorized" {
				t.Errorf("%s %s with %s: %d %s", r.method, r.path, what, got.status, got.body)
			}
		}
	}
	if seen < 15 {
		t.Errorf("only %d guarded routes", seen)
	}
}

func (h *testHost) linkFor(id int) string {
	h.Helper()
	return h.ownersCall("POST", "/api/people/"+itoa(id)+"/links").want(h, 201, "").json(h)["link"].(string)
}

// ownersCall calls with a fresh session of the owner.
func (h *testHost) ownersCall(method, path string) testAnswer {
	h.Helper()
	a := h.nobody()
	return a.signedIn(a.call("POST", "/api/signin", map[string]any{"link": h.ownersLink()}), 200).call(method, path, nil)
}

// Every place that takes an id takes it in one way of writing only, and
// answers for what is not there like for what belongs to others.
func TestIdsInPaths(t *testing.T) {
	h := startHost(t)
	a := h.setUp("Alice")
	for _, id := range []string{"0", "-1", "+1", "01", "1.0", "1e0", "x", "99", "4294967297", "99999999999999999999", "%31", "1%00", "１"} {
		a.call("PUT", "/api/chats/"+id, nil).want(t, 404, "not_found")
		a.call("GET", "/api/chats/"+id+"/messages", nil).want(t, 404, "not_found")
		a.call("DELETE", "/api/people/"+id, nil).want(t, 404, "not_found")
		a.call("POST", "/api/people/"+id+"/links", nil).want(t, 404, "not_found")
		a.call("PATCH", "/api/chats/1/messages/"+id, `{"content":"x"}`).want(t, 404, "not_found")
		a.call("POST", "/api/chats/1/messages/"+id+"/recall", nil).want(t, 404, "not_found")
		a.call("DELETE", "/api/me/sessions/"+id, nil).want(t, 404, "not_found")
	}
}
