package app

import (
	"fmt"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"

	"duologue/app/wire"
	"duologue/db"
)

func itoa[T ~int | ~uint64](n T) string { return fmt.Sprint(n) }

type testBody struct {
	Name  *string  `json:"name"`
	N     *uint64  `json:"n"`
	Files []string `json:"files"`
}

func TestDecodeIsStrict(t *testing.T) {
	for body, good := range map[string]bool{
		``:                           true,
		`{}`:                         true,
		" \n{ } ":                    true,
		`{"name":"a","n":1}`:         true,
		`{"name":null}`:              true,
		`{"name":"😀"}`:               true,
		`{"name":"a","name":"b"}`:    false,
		`{"name":"a","x":1}`:         false,
		`{"Name":"a"}`:               false,
		`{"name":"a"}x`:              false,
		`{"name":"a"}{}`:             false,
		`{"name":"a",}`:              false,
		`{'name':'a'}`:               false,
		`{"name":1}`:                 false,
		`{"n":"1"}`:                  false,
		`{"n":1.5}`:                  false,
		`{"n":-1}`:                   false,
		`{"n":1e99}`:                 false,
		`{"n":NaN}`:                  false,
		`{"name":"` + "\xff" + `"}`:  false,
		`{"name":"\ud83d"}`:          false,
		"{\"name\":\"a\nb\"}":        false,
		`null`:                       false,
		`[]`:                         false,
		`"name"`:                     false,
		`1`:                          false,
		` `:                          false,
		`{`:                          false,
		`{"files":["a"],"files":[]}`: false,
		`{"x":` + strings.Repeat("[", 10_001) + strings.Repeat("]", 10_001) + `}`:           false,
		`{"x":` + strings.Repeat(`{"a":`, 10_000) + `1` + strings.Repeat("}", 10_000) + `}`: false,
		`{"files":` + strings.Repeat("[", 100_000):                                          false,
	} {
		err := decodeJSON([]byte(body), &testBody{})
		if good != (err == nil) || err != nil && db.CodeOf(err) != wire.BadRequest {
			t.Errorf("%.60q: %v", body, err)
		}
	}
}

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

// FuzzDecode: what is taken is one valid object whose names are all known and
// come once, whoever else parses it.
func FuzzDecode(f *testing.F) {
	for _, s := range []string{`{}`, `{"name":"a","n":1,"files":["x"]}`, `{"name":"a","name":"b"}`, `{"n":1}x`, "{\"name\":\"\xff\"}", "null", " "} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		var v testBody
		if decodeJSON(body, &v) != nil || len(body) == 0 {
			return
		}
		if !jsontext.Value(body).IsValid() || jsontext.Value(body).Kind() != '{' {
			t.Errorf("%q was taken", body)
		}
		if v.Name != nil && strings.ToValidUTF8(*v.Name, "") != *v.Name {
			t.Errorf("%q gave the name %q", body, *v.Name)
		}
	})
}
