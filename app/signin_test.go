package app

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"duologue/app/access"
)

// together runs f n times at once and counts the statuses it gives.
func together(n int, f func(i int) int) map[int]int {
	var mu sync.Mutex
	var all sync.WaitGroup
	counts := map[int]int{}
	for i := range n {
		all.Go(func() {
			status := f(i)
			mu.Lock()
			defer mu.Unlock()
			counts[status]++
		})
	}
	all.Wait()
	return counts
}

func TestSetup(t *testing.T) {
	h := startHost(t)
	n := h.nobody()
	token := h.app.Token()
	n.call("POST", "/api/setup", map[string]any{"name": "Alice"}).want(t, 400, "bad_request")
	n.call("POST", "/api/setup", map[string]any{"token": token}).want(t, 400, "bad_request")
	n.call("POST", "/api/setup", nil).want(t, 400, "bad_request")
	n.call("POST", "/api/setup", map[string]any{"token": token, "name": " "}).want(t, 422, "invalid")
	n.call("POST", "/api/setup", map[string]any{"token": "1.AAAA", "name": "Alice"}).want(t, 401, "unauthorized")
	n.call("POST", "/api/setup", map[string]any{"token": "", "name": "Alice"}).want(t, 401, "unauthorized")
	// Nobody is in before the owner is.
	n.call("POST", "/api/join", map[string]any{"code": "join-me", "name": "Bob"}).want(t, 403, "forbidden")
	n.call("POST", "/api/signin", map[string]any{"token": token}).want(t, 401, "unauthorized")

	got := n.call("POST", "/api/setup", map[string]any{"token": token, "name": "  Alice "}).want(t, 201, "")
	me := got.json(t)["me"].(map[string]any)
	if me["id"] != 1.0 || me["name"] != "Alice" || me["owner"] != true || me["online"] != true {
		t.Errorf("me is %v", me)
	}
	c := got.cookie(t)
	if c.Name != "duologue-"+h.app.store.Instance() || !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Path != "/" || len(c.Value) < 22 {
		t.Errorf("cookie %+v", c)
	}
	n.call("POST", "/api/setup", map[string]any{"token": token, "name": "Eve"}).want(t, 410, "gone")
	n.call("POST", "/api/setup", nil).want(t, 410, "gone")
	n.call("POST", "/api/signin", map[string]any{"token": token}).want(t, 401, "unauthorized") // it is spent
}

func TestFiftySetupsMakeOneOwner(t *testing.T) {
	h := startHost(t)
	counts := together(50, func(i int) int {
		return h.nobody().call("POST", "/api/setup", map[string]any{"token": h.app.Token(), "name": "Owner " + itoa(i)}).status
	})
	if counts[201] != 1 || counts[410] != 49 {
		t.Errorf("statuses %v", counts)
	}
	if n := len(h.app.store.People()); n != 1 {
		t.Errorf("%d people", n)
	}
}

func TestFiftyUsesOfALinkMakeOneSession(t *testing.T) {
	h := startHost(t)
	a := h.setUp("Alice")
	before := len(a.sessions())
	link := a.call("POST", "/api/me/links", nil).want(t, 201, "").json(t)["link"].(string)
	counts := together(50, func(int) int {
		return h.nobody().call("POST", "/api/signin", map[string]any{"link": link}).status
	})
	if counts[200] != 1 || counts[401] != 49 {
		t.Errorf("statuses %v", counts)
	}
	if got := len(a.sessions()); got != before+1 {
		t.Errorf("%d sessions, before %d", got, before)
	}
}

func (p *testPerson) sessions() []any {
	p.h.Helper()
	return p.call("GET", "/api/me/sessions", nil).want(p.h, 200, "").json(p.h)["sessions"].([]any)
}

// Beyond the limit of members nobody joins, and is told why; those who are
// here go on.
func TestMembersAreBounded(t *testing.T) {
	h := startHost(t, func(o *Options) { o.Store.MaxMembers = 2 })
	a := h.setUp("Alice")
	b := h.join("Bob")
	join := func() testAnswer {
		return h.nobody().call("POST", "/api/join", map[string]any{"code": "join-me", "name": "Carol"})
	}
	if got := join().reason(t); got != "members" {
		t.Errorf("the reason is %v", got)
	}
	b.call("PATCH", "/api/me", map[string]any{"name": "Bert"}).want(t, 200, "")
	a.call("DELETE", "/api/people/2", nil).want(t, 204, "")
	join().want(t, 201, "")
}

// The token of the ready line signs the owner in on the next start, once.
func TestStartTokenSignsTheOwnerIn(t *testing.T) {
	dir := t.TempDir()
	t.Run("first start", func(t *testing.T) {
		startHost(t, func(o *Options) { o.Data = dir }).setUp("Alice")
	})
	h := startHost(t, func(o *Options) { o.Data = dir })
	n := h.nobody()
	a := n.signedIn(n.call("POST", "/api/signin", map[string]any{"token": h.app.Token()}), 200)
	if a.id != 1 {
		t.Errorf("id %d", a.id)
	}
	n.call("POST", "/api/signin", map[string]any{"token": h.app.Token()}).want(t, 401, "unauthorized")
}

func TestTokenAndLinksRunOut(t *testing.T) {
	h := startHost(t)
	h.clock.advance(10*time.Minute + time.Second)
	h.nobody().call("POST", "/api/setup", map[string]any{"token": h.app.Token(), "name": "Alice"}).want(t, 401, "unauthorized")

	h = startHost(t)
	a := h.setUp("Alice")
	made := a.call("POST", "/api/me/links", nil).want(t, 201, "").json(t)
	if life := int64(made["expires"].(float64)) - h.clock.Now().UnixMilli(); life != 5*60*1000 {
		t.Errorf("a link lives %d ms", life)
	}
	if want := h.url + "/#link=" + made["link"].(string); made["url"] != want {
		t.Errorf("url %v, want %s", made["url"], want)
	}
	h.clock.advance(5*time.Minute + time.Second)
	h.nobody().call("POST", "/api/signin", map[string]any{"link": made["link"]}).want(t, 401, "unauthorized")
}

func TestJoin(t *testing.T) {
	h := startHost(t)
	h.setUp("Alice")
	n := h.nobody()
	for _, c := range []struct {
		body   map[string]any
		status int
		code   string
	}{
		{map[string]any{"name": "Bob"}, 400, "bad_request"},
		{map[string]any{"code": "join-me"}, 400, "bad_request"},
		{map[string]any{"code": "join-me", "name": nil}, 400, "bad_request"},
		{map[string]any{"code": "wrong", "name": "Bob"}, 403, "forbidden"},
		{map[string]any{"code": "", "name": "Bob"}, 403, "forbidden"},
		{map[string]any{"code": "wrong", "name": "Alice"}, 403, "forbidden"}, // strangers don't learn who is here
		{map[string]any{"code": "join-me", "name": "alice"}, 409, "conflict"},
		{map[string]any{"code": "join-me", "name": "Аlice"}, 409, "conflict"},
		{map[string]any{"code": "join-me", "name": ""}, 422, "invalid"},
		{map[string]any{"code": "join-me", "name": strings.Repeat("x", 41)}, 422, "invalid"},
		{map[string]any{"code": "join-me", "name": "B\u202eob"}, 422, "invalid"},
		{map[string]any{"code": "join-me", "name": "Bob", "password": "1234567"}, 422, "invalid"},
		{map[string]any{"code": "join-me", "name": "Bob", "password": strings.Repeat("x", 201)}, 422, "invalid"},
		{map[string]any{"code": "join-me", "name": "Bob", "id": 1}, 400, "bad_request"},
	} {
		n.call("POST", "/api/join", c.body).want(t, c.status, c.code)
	}
	b := n.signedIn(n.call("POST", "/api/join", map[string]any{"code": "join-me", "name": "Bob", "password": "correct horse"}), 201)
	if me := b.call("GET", "/api/sync", nil).json(t)["me"].(map[string]any); me["owner"] != false || me["name"] != "Bob" {
		t.Errorf("me is %v", me)
	}
	counts := together(20, func(int) int {
		return h.nobody().call("POST", "/api/join", map[string]any{"code": "join-me", "name": "Carol"}).status
	})
	if counts[201] != 1 || counts[409] != 19 {
		t.Errorf("twenty Carols: %v", counts)
	}
}

func TestSigninByPassword(t *testing.T) {
	h := startHost(t)
	h.setUp("Alice")
	h.join("Carol") // without a password
	n := h.nobody()
	n.call("POST", "/api/join", map[string]any{"code": "join-me", "name": "Bob", "password": "correct horse"}).want(t, 201, "")
	for _, name := range []string{"Bob", " bob ", "ＢＯＢ"} {
		b := n.signedIn(n.call("POST", "/api/signin", map[string]any{"name": name, "password": "correct horse"}), 200)
		if b.id != 3 {
			t.Errorf("%q signed in %d", name, b.id)
		}
	}
	// One answer for every cause.
	first := ""
	for _, body := range []map[string]any{
		{"name": "Bob", "password": "wrong horse"},
		{"name": "Bob", "password": ""},
		{"name": "Nobody", "password": "correct horse"},
		{"name": "Carol", "password": "correct horse"},
		{"name": "Carol", "password": ""},
		{"name": "", "password": "correct horse"},
		{"name": "Bob" + strings.Repeat(" ", access.MaxSignInName), "password": "correct horse"}, // nobody compares so much
		{"name": strings.Repeat("\ufdfa", 5_000), "password": "correct horse"},
		{"link": "2.ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
		{"link": ""},
		{"token": "x"},
	} {
		got := n.call("POST", "/api/signin", body).want(t, 401, "unauthorized")
		if first == "" {
			first = string(got.body)
		}
		if string(got.body) != first || len(got.header["Set-Cookie"]) != 0 {
			t.Errorf("%v is answered with %s", body, got.body)
		}
	}
	for _, body := range []map[string]any{{}, {"name": "Bob"}, {"password": "x"}, {"token": "x", "link": "y"},
		{"token": "x", "name": "Bob", "password": "correct horse"}, {"link": nil}} {
		n.call("POST", "/api/signin", body).want(t, 400, "bad_request")
	}
}

func TestGuessingOverTheWire(t *testing.T) {
	h := startHost(t)
	h.setUp("Alice")
	n := h.nobody()
	n.call("POST", "/api/join", map[string]any{"code": "join-me", "name": "Bob", "password": "correct horse"}).want(t, 201, "")
	for range 30 { // right ones, tokens and links never count
		n.call("POST", "/api/signin", map[string]any{"name": "Bob", "password": "correct horse"}).want(t, 200, "")
		n.call("POST", "/api/signin", map[string]any{"link": "2.AAAAAAAAAAAAAAAAAAAAAAAAAA"}).want(t, 401, "")
		n.call("POST", "/api/join", map[string]any{"code": "join-me", "name": "Alice"}).want(t, 409, "conflict")
	}
	for range 30 { // a right code does not count either when the rest is wrong
		n.call("POST", "/api/join", map[string]any{"code": "join-me", "name": ""}).want(t, 422, "invalid")
		n.call("POST", "/api/join", map[string]any{"code": "join-me", "name": strings.Repeat("\ufdfa", 5_000)}).want(t, 422, "invalid")
	}
	for range 10 {
		n.call("POST", "/api/join", map[string]any{"code": "guess", "name": "Eve"}, withHeader("X-Forwarded-For", "1.2.3.4")).want(t, 403, "forbidden")
		// A wrong one does, whatever else is wrong, and nothing else is looked at.
		n.call("POST", "/api/join", map[string]any{"code": "guess", "name": "", "password": "x"}).want(t, 403, "forbidden")
	}
	got := n.call("POST", "/api/join", map[string]any{"code": "join-me", "name": "Eve"}, withHeader("X-Forwarded-For", "5.6.7.8")).want(t, 429, "rate")
	if got.header.Get("Retry-After") != "6" {
		t.Errorf("Retry-After is %q", got.header.Get("Retry-After"))
	}
	n.call("POST", "/api/signin", map[string]any{"name": "Bob", "password": "correct horse"}).want(t, 429, "rate")
	h.nobody().signedIn(n.call("POST", "/api/signin", map[string]any{"link": h.ownersLink()}), 200)
	h.clock.advance(6 * time.Second)
	n.call("POST", "/api/signin", map[string]any{"name": "Bob", "password": "correct horse"}).want(t, 200, "")
}

func TestSignout(t *testing.T) {
	h := startHost(t)
	a := h.setUp("Alice")
	other := h.nobody().signedIn(h.nobody().call("POST", "/api/signin", map[string]any{"link": h.ownersLink()}), 200)
	got := a.call("POST", "/api/signout", nil).want(t, 204, "")
	if c := got.cookie(t); c.Value != "" || !c.Expires.Before(time.Now()) || c.Path != "/" {
		t.Errorf("the cookie stays: %+v", c)
	}
	a.call("GET", "/api/sync", nil).want(t, 401, "unauthorized")
	a.call("POST", "/api/signout", nil).want(t, 401, "unauthorized")
	other.call("GET", "/api/sync", nil).want(t, 200, "")
}

// Whoever tries passwords at this computer does not lock its owner out.
func TestTheOwnerIsNotLockedOutAtTheComputer(t *testing.T) {
	h := startHost(t)
	alice, n := h.setUp("Alice"), h.nobody()
	alice.call("PATCH", "/api/me", map[string]any{"password": "battery staple"}).want(t, 200, "")
	n.call("POST", "/api/join", map[string]any{"code": "join-me", "name": "Bob", "password": "correct horse"}).want(t, 201, "")
	try := func(name, password string) testAnswer {
		return n.call("POST", "/api/signin", map[string]any{"name": name, "password": password})
	}
	for range 20 {
		try("Alice", "wrong horse").want(t, 401, "unauthorized")
	}
	try("Bob", "correct horse").want(t, 429, "rate")
	try("Alice", "wrong horse").want(t, 429, "rate")
	if got := n.signedIn(try("Alice", "battery staple"), 200); got.id != 1 {
		t.Errorf("signed in as %d", got.id)
	}
}
