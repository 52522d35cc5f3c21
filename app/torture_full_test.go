package app_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"duologue/app/apptest"
)

// wantRefusal fails unless err is the host's answer with this code; a frame
// has no status.
func wantRefusal(t testing.TB, what string, err error, status int, code string) {
	t.Helper()
	e, ok := errors.AsType[*apptest.Error](err)
	if !ok || e.Code != code || e.Status != status && e.Status != 0 {
		t.Errorf("%s: %v, want %d %s", what, err, status, code)
	}
}

// TestFullDisk fills the disk to the last byte while people talk, makes room
// again, and at last fills it under a host that is killed and started anew.
func TestFullDisk(t *testing.T) {
	dir := newMemoryDisk(t, "420m")
	o := childOptions{Data: filepath.Join(dir, "data")}
	filler := filepath.Join(dir, "filler")
	h := startChild(t, o)
	people := h.people(7)
	eve, fay, gil := people[4], people[5], people[6]
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	const password = "correct horse battery staple"
	must(eve.Do("PATCH", "/api/me", map[string]string{"password": password}, nil))
	var link, second struct {
		Link string `json:"link"`
	}
	must(eve.Do("POST", "/api/me/links", map[string]string{}, &link))
	socket := live(t, fay)
	_, _, err := socket.Send(cid(1), gil.ID, "before it was full: 针 needle")
	must(err)

	k := newTalk(t, people[:4])
	k.full.Store(true)
	talked := make(chan struct{})
	go func() {
		defer close(talked)
		k.all(func(p *talker) {
			if p.connect() {
				p.speak(1 << 30)
				p.s.Close()
			}
		})
	}()
	k.awaitAcks(1000 + k.rnd.IntN(3000))
	fillUp(t, h, dir, filler)
	refused := map[int]bool{}
	for len(refused) < 4 {
		select {
		case id := <-k.refused:
			refused[id] = true
		case <-time.After(childPatience):
			t.Fatalf("only %v were refused", refused)
		}
	}

	// Nothing is taken any more …
	_, _, err = socket.Send(cid(2), gil.ID, "the first that is refused")
	wantRefusal(t, "a frame", err, 507, "storage_full")
	_, err = post(fay, cid(3), gil.ID, "by a call")
	wantRefusal(t, "a call", err, 507, "storage_full")
	_, err = post(gil, cid(30), eve.ID, "to somebody new")
	wantRefusal(t, "a call that makes a chat", err, 507, "storage_full")
	chat := fmt.Sprintf("/api/chats/%d", gil.ID)
	wantRefusal(t, "a draft", fay.Do("PATCH", chat, map[string]any{"draft": "x"}, nil), 507, "storage_full")
	wantRefusal(t, "a mark", fay.Do("PATCH", chat, map[string]any{"pinned": true}, nil), 507, "storage_full")
	reader := live(t, gil)
	must(reader.Write(map[string]any{"type": "read", "who": fay.ID, "upto": 1}))
	f, _, err := reader.Until(func(f *apptest.Frame) bool { return f.Type == "error" })
	if err != nil || f.Code != "storage_full" {
		t.Errorf("a read mark: %s %v", f.Raw, err)
	}

	// … but all of it can be read,
	state, err := gil.Sync()
	if err != nil || len(state.Chats) != 1 || state.Chats[0].New != 1 {
		t.Errorf("the state: %+v %v", state, err)
	}
	page, err := gil.History(fay.ID, "limit=10")
	if err != nil || len(page.Messages) != 1 {
		t.Errorf("the history: %+v %v", page, err)
	}
	var found struct {
		Hits []struct {
			Who int `json:"who"`
		} `json:"hits"`
	}
	if err := gil.Do("GET", "/api/search?q=%E9%92%88", nil, &found); err != nil || len(found.Hits) != 1 {
		t.Errorf("the search: %+v %v", found, err)
	}

	// and people get in.
	byLink, err := apptest.SignIn(h.URL, map[string]string{"link": link.Link})
	must(err)
	if _, err := apptest.SignIn(h.URL, map[string]string{"link": link.Link}); err == nil {
		t.Error("a link signs in twice on a full disk")
	}
	byPassword, err := apptest.SignIn(h.URL, map[string]string{"name": "Person 5", "password": password})
	must(err)
	_, err = apptest.SignIn(h.URL, map[string]string{"name": "Person 5", "password": "wrong password"})
	wantRefusal(t, "a wrong password", err, 401, "unauthorized")
	for _, c := range []*apptest.Client{byLink, byPassword} {
		if c.ID != eve.ID {
			t.Errorf("signed in as %d", c.ID)
		}
		if _, err := live(t, c).Flush(); err != nil {
			t.Error("a socket of a new session:", err)
		}
	}
	must(byPassword.Do("POST", "/api/me/links", map[string]string{}, &second))
	if !h.lives() {
		t.Fatal("the full disk ended the host")
	}

	// There is room again.
	must(os.Remove(filler))
	var ack apptest.Ack
	for end := time.Now().Add(childPatience); ; {
		if ack, err = post(fay, cid(3), gil.ID, "by a call"); err == nil || time.Now().After(end) {
			break
		}
		wantRefusal(t, "a call", err, 507, "storage_full")
		<-time.After(50 * time.Millisecond)
	}
	must(err)
	if ack.Seq != 2 {
		t.Errorf("the first message with room again is %+v", ack)
	}
	// Nothing on this socket may come before what was refused on it.
	_, _, err = socket.Send(cid(4), gil.ID, "a later one")
	wantRefusal(t, "what comes after the refused one", err, 507, "storage_full")
	for i, n := range []int{2, 4} {
		text := []string{"the first that is refused", "a later one"}[i]
		if ack, _, err = socket.Send(cid(n), gil.ID, text); err != nil || ack.Seq != 3+i {
			t.Errorf("%s: %+v %v", text, ack, err)
		}
	}
	k.awaitAcks(500)
	k.stop.Store(true)
	select {
	case <-talked:
	case <-time.After(childPatience):
		t.Fatal("sending does not come back")
	}
	k.finish(h.URL)
	k.verifyAll(h.URL)
	t.Logf("refused %d times", k.refusals)

	// What came to pass on the full disk is there after a restart.
	h.terminate()
	if status := h.wait(); status != 0 {
		t.Errorf("the host ended with %d", status)
	}
	h = startChild(t, o)
	for _, c := range []*apptest.Client{byLink, byPassword} {
		c.Base = h.URL
		if _, err := c.Sync(); err != nil {
			t.Error("a session from the full disk:", err)
		}
	}
	_, err = apptest.SignIn(h.URL, map[string]string{"link": link.Link})
	wantRefusal(t, "a link that was used on the full disk", err, 401, "unauthorized")
	if _, err = apptest.SignIn(h.URL, map[string]string{"link": second.Link}); err != nil {
		t.Error("a link that was made on the full disk:", err)
	}

	// A host that is killed on a full disk says why it does not start.
	fillUp(t, h, dir, filler)
	h.kill()
	fill(t, dir, filler, 0)
	full := spawnChild(t, o)
	if err := full.await(); err == nil {
		t.Error("a host starts on a full disk")
	}
	said := strings.TrimSpace(full.stderr.String())
	if status := full.wait(); status != 1 || strings.Contains(said, "\n") || !strings.HasPrefix(said, "duologue: the disk is full") {
		t.Errorf("it ended with %d and said %q", status, said)
	}
	t.Log(said)
	must(os.Remove(filler))
	h = startChild(t, o)
	k.verifyAll(h.URL)
	k.report()
}

// fillUp takes all space, also what the host gives away.
func fillUp(t testing.TB, h *child, dir, filler string) {
	t.Helper()
	ballast := filepath.Join(dir, "data", "ballast")
	for end := time.Now().Add(childPatience); ; {
		fill(t, dir, filler, 0)
		if _, err := os.Stat(ballast); err != nil && freeUnder(t, dir) == 0 {
			return
		}
		if time.Now().After(end) || !h.lives() {
			t.Fatalf("the disk does not get full; %d bytes are free, the host lives: %v", freeUnder(t, dir), h.lives())
		}
		<-time.After(20 * time.Millisecond)
	}
}

// post sends a message by a call.
func post(c *apptest.Client, cid string, to int, content string) (ack apptest.Ack, err error) {
	body := map[string]string{"cid": cid, "content": content}
	return ack, c.Do("POST", fmt.Sprintf("/api/chats/%d/messages", to), body, &ack)
}
