package wire

import (
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"

	"duologue/db"
)

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
		err := Decode([]byte(body), &testBody{})
		if good != (err == nil) || err != nil && db.CodeOf(err) != BadRequest {
			t.Errorf("%.60q: %v", body, err)
		}
	}
}

// FuzzDecode: what is taken is one valid object whose names are all known and
// come once, whoever else parses it.
func FuzzDecode(f *testing.F) {
	for _, s := range []string{`{}`, `{"name":"a","n":1,"files":["x"]}`, `{"name":"a","name":"b"}`, `{"n":1}x`, "{\"name\":\"\xff\"}", "null", " "} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		var v testBody
		if Decode(body, &v) != nil || len(body) == 0 {
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

func TestIsJSON(t *testing.T) {
	for contentType, want := range map[string]bool{"application/json": true, "application/json; charset=UTF-8": true, "Application/JSON": true,
		"": false, "text/plain": false, "application/json; charset=latin1": false, "application/jsonp": false, "application/json; charset": false} {
		if got := IsJSON(contentType); got != want {
			t.Errorf("%q: %v", contentType, got)
		}
	}
}
