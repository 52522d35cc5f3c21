package app_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/go-cmp/cmp"

	"duologue/app"
	"duologue/app/apptest"
)

// The golden frames that the page's reducer is tested with are what this host
// says today. DUOLOGUE_GOLDEN=write writes them anew.
func TestGoldenFrames(t *testing.T) {
	clock := apptest.NewClock()
	h, a, b := two(t, app.Options{Now: clock.Now})
	s := &script{t: t, host: h, a: a, b: b}
	send := func(c *apptest.Client, who, n int, text string) {
		clock.Advance(time.Second)
		s.do(c, "POST", s.chat(who, "/messages"), m{"cid": cid(n), "content": text})
	}
	var cases []golden
	record := func(name string, do func(da, db *device)) {
		da, db := newDevice(t, a), newDevice(t, b)
		for _, d := range []*device{da, db} {
			flush(t, d.s)
		}
		before := map[*device][]byte{da: snapshot(t, a), db: snapshot(t, b)}
		do(da, db)
		for _, d := range []*device{da, db} {
			g := golden{Name: fmt.Sprintf("%s, person %d", name, d.c.ID), Snapshot: before[d], Events: []jsontext.Value{}, After: snapshot(t, d.c)}
			g.Events = append(g.Events, eventFrames(flush(t, d.s))...)
			cases = append(cases, g)
			d.s.Close()
		}
	}
	record("first message", func(_, _ *device) { send(a, b.ID, 1, "hello 你好") })
	record("answer with a quote", func(_, _ *device) {
		s.do(b, "POST", s.chat(a.ID, "/messages"), m{"cid": cid(2), "content": "hi", "reply": 1})
	})
	record("read", func(_, _ *device) {
		s := live(t, b)
		write(t, s, m{"type": "read", "who": a.ID, "upto": 1})
		flush(t, s)
	})
	record("edit", func(_, _ *device) { s.do(a, "PATCH", s.chat(b.ID, "/messages/1"), m{"content": "hello!"}) })
	record("recall", func(_, _ *device) { s.do(a, "POST", s.chat(b.ID, "/messages/1/recall"), nil) })
	record("remove the last", func(_, _ *device) { s.do(a, "DELETE", s.chat(b.ID, "/messages/2"), nil) })
	record("draft, pin, mute, mark", func(_, _ *device) {
		s.do(a, "PATCH", s.chat(b.ID, ""), m{"draft": "later", "pinned": true, "muted": true, "marked": true})
	})
	record("delete chat", func(_, _ *device) { s.do(b, "DELETE", s.chat(a.ID, ""), nil) })
	record("the chat returns", func(_, _ *device) { send(a, b.ID, 3, "again") })
	record("oneself", func(_, _ *device) { send(a, a.ID, 4, "note") })
	record("rename", func(_, _ *device) { s.do(b, "PATCH", "/api/me", m{"name": "本"}) })
	record("join", func(_, _ *device) { join(t, h, "Cas") })
	record("removal", func(_, _ *device) { s.do(a, "DELETE", "/api/people/3", nil) })

	got, err := json.Marshal(m{"cases": cases}, jsontext.WithIndent(" "), json.Deterministic(true))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("..", "ui", "test", "golden", "frames.json")
	if os.Getenv("DUOLOGUE_GOLDEN") == "write" {
		if err := os.WriteFile(path, append(got, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.TrimSpace(string(want)), string(got)); diff != "" {
		t.Errorf("the host speaks otherwise than %s (DUOLOGUE_GOLDEN=write if that is meant):\n%s", path, diff)
	}
}

// eventFrames are the raw event frames.
func eventFrames(frames []apptest.Frame) (out []jsontext.Value) {
	for _, f := range frames {
		if f.Type == "event" {
			out = append(out, plainFrame(f.Raw))
		}
	}
	return out
}

// plainFrame and snapshot leave out what differs from run to run.
func plainFrame(raw []byte) jsontext.Value {
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		panic(err)
	}
	out, err := json.Marshal(plain(v), json.Deterministic(true))
	if err != nil {
		panic(err)
	}
	return out
}
