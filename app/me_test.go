package app

import (
	"strings"
	"testing"
)

func TestPatchMe(t *testing.T) {
	h := startHost(t)
	a := h.setUp("Alice")
	h.join("Bob")
	me := func(got testAnswer) map[string]any {
		t.Helper()
		return got.want(t, 200, "").json(t)["me"].(map[string]any)
	}
	if got := me(a.call("PATCH", "/api/me", `{}`)); got["name"] != "Alice" || got["receipts"] != true {
		t.Errorf("me is %v", got)
	}
	if got := me(a.call("PATCH", "/api/me", `{"name":" Alice  B. ","receipts":false}`)); got["name"] != "Alice B." || got["receipts"] != false {
		t.Errorf("me is %v", got)
	}
	if got := me(a.call("PATCH", "/api/me", `{"name":"alice b."}`)); got["name"] != "alice b." { // one's own name is not taken
		t.Errorf("me is %v", got)
	}
	a.call("PATCH", "/api/me", `{"name":"BOB"}`).want(t, 409, "conflict")
	a.call("PATCH", "/api/me", `{"name":""}`).want(t, 422, "invalid")
	a.call("PATCH", "/api/me", `{"receipts":"yes"}`).want(t, 400, "bad_request")
	a.call("PATCH", "/api/me", `{"owner":true}`).want(t, 400, "bad_request")
	a.call("PATCH", "/api/me", `{"id":7}`).want(t, 400, "bad_request")
}

func TestNewPasswordEndsOtherSessions(t *testing.T) {
	h := startHost(t)
	a := h.setUp("Alice")
	other := h.nobody().signedIn(h.nobody().call("POST", "/api/signin", map[string]any{"link": h.ownersLink()}), 200)

	a.call("PATCH", "/api/me", `{"password":"short"}`).want(t, 422, "invalid")
	a.call("PATCH", "/api/me", `{"password":"`+strings.Repeat("x", 201)+`"}`).want(t, 422, "invalid")
	other.call("GET", "/api/sync", nil).want(t, 200, "")
	a.call("PATCH", "/api/me", `{"password":"first password"}`).want(t, 200, "")
	a.call("GET", "/api/sync", nil).want(t, 200, "")
	other.call("GET", "/api/sync", nil).want(t, 401, "unauthorized")

	a.call("PATCH", "/api/me", `{"password":"second password"}`).want(t, 403, "forbidden")
	a.call("PATCH", "/api/me", `{"password":"second password","old_password":"no password"}`).want(t, 403, "forbidden")
	a.call("PATCH", "/api/me", `{"password":"second password","old_password":"first password"}`).want(t, 200, "")
	n := h.nobody()
	n.call("POST", "/api/signin", map[string]any{"name": "Alice", "password": "first password"}).want(t, 401, "unauthorized")
	n.call("POST", "/api/signin", map[string]any{"name": "Alice", "password": "second password"}).want(t, 200, "")
}

func TestSessions(t *testing.T) {
	h := startHost(t)
	a := h.setUp("Alice")
	b := h.join("Bob")
	phone := h.nobody().signedIn(h.nobody().call("POST", "/api/signin", map[string]any{"link": h.ownersLink()},
		withHeader("User-Agent", "Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0")), 200)
	var phoneID, currentID string
	for _, s := range a.sessions() {
		s := s.(map[string]any)
		if s["current"] == true {
			currentID = s["id"].(string)
		} else {
			phoneID = s["id"].(string)
			if s["device"] != "Firefox on Android" || s["created"].(float64) <= 0 || s["seen"].(float64) <= 0 {
				t.Errorf("session %v", s)
			}
		}
		if strings.Contains(a.secret+phone.secret, s["id"].(string)) {
			t.Errorf("the id %v is part of a secret", s["id"])
		}
	}
	if len(a.sessions()) != 2 || currentID == "" || phoneID == "" {
		t.Fatalf("sessions %v", a.sessions())
	}
	// Another person's session answers like one that is missing.
	theirs := b.call("DELETE", "/api/me/sessions/"+phoneID, nil).want(t, 404, "not_found")
	missing := b.call("DELETE", "/api/me/sessions/0000000000000000", nil).want(t, 404, "not_found")
	if string(theirs.body) != string(missing.body) {
		t.Errorf("%s and %s", theirs.body, missing.body)
	}
	phone.call("GET", "/api/sync", nil).want(t, 200, "")

	a.call("DELETE", "/api/me/sessions/"+phoneID, nil).want(t, 204, "")
	phone.call("GET", "/api/sync", nil).want(t, 401, "unauthorized")
	a.call("DELETE", "/api/me/sessions/"+phoneID, nil).want(t, 404, "not_found")
	if c := a.call("DELETE", "/api/me/sessions/"+currentID, nil).want(t, 204, "").cookie(t); c.Value != "" {
		t.Errorf("the cookie stays: %v", c)
	}
	a.call("GET", "/api/sync", nil).want(t, 401, "unauthorized")
}

func TestOwnerHelpsAndRemoves(t *testing.T) {
	h := startHost(t)
	a := h.setUp("Alice")
	b := h.join("Bob")
	made := a.call("POST", "/api/people/2/links", nil).want(t, 201, "").json(t)
	again := h.nobody().signedIn(h.nobody().call("POST", "/api/signin", map[string]any{"link": made["link"]}), 200)
	if again.id != 2 {
		t.Errorf("the link signed in %d", again.id)
	}
	left := a.call("POST", "/api/people/2/links", nil).want(t, 201, "").json(t)["link"]
	a.call("POST", "/api/people/3/links", nil).want(t, 404, "not_found")
	a.call("DELETE", "/api/people/1", nil).want(t, 422, "invalid")
	a.call("DELETE", "/api/people/3", nil).want(t, 404, "not_found")
	a.call("DELETE", "/api/people/2", nil).want(t, 204, "")
	a.call("DELETE", "/api/people/2", nil).want(t, 404, "not_found")
	b.call("GET", "/api/sync", nil).want(t, 401, "unauthorized")
	again.call("GET", "/api/sync", nil).want(t, 401, "unauthorized")
	h.nobody().call("POST", "/api/signin", map[string]any{"link": left}).want(t, 401, "unauthorized")
	a.call("POST", "/api/people/2/links", nil).want(t, 404, "not_found")
	h.join("Bob") // the name is free again
}
