package app

import "testing"

func TestMethodsAndPathsThatAreNot(t *testing.T) {
	h := startHost(t)
	for _, r := range []struct {
		method, path string
		status       int
		code         string
	}{
		{"POST", "/api/host", 405, "bad_method"},
		{"GET", "/api/setup", 405, "bad_method"},
		{"PUT", "/api/me", 405, "bad_method"},
		{"OPTIONS", "/api/sync", 405, "bad_method"},
		{"TRACE", "/api/sync", 405, "bad_method"},
		{"BREW", "/api/sync", 405, "bad_method"},
		{"POST", "/", 405, "bad_method"},
		{"POST", "/ws", 405, "bad_method"},
		{"GET", "/api", 404, "not_found"},
		{"GET", "/api/", 404, "not_found"},
		{"GET", "/api/host/", 404, "not_found"},
		{"GET", "/API/host", 404, "not_found"},
		{"GET", "/api/nothing", 404, "not_found"},
		{"POST", "/api/nothing", 404, "not_found"},
		{"BREW", "/api/nothing", 404, "not_found"},
		{"GET", "/nothing", 404, "not_found"},
		{"GET", "/index.html", 404, "not_found"},
	} {
		h.nobody().call(r.method, r.path, nil).want(t, r.status, r.code)
	}
	if got := h.nobody().call("HEAD", "/api/host", nil).want(t, 200, ""); len(got.body) != 0 || got.header.Get("Content-Length") == "0" {
		t.Errorf("HEAD gave %q and %v", got.body, got.header)
	}
}
