package app_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"duologue/app"
	"duologue/app/apptest"
)

// Typing and presence go to whoever is there.
func TestTypingAndPresence(t *testing.T) {
	_, a, b := two(t, app.Options{})
	sa := live(t, a)
	sb := live(t, b)
	if got := flush(t, sa); len(got) != 1 || got[0].Type != "presence" || !got[0].Online {
		t.Errorf("arrival: %v", got)
	}
	live(t, b) // a second tab is no news
	write(t, sb, m{"type": "typing", "who": a.ID})
	flush(t, sb)
	if got := flush(t, sa); len(got) != 1 || got[0].Type != "typing" || got[0].Who != b.ID {
		t.Errorf("typing: %v", got)
	}
	if state, err := a.Sync(); err != nil || !state.People[1].Online || !state.Me.Online {
		t.Errorf("people %+v, %v", state.People, err)
	}
}

func TestPresenceEnds(t *testing.T) {
	_, a, b := two(t, app.Options{})
	sa, sb := live(t, a), live(t, b)
	flush(t, sa)
	sb.Close()
	f, _, err := sa.Until(func(f *apptest.Frame) bool { return f.Type == "presence" })
	if err != nil || f.Online || f.Seen == 0 {
		t.Fatalf("%s, %v", f.Raw, err)
	}
	state, err := a.Sync()
	if err != nil || state.People[1].Online {
		t.Errorf("people %+v, %v", state.People, err)
	}
}

// Who comes back hears who came and went meanwhile, which stands in no log.
func TestWelcomeSaysWhoIsHere(t *testing.T) {
	_, a, b := two(t, app.Options{})
	here := func(since apptest.Sync) apptest.Presence {
		t.Helper()
		s := dial(t, a)
		defer s.Close()
		f, err := s.Hello(since.Epoch, since.Ev)
		if err != nil || f.Type != "welcome" || len(f.People) != 1 || f.People[0].User != b.ID {
			t.Fatalf("%s, %v", f.Raw, err)
		}
		return f.People[0]
	}
	sa, state, err := a.Live()
	if err != nil {
		t.Fatal(err)
	}
	defer sa.Close()
	if p := here(state); p.Online || p.Seen != 0 {
		t.Errorf("before the other one came: %+v", p)
	}
	sb := live(t, b)
	if p := here(state); !p.Online {
		t.Errorf("while the other one is here: %+v", p)
	}
	sb.Close()
	if _, _, err := sa.Until(func(f *apptest.Frame) bool { return f.Type == "presence" && !f.Online }); err != nil {
		t.Fatal(err)
	}
	if p := here(state); p.Online {
		t.Errorf("after the other one went: %+v", p)
	}
}

// A socket without a sign of life, not even an answer to pings, is given up,
// and its person is seen to be gone.
func TestSilentSocketIsGivenUp(t *testing.T) {
	var o app.Options
	o.Sockets.Silent = time.Second
	_, a, silent := two(t, o)
	live(t, silent) // nobody reads it, so that no ping is answered
	for deadline := time.Now().Add(30 * time.Second); ; {
		state, err := a.Sync() // without a socket, which would have to live itself
		if err != nil {
			t.Fatal(err)
		}
		if p := state.People[1]; p.ID == silent.ID && !p.Online && p.Seen > 0 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("still there: %+v", state.People)
		}
	}
}

// A session that ends takes its sockets along, at once, and no others.
func TestEndedSessionsLoseTheirSockets(t *testing.T) {
	_, a, b := two(t, app.Options{})
	s, other := live(t, a), live(t, b)
	if err := a.Do("POST", "/api/signout", nil, nil); err != nil {
		t.Fatal(err)
	}
	if got := s.CloseCode(); got != 4401 {
		t.Errorf("closed with %d", got)
	}
	flush(t, other)

	var sessions struct {
		Sessions []struct {
			ID      string `json:"id"`
			Current bool   `json:"current"`
		} `json:"sessions"`
	}
	if err := b.Do("GET", "/api/me/sessions", nil, &sessions); err != nil || len(sessions.Sessions) != 1 {
		t.Fatal(sessions, err)
	}
	if err := b.Do("DELETE", "/api/me/sessions/"+sessions.Sessions[0].ID, nil, nil); err != nil {
		t.Fatal(err)
	}
	if got := other.CloseCode(); got != 4401 {
		t.Errorf("closed with %d", got)
	}
}

// The caps on sockets, and that a place is free again when one ends.
func TestSocketsPerPerson(t *testing.T) {
	_, a, _ := two(t, app.Options{})
	var open []*apptest.Socket
	for range 20 {
		open = append(open, live(t, a))
	}
	_, err := a.Dial()
	if e, ok := errors.AsType[*apptest.Error](err); !ok || e.Status != 429 || e.Header.Get("Retry-After") == "" {
		t.Errorf("the 21st: %v", err)
	}
	open[0].Close()
	for deadline := time.Now().Add(10 * time.Second); ; {
		s, err := a.Dial()
		if err == nil {
			s.Close()
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("no place became free: ", err)
		}
	}
}

// Somebody who was removed: the sessions end, sending to them answers gone,
// and the others keep their chat.
func TestRemovedPerson(t *testing.T) {
	_, a, b := two(t, app.Options{})
	sa, sb := live(t, a), live(t, b)
	send(t, sb, cid(1), a.ID, "remember me")
	if err := a.Do("DELETE", fmt.Sprintf("/api/people/%d", b.ID), nil, nil); err != nil {
		t.Fatal(err)
	}
	if got := sb.CloseCode(); got != 4401 {
		t.Errorf("closed with %d", got)
	}
	if got := events(flush(t, sa), "person-removed"); len(got) != 1 || got[0].ID != b.ID {
		t.Errorf("event: %v", got)
	}
	if got := refused(t, sa, m{"type": "send", "cid": cid(2), "to": b.ID, "content": "?"}); got != "gone" {
		t.Errorf("sending: %s", got)
	}
	if all, err := a.All(b.ID); err != nil || len(all) != 1 {
		t.Errorf("history: %v, %v", all, err)
	}
	if _, err := b.Sync(); code(err) != "unauthorized" {
		t.Errorf("the removed: %v", err)
	}
}

// A rename reaches everybody, oneself too; what was said keeps its name.
func TestRename(t *testing.T) {
	_, a, b := two(t, app.Options{})
	sa, sb := live(t, a), live(t, b)
	send(t, sa, cid(1), b.ID, "x")
	if err := a.Do("PATCH", "/api/me", m{"name": "安妮"}, nil); err != nil {
		t.Fatal(err)
	}
	for _, s := range []*apptest.Socket{sa, sb} {
		if got := events(flush(t, s), "person"); len(got) != 1 || got[0].User().Name != "安妮" || !got[0].User().Online {
			t.Errorf("event: %v", got)
		}
	}
	state, err := b.Sync()
	if err != nil || state.Chats[0].Name != "安妮" || state.Chats[0].Last.Name != "Ann" {
		t.Errorf("%+v, %v", state.Chats, err)
	}
}
