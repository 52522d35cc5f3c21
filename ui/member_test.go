package ui_test

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"testing"
)

// member is somebody who is here without a browser, to fill the room.
type member struct {
	t    testing.TB
	url  string
	http http.Client
	id   int
}

// member joins over the wire, as the page would.
func (r *room) member(name string) *member {
	r.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		r.t.Fatal(err)
	}
	m := &member{t: r.t, url: r.app.URL(), http: http.Client{Jar: jar}}
	var in struct{ Me struct{ ID int } }
	m.post("api/join", map[string]any{"code": "welcome", "name": name}, &in)
	m.id = in.Me.ID
	return m
}

func (m *member) say(who int, text string) {
	m.t.Helper()
	m.post(fmt.Sprintf("api/chats/%d/messages", who), map[string]any{"cid": rand.Text(), "content": text}, nil)
}

func (m *member) post(path string, body, answer any) {
	m.t.Helper()
	data, err := json.Marshal(body)
	if err != nil {
		m.t.Fatal(err)
	}
	got, err := m.http.Post(m.url+path, "application/json", bytes.NewReader(data))
	if err != nil {
		m.t.Fatal(err)
	}
	defer got.Body.Close()
	if got.StatusCode >= 300 {
		m.t.Fatalf("POST %s: %s", path, got.Status)
	}
	if answer != nil {
		if err := json.NewDecoder(got.Body).Decode(answer); err != nil {
			m.t.Fatal(err)
		}
	}
}
