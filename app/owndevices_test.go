package app_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"duologue/app"
	"duologue/app/apptest"
)

// agent calls by the name of a browser.
type agent string

func (a agent) RoundTrip(r *http.Request) (*http.Response, error) {
	r.Header.Set("User-Agent", string(a))
	return http.DefaultTransport.RoundTrip(r)
}

// phone signs a person in on another device, and gives the id of its session.
func phone(t *testing.T, of *apptest.Client) (*apptest.Client, string) {
	t.Helper()
	var link struct {
		Link string `json:"link"`
	}
	if err := of.Do("POST", "/api/me/links", nil, &link); err != nil {
		t.Fatal(err)
	}
	c := &apptest.Client{Base: of.Base, HTTP: &http.Client{Transport: agent("Mozilla/5.0 (iPhone) Version/26.0 Mobile/15E148 Safari/604.1")}}
	if err := c.Enter("/api/signin", map[string]string{"link": link.Link}); err != nil {
		t.Fatal(err)
	}
	return c, sessionOf(t, c)
}

func sessionOf(t *testing.T, c *apptest.Client) string {
	t.Helper()
	var all struct {
		Sessions []struct {
			ID      string `json:"id"`
			Current bool   `json:"current"`
		} `json:"sessions"`
	}
	if err := c.Do("GET", "/api/me/sessions", nil, &all); err != nil {
		t.Fatal(err)
	}
	for _, s := range all.Sessions {
		if s.Current {
			return s.ID
		}
	}
	t.Fatal("this session is not among", all)
	return ""
}

// The chat with oneself says which device each message came from, whichever
// way it was sent, and goes on saying so when that device is signed out.
func TestWhichDeviceSentIt(t *testing.T) {
	h, a, b := two(t, app.Options{})
	s := &script{t: t, host: h, a: a, b: b}
	other, session := phone(t, a)
	mine := sessionOf(t, a)
	var state struct {
		Session string `json:"session"`
	}
	if err := other.Do("GET", "/api/sync", nil, &state); err != nil || state.Session != session {
		t.Error(state, session, err)
	}
	hand, desk := live(t, other), live(t, a)
	ack, _, err := hand.Send(cid(1), a.ID, "by the socket")
	if err != nil {
		t.Fatal(err)
	}
	s.do(other, "POST", s.chat(a.ID, "/messages"), m{"cid": cid(2), "content": "by a call"})
	if _, _, err := desk.Send(cid(3), a.ID, "from the desk"); err != nil {
		t.Fatal(err)
	}
	if again, _, err := desk.Send(cid(1), a.ID, "by the socket"); err != nil || again != ack {
		t.Fatal(again, err) // a repeat is the first one still
	}
	s.do(other, "PATCH", s.chat(a.ID, "/messages/2"), m{"content": "by another call"})
	s.do(a, "DELETE", "/api/me/sessions/"+session, nil)

	page, err := a.History(a.ID, "")
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, m := range page.Messages {
		got += fmt.Sprintf("%s: %s, %v %v\n", m.Content, m.Device, m.Session == session, m.Session == mine)
	}
	if want := "by the socket: Safari on iPhone, true false\nby another call: Safari on iPhone, true false\nfrom the desk: Go-http-client, false true\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	var found struct {
		Hits []struct {
			Message apptest.Message `json:"message"`
		} `json:"hits"`
	}
	if err := a.Do("GET", "/api/search?q=socket", nil, &found); err != nil || len(found.Hits) != 1 || found.Hits[0].Message.Session != session {
		t.Error(found, err)
	}
	if sync, err := a.Sync(); err != nil || sync.Chats[0].Last.Session != mine {
		t.Error(sync.Chats, err)
	}
}

// Whom I talk with does not learn of my devices, nor do I of theirs.
func TestNobodyLearnsTheDevicesOfOthers(t *testing.T) {
	h, a, b := two(t, app.Options{})
	s := &script{t: t, host: h, a: a, b: b}
	other, session := phone(t, a)
	hand, watching := live(t, other), live(t, b)
	s.do(other, "POST", s.chat(a.ID, "/messages"), m{"cid": cid(1), "content": "a note"})
	if _, _, err := hand.Send(cid(2), b.ID, "to Ben"); err != nil {
		t.Fatal(err)
	}
	s.do(b, "POST", s.chat(a.ID, "/messages"), m{"cid": cid(3), "content": "to Ann", "reply": 1})
	s.do(other, "PATCH", s.chat(b.ID, "/messages/1"), m{"content": "to you"})

	heard := string(snapshot(t, b))
	state, err := b.Sync()
	if err != nil {
		t.Fatal(err)
	}
	replayed, err := b.Connect(state.Epoch, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer replayed.Close()
	for _, socket := range []*apptest.Socket{watching, replayed} {
		for _, f := range flush(t, socket) {
			heard += string(f.Raw)
		}
	}
	if strings.Count(heard, "to you") < 3 || strings.Contains(heard, "device") || strings.Contains(heard, "iPhone") || strings.Contains(heard, session) {
		t.Error(heard)
	}
	for _, c := range []*apptest.Client{a, b} {
		page, err := c.History(a.ID+b.ID-c.ID, "")
		if err != nil || len(page.Messages) != 2 {
			t.Fatal(page, err)
		}
		for _, m := range page.Messages {
			if m.Device+m.Session != "" {
				t.Errorf("%+v", m)
			}
		}
	}
}
