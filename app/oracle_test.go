package app_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"duologue/app"
	"duologue/app/apptest"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/go-cmp/cmp"
)

// device is one person's device: a socket, and the state it built.
type device struct {
	t     testing.TB
	c     *apptest.Client
	s     *apptest.Socket
	state *apptest.State
	epoch string
}

func newDevice(t testing.TB, c *apptest.Client) *device {
	t.Helper()
	s, state, err := c.Live()
	if err != nil {
		t.Fatal(err)
	}
	d := &device{t, c, s, apptest.NewState(state), state.Epoch}
	t.Cleanup(func() { d.s.Close() })
	return d
}

// catchUp takes what came until now.
func (d *device) catchUp() {
	d.t.Helper()
	for _, f := range flush(d.t, d.s) {
		if f.Type == "error" {
			d.t.Fatalf("the host answered %s", f.Raw)
		}
		if err := d.state.Apply(f); err != nil {
			d.t.Fatal(err)
		}
	}
}

// reconnect loses the network and comes back with the cursor.
func (d *device) reconnect() {
	d.t.Helper()
	d.s.Close()
	s, err := d.c.Connect(d.epoch, d.state.Ev)
	if err != nil {
		d.t.Fatal(err)
	}
	d.s = s
}

// check compares with a fresh snapshot.
func (d *device) check(what string) {
	d.t.Helper()
	fresh, err := d.c.Sync()
	if err != nil {
		d.t.Fatal(err)
	}
	if diff := cmp.Diff(apptest.Plain(fresh), d.state.Sync()); diff != "" {
		d.t.Fatalf("person %d after %s: snapshot (-) and events (+) differ:\n%s", d.c.ID, what, diff)
	}
}

// script is what two people may do to each other, as calls and frames.
type script struct {
	t    testing.TB
	rng  *rand.Rand
	host *apptest.Host
	a, b *apptest.Client
	n    int
}

func (s *script) chat(who int, rest string) string { return fmt.Sprintf("/api/chats/%d%s", who, rest) }

// do makes a call of which a refusal is an answer like any other: the model
// is the host itself.
func (s *script) do(c *apptest.Client, method, path string, body any) {
	s.t.Helper()
	if err := c.Do(method, path, body, nil); err != nil && code(err) == "internal" {
		s.t.Fatal(method, path, err)
	}
}

// step does something and says what.
func (s *script) step(devices []*device) string {
	me, other := s.a, s.b
	if s.rng.IntN(2) == 0 {
		me, other = other, me
	}
	who := other.ID
	if s.rng.IntN(8) == 0 {
		who = me.ID
	}
	seq := fmt.Sprint("/", 1+s.rng.IntN(1+s.n))
	d := devices[s.rng.IntN(len(devices))]
	switch k := s.rng.IntN(20); k {
	default:
		s.n++
		body := m{"cid": cid(s.n), "content": fmt.Sprint("message ", s.n)}
		if s.rng.IntN(4) == 0 {
			body["reply"] = 1 + s.rng.IntN(s.n)
		}
		s.do(me, "POST", s.chat(who, "/messages"), body)
		return "send"
	case 8:
		s.do(me, "PATCH", s.chat(who, "/messages"+seq), m{"content": fmt.Sprint("edited ", s.rng.IntN(1000))})
		return "edit"
	case 9:
		s.do(me, "POST", s.chat(who, "/messages"+seq+"/recall"), nil)
		return "recall"
	case 10:
		s.do(me, "DELETE", s.chat(who, "/messages"+seq), nil)
		return "remove"
	case 11:
		if s.rng.IntN(3) == 0 {
			s.do(me, "DELETE", s.chat(who, ""), nil)
			return "delete chat"
		}
		s.do(me, "PUT", s.chat(who, ""), nil)
		return "open chat"
	case 12:
		s.do(me, "PATCH", s.chat(who, ""), m{"draft": fmt.Sprint("draft ", s.rng.IntN(3)), "pinned": s.rng.IntN(2) == 0})
		return "draft and pin"
	case 13:
		s.do(me, "PATCH", s.chat(who, ""), m{"muted": s.rng.IntN(2) == 0, "marked": s.rng.IntN(2) == 0})
		return "mute and mark"
	case 14:
		write(s.t, d.s, m{"type": "read", "who": s.other(d), "upto": 1 + s.rng.IntN(1+s.n)})
		d.catchUp()
		return "read"
	case 15:
		write(s.t, d.s, m{"type": "got", "ev": d.state.Ev})
		d.catchUp()
		return "got"
	case 16:
		write(s.t, d.s, m{"type": "open", "who": s.other(d), "looking": s.rng.IntN(2) == 0})
		d.catchUp()
		return "open"
	case 17:
		d.reconnect()
		return "reconnect"
	case 18:
		s.do(me, "PATCH", "/api/me", m{"name": fmt.Sprint("Name ", me.ID, " ", s.rng.IntN(50))})
		return "rename"
	case 19:
		if s.rng.IntN(4) == 0 {
			s.n++
			c, err := apptest.Join(s.host.URL, "TESTCODE", fmt.Sprint("Guest ", s.n))
			if err != nil {
				s.t.Fatal(err)
			}
			s.do(s.a, "DELETE", fmt.Sprint("/api/people/", c.ID), nil)
			return "join and removal"
		}
		s.do(me, "PATCH", "/api/me", m{"receipts": s.rng.IntN(2) == 0})
		return "receipts"
	}
}

func (s *script) other(d *device) int {
	if d.c == s.a {
		return s.b.ID
	}
	return s.a.ID
}

// After any step the state that each device of both people builds from a
// snapshot and the events since equals a fresh snapshot; some devices miss a
// part and resume.
func TestEventsEqualSnapshot(t *testing.T) {
	rounds := 6
	if testing.Short() {
		rounds = 1
	}
	for seed := range rounds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			h, a, b := two(t, app.Options{})
			s := &script{t: t, rng: rand.New(rand.NewPCG(uint64(seed), 1)), host: h, a: a, b: b}
			devices := []*device{newDevice(t, a), newDevice(t, a), newDevice(t, b), newDevice(t, b)}
			for range 150 {
				what := s.step(devices)
				late := s.rng.IntN(8) // sometimes one is behind for a while
				for i, d := range devices {
					if i != late {
						d.catchUp()
						d.check(what)
					}
				}
			}
			// From the very beginning, in one go, with the texts as they are now.
			for _, c := range []*apptest.Client{a, b} {
				d := &device{t: t, c: c, epoch: devices[0].epoch, state: apptest.NewState(apptest.Sync{Me: apptest.User{ID: c.ID}})}
				state, err := c.Sync()
				if err != nil {
					t.Fatal(err)
				}
				for _, u := range state.People { // those who were there before the first event
					d.state.People[u.ID] = u
				}
				d.s = dial(t, c)
				if f, err := d.s.Hello(d.epoch, 0); err != nil || f.Type != "welcome" {
					t.Fatal(f, err)
				}
				d.catchUp()
				d.check("everything")
			}
		})
	}
}

// golden is one case for the page's reducer: a snapshot, the event frames
// after it, and the snapshot at the end.
type golden struct {
	Name     string           `json:"name"`
	Snapshot jsontext.Value   `json:"snapshot"`
	Events   []jsontext.Value `json:"events"`
	After    jsontext.Value   `json:"after"`
}

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

func snapshot(t testing.TB, c *apptest.Client) jsontext.Value {
	t.Helper()
	var v any
	if err := c.Do("GET", "/api/sync", nil, &v); err != nil {
		t.Fatal(err)
	}
	out, err := json.Marshal(plain(v), json.Deterministic(true))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func plain(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k := range v {
			switch k {
			case "epoch":
				v[k] = "epoch"
			case "online":
				v[k] = false
			case "seen":
				v[k] = 0
			default:
				v[k] = plain(v[k])
			}
		}
	case []any:
		for i := range v {
			v[i] = plain(v[i])
		}
	}
	return v
}
