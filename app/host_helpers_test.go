package app

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/go-json-experiment/json"
	"go.uber.org/goleak"

	"duologue/app/lan"
	"duologue/db"
)

// testHost is a host on a free port with a folder of its own.
type testHost struct {
	*testing.T
	app   *App
	url   string // without the slash at the end
	host  string // HOST:PORT
	clock *testClock
	http  *http.Client
	sent  int // messages, for their cids
}

var testPage = fstest.MapFS{
	"index.html":     {Data: []byte(`<!doctype html><link rel="icon" href="/_/icon.svg"><script type="module" src="/_/js/main.js"></script>`)},
	"js/main.js":     {Data: []byte("export const big = `" + strings.Repeat("text ", 1000) + "`")},
	"css/main.css":   {Data: []byte("body{}")},
	"icon.svg":       {Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`)},
	"font/one.woff2": {Data: bytes.Repeat([]byte("x"), 5000)},
}

// startHost starts a host that nobody has set up. It ends with the test, and
// then has to have left nothing behind.
func startHost(t *testing.T, change ...func(*Options)) *testHost {
	t.Helper()
	before := goleak.IgnoreCurrent()
	clock := &testClock{now: time.Now()}
	o := Options{Data: t.TempDir(), Addr: "127.0.0.1:0", JoinCode: "join-me", Rate: 20, NoBrowser: true,
		UI: testPage, Now: clock.Now, Log: testLog(t), HashCost: HashCost{Memory: 64, Time: 1}, Computer: "House.lan",
		PersonName: func() string { return "Alice" },
		Network:    func() lan.Network { return networkOf("192.168.1.5") }, NoDiscovery: true,
		Store: db.Options{Ballast: -1}}
	for _, f := range change {
		f(&o)
	}
	a, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx) }()
	h := &testHost{T: t, app: a, url: strings.TrimSuffix(a.URL(), "/"), clock: clock,
		http: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64, DisableCompression: true},
			CheckRedirect: func(*http.Request, []*http.Request) error { return errors.New("redirected") }}}
	h.host = strings.TrimPrefix(h.url, "http://")
	t.Cleanup(func() {
		h.http.CloseIdleConnections()
		cancel()
		select {
		case err := <-ended:
			if err != nil {
				t.Errorf("the host ended with %v", err)
			}
		case <-time.After(10 * time.Second):
			t.Error("the host does not end")
		}
		goleak.VerifyNone(t, before,
			// These two look at a clock now and then, and the second sees the end only then.
			goleak.IgnoreAnyFunction("github.com/valyala/fasthttp.updateServerDate.func1"),
			goleak.IgnoreAnyFunction("github.com/valyala/fasthttp.(*workerPool).Start.func2"))
	})
	return h
}

// networkOf is a network with one interface that has these addresses.
func networkOf(addrs ...string) lan.Network {
	i := lan.Interface{Name: "eth0", Flags: net.FlagUp | net.FlagMulticast}
	for _, a := range addrs {
		i.Addrs = append(i.Addrs, netip.MustParseAddr(a))
	}
	return lan.Network{Interfaces: []lan.Interface{i}}
}

// testLog writes the host's log into the test's.
func testLog(t *testing.T) *slog.Logger {
	return slog.New(slog.NewTextHandler(testWriter{t}, &slog.HandlerOptions{Level: slog.LevelWarn}))
}

type testWriter struct{ t *testing.T }

func (w testWriter) Write(b []byte) (int, error) {
	w.t.Logf("host: %s", bytes.TrimSpace(b))
	return len(b), nil
}

// testClock stands still unless it is moved.
type testClock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *testClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *testClock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// testPerson speaks for somebody; nobody yet when secret is empty.
type testPerson struct {
	h      *testHost
	id     int
	secret string
}

// testAnswer is an answer that was read whole.
type testAnswer struct {
	status int
	header http.Header
	body   []byte
}

func (h *testHost) nobody() *testPerson { return &testPerson{h: h} }

// setUp makes the owner.
func (h *testHost) setUp(name string) *testPerson {
	h.Helper()
	p := h.nobody()
	return p.signedIn(p.call("POST", "/api/setup", map[string]any{"token": h.app.Token(), "name": name}), http.StatusCreated)
}

// join makes a member.
func (h *testHost) join(name string) *testPerson {
	h.Helper()
	p := h.nobody()
	return p.signedIn(p.call("POST", "/api/join", map[string]any{"code": "join-me", "name": name}), http.StatusCreated)
}

// signedIn takes the session out of an answer.
func (p *testPerson) signedIn(a testAnswer, status int) *testPerson {
	p.h.Helper()
	a.want(p.h, status, "")
	q := &testPerson{h: p.h, secret: a.cookie(p.h).Value}
	q.id = int(a.json(p.h)["me"].(map[string]any)["id"].(float64))
	return q
}

// call sends body as JSON, or no body for nil, in this person's name.
func (p *testPerson) call(method, path string, body any, change ...func(*http.Request)) testAnswer {
	p.h.Helper()
	var data []byte
	switch b := body.(type) {
	case nil:
	case string:
		data = []byte(b)
	case []byte:
		data = b
	default:
		var err error
		if data, err = json.Marshal(b); err != nil {
			p.h.Fatal(err)
		}
	}
	r, err := http.NewRequest(method, p.h.url+path, bytes.NewReader(data))
	if err != nil {
		p.h.Fatal(err)
	}
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if p.secret != "" {
		r.Header.Set("Authorization", "Bearer "+p.secret)
	}
	for _, f := range change {
		f(r)
	}
	res, err := p.h.http.Do(r)
	if err != nil {
		p.h.Fatalf("%s %s: %v", method, path, err)
	}
	defer res.Body.Close()
	a := testAnswer{status: res.StatusCode, header: res.Header}
	if a.body, err = io.ReadAll(res.Body); err != nil {
		p.h.Fatalf("%s %s: %v", method, path, err)
	}
	return a
}

// withHeader sets a header of a request; Host is one of them.
func withHeader(name, value string) func(*http.Request) {
	return func(r *http.Request) {
		if name == "Host" {
			r.Host = value
			return
		}
		r.Header.Set(name, value)
	}
}

func (a testAnswer) json(t testing.TB) map[string]any {
	t.Helper()
	var v map[string]any
	if err := json.Unmarshal(a.body, &v); err != nil {
		t.Fatalf("%d %q: %v", a.status, a.body, err)
	}
	return v
}

// code is that of an error, or empty.
func (a testAnswer) code() string {
	var v struct {
		Error struct{ Code, Message string }
	}
	if json.Unmarshal(a.body, &v, json.MatchCaseInsensitiveNames(true)) != nil {
		return ""
	}
	return v.Error.Code
}

// want fails unless the answer has the status and, if not empty, the code.
func (a testAnswer) want(t testing.TB, status int, code string) testAnswer {
	t.Helper()
	if a.status != status || code != "" && a.code() != code {
		t.Fatalf("answer %d %s, want %d %s", a.status, a.body, status, code)
	}
	return a
}

func (a testAnswer) cookie(t testing.TB) *http.Cookie {
	t.Helper()
	cookies := (&http.Response{Header: a.header}).Cookies()
	if len(cookies) != 1 {
		t.Fatalf("cookies %v", cookies)
	}
	return cookies[0]
}

// raw sends bytes as they are and gives all that comes back until the host
// closes or answers once.
func (h *testHost) raw(request string) string {
	h.Helper()
	c, err := net.Dial("tcp", h.host)
	if err != nil {
		h.Fatal(err)
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(5 * time.Second))
	go io.WriteString(c, request)
	b, _ := io.ReadAll(c)
	return string(b)
}
