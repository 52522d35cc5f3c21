package app_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/go-cmp/cmp"

	"duologue/app"
	"duologue/app/apptest"
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
			case "session":
				v[k] = "session"
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
