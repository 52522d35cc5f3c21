package app

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestInvite(t *testing.T) {
	h := startHost(t, func(o *Options) { o.Addr = "0.0.0.0:0" })
	a := h.setUp("Alice")
	b := h.join("Bob")
	port := itoa(h.app.bound.Port)
	want := map[string]any{"code": "join-me", "urls": []any{"http://192.168.1.5:" + port + "/#join=join-me"},
		"local": "http://house.local:" + port + "/#join=join-me"}
	if d := cmp.Diff(want, b.call("GET", "/api/invite", nil).want(t, 200, "").json(t)); d != "" {
		t.Error(d)
	}
	code := a.call("POST", "/api/invite", nil).want(t, 200, "").json(t)["code"].(string)
	if len(code) < 8 || code == "join-me" {
		t.Errorf("the new code is %q", code)
	}
	h.nobody().call("POST", "/api/join", map[string]any{"code": "join-me", "name": "Carol"}).want(t, 403, "forbidden")
	h.nobody().call("POST", "/api/join", map[string]any{"code": code, "name": "Carol"}).want(t, 201, "")
	if got := b.call("GET", "/api/invite", nil).want(t, 200, "").json(t)["code"]; got != code {
		t.Errorf("the code is %v", got)
	}
}
