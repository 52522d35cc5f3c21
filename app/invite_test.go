package app

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestInvite(t *testing.T) {
	h := startHost(t, func(o *Options) { o.Addr = "0.0.0.0:0" })
	a := h.setUp("Alice")
	b := h.join("Bob")
	port := itoa(h.app.bound.port)
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

func TestAddressesThatCanBeTyped(t *testing.T) {
	for want, b := range map[string]bound{
		"http://localhost:7272":      {port: 7272},
		"http://localhost:7273":      {host: "0.0.0.0", port: 7273},
		"http://localhost:7274":      {host: "::", port: 7274},
		"http://[::1]:80":            {host: "::1", port: 80},
		"http://192.168.1.5:7272":    {host: "192.168.1.5", port: 7272},
		"http://chat.lan:7272":       {host: "chat.lan", port: 7272},
		"http://[fe80::1%25eth0]:80": {host: "fe80::1%eth0", port: 80},
	} {
		if got := b.url(); got != want {
			t.Errorf("%+v is %s, want %s", b, got, want)
		}
	}
}
