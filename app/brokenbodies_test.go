package app

import (
	"fmt"
	"strings"
	"testing"
)

func itoa[T ~int | ~uint64](n T) string { return fmt.Sprint(n) }

func TestBrokenBodiesOverTheWire(t *testing.T) {
	h := startHost(t)
	a := h.setUp("Alice")
	for _, body := range []string{"{\"name\":\"\xff\"}", `{"name":"a","name":"b"}`, `{"name":"a"} trailing`, `{"admin":true}`,
		`{"name":"a","owner":true}`, `[]`, strings.Repeat(`{"name":`, 10_000) + "1" + strings.Repeat("}", 10_000)} {
		for _, r := range h.app.routes() {
			if r.method == "GET" || r.path == "/api/setup" || strings.HasPrefix(r.path, "/api/files") {
				continue // setup is over before the body counts, and uploads are no JSON
			}
			if got := a.call(r.method, pathOf(r), body); got.status != 400 || got.code() != "bad_request" {
				t.Errorf("%s %s with %.40q: %d %s", r.method, r.path, body, got.status, got.body)
			}
		}
	}
	a.call("GET", "/api/sync", nil).want(t, 200, "") // nothing of it happened
}
