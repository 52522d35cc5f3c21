package wire

import (
	"strings"
	"testing"
)

// Serializers that sort names put others before the type.
func TestFrameTypeStandsAnywhere(t *testing.T) {
	for frame, want := range map[string]string{
		`{"type":"send","cid":"c"}`:                                       "send",
		`{"cid":"c","content":"x","to":2,"type":"send"}`:                  "send",
		` { "n" : 1 , "type" : "ping" } `:                                 "ping",
		`{"n":1,"ty\u0070e":"p\u0069ng"}`:                                 "ping",
		`{"content":"{\"type\":\"ping\"","type":"send"}`:                  "send",
		`{"reply":{"type":"ping"},"files":["type"],"type":"a"}`:           "a",
		`{"content":"` + strings.Repeat("x", 60<<10) + `","type":"send"}`: "send",
	} {
		if got, ok := FrameType([]byte(frame)); got != want || !ok {
			t.Errorf("%.60s: %q, %v", frame, got, ok)
		}
	}
	for _, frame := range []string{``, `{}`, `[]`, `[{"type":"ping"}]`, `{"n":1}`, `{"n":1,"type":5}`, `{"n":1,"type":null}`,
		`{"n":1,"n":2,"type":"ping"}`, `{"n":,"type":"ping"}`, `{"n":{"type":"ping"}}`, `{"n":1 "type":"ping"}`,
		`{"n":1,"Type":"ping"}`, `{"n":` + strings.Repeat("[", 60<<10), "{\"n\":\"\xff\",\"type\":\"ping\"}", `{"n":1,"type":"pi`} {
		if got, ok := FrameType([]byte(frame)); ok {
			t.Errorf("%.60s: %q", frame, got)
		}
	}
}

// What FrameType passes over, Decode still refuses.
func TestTheTypeComesOnce(t *testing.T) {
	for _, frame := range []string{`{"type":"ping","n":1,"type":"ping"}`, `{"n":1,"type":"ping","type":"send"}`, `{"type":"ping","n":1,"type":"send"}`} {
		if err := Decode([]byte(frame), &PingFrame{}); err == nil {
			t.Errorf("%s was taken", frame)
		}
	}
}
