package app

import (
	"context"
	"errors"
	"net/netip"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"duologue/app/lan"
	"duologue/app/listen"
)

// airwaves stand in for a network: they note what is announced, and tell who
// is there.
type airwaves struct {
	mu    sync.Mutex
	tasks []string // what was begun, in order
	hosts []lan.Host
	deaf  bool
	news  chan struct{}
}

func (w *airwaves) discover(ctx context.Context, me *lan.Service, found func([]lan.Host)) error {
	task := "as nobody"
	if me != nil {
		task = "as " + me.Owner
	}
	if found != nil {
		task += " looking"
	}
	w.mu.Lock()
	w.tasks = append(w.tasks, task)
	hosts, deaf := w.hosts, w.deaf
	w.mu.Unlock()
	w.news <- struct{}{}
	if deaf {
		return errors.New("no multicast here")
	}
	if found != nil {
		found(hosts)
	}
	<-ctx.Done()
	return nil
}

func startFinding(t *testing.T, w *airwaves, change ...func(*Options)) *testHost {
	w.news = make(chan struct{}, 100)
	return startHost(t, append([]func(*Options){func(o *Options) {
		o.Addr, o.NoDiscovery, o.Discover = "0.0.0.0:0", false, w.discover
	}}, change...)...)
}

// begun waits for the next task.
func (w *airwaves) begun(t *testing.T, want string) {
	t.Helper()
	for end := time.After(20 * time.Second); ; {
		w.mu.Lock()
		if len(w.tasks) > 0 {
			got := w.tasks[0]
			w.tasks = w.tasks[1:]
			w.mu.Unlock()
			if got != want {
				t.Fatalf("on the network: %q, want %q", got, want)
			}
			return
		}
		w.mu.Unlock()
		select {
		case <-w.news:
		case <-end:
			t.Fatalf("nothing happens on the network, want %q", want)
		}
	}
}

var smiths = lan.Host{Service: lan.Service{Instance: "abcdefghij", Owner: "Alice", Port: 7272}, Title: "The Smiths", Addr: netip.MustParseAddr("192.168.1.7")}

func (p *testPerson) found() []any {
	p.h.Helper()
	return p.call("GET", "/api/found", nil).want(p.h, 200, "").json(p.h)["hosts"].([]any)
}

func TestFirstPageSeesOtherHosts(t *testing.T) {
	w := &airwaves{hosts: []lan.Host{smiths}}
	dir := t.TempDir()
	h := startFinding(t, w, func(o *Options) { o.Data = dir })
	somebody := h.nobody()
	somebody.found()
	w.begun(t, "as nobody looking")
	want := map[string]any{"instance": "abcdefghij", "owner": "Alice", "title": "The Smiths", "url": "http://192.168.1.7:7272/", "here": true, "chosen": false}
	if d := cmp.Diff([]any{want}, somebody.found()); d != "" {
		t.Error(d)
	}
	somebody.call("POST", "/api/found", map[string]any{}).want(t, 400, "bad_request")
	somebody.call("POST", "/api/found", map[string]any{"instance": "unknown000"}).want(t, 404, "not_found")
	somebody.call("POST", "/api/found", map[string]any{"instance": "abcdefghij"}).want(t, 204, "")
	if err := h.app.Close(); err != nil {
		t.Fatal(err)
	}

	// The next start offers it first, there or not.
	w = &airwaves{hosts: []lan.Host{{Service: lan.Service{Instance: "another000", Port: 7272}, Addr: netip.MustParseAddr("192.168.1.8")}}}
	h = startFinding(t, w, func(o *Options) { o.Data = dir })
	want["here"], want["chosen"] = false, true
	if d := cmp.Diff([]any{want}, h.nobody().found()); d != "" {
		t.Error(d)
	}
	w.begun(t, "as nobody looking")
	if got := h.nobody().found(); len(got) != 2 || got[0].(map[string]any)["instance"] != "abcdefghij" {
		t.Error(got)
	}

	// Once there is an owner, it is the owner's to know.
	a := h.setUp("Lin Wei")
	w.begun(t, "as Lin Wei looking")
	h.nobody().call("GET", "/api/found", nil).want(t, 401, "unauthorized")
	h.join("Bob").call("GET", "/api/found", nil).want(t, 403, "forbidden")
	if got := a.found(); len(got) != 2 {
		t.Error(got)
	}
}

// The person at this computer may open the first page by any address of it.
func TestFirstPageByAnotherAddress(t *testing.T) {
	far := ownAddress(t)
	h := startFinding(t, &airwaves{hosts: []lan.Host{smiths}}, func(o *Options) { o.Addr = ":0" })
	h.url = listen.BaseURL(far.String(), h.app.bound.Port)
	h.nobody().found()
	if got := h.nobody().call("GET", "/api/host", nil).want(t, 200, "").json(t); got["suggest"] != "Alice" {
		t.Error(got)
	}
}

func TestAnnouncementFollowsNameAndNetwork(t *testing.T) {
	w := &airwaves{}
	h := startFinding(t, w)
	a := h.setUp("Alice")
	w.begun(t, "as Alice")
	a.call("PATCH", "/api/me", map[string]any{"name": "Alice Meyer"}).want(t, 200, "")
	w.begun(t, "as Alice Meyer")
	h.app.finder.Restart()
	w.begun(t, "as Alice Meyer")
}

// Where the network takes no multicast, or nobody is to know, all else works.
func TestWithoutFinding(t *testing.T) {
	for name, change := range map[string]func(*Options){
		"switched off":  func(o *Options) { o.NoDiscovery = true },
		"loopback only": func(o *Options) { o.Addr = "127.0.0.1:0" },
		"a name for it": func(o *Options) { o.Addr = "localhost:0" },
	} {
		w := &airwaves{}
		h := startFinding(t, w, change)
		a := h.setUp("Alice")
		if got := a.found(); len(got) != 0 {
			t.Error(got)
		}
		h.app.finder.Restart()
		if err := h.app.Close(); err != nil {
			t.Fatal(err)
		}
		if len(w.tasks) > 0 {
			t.Errorf("%s: %v", name, w.tasks)
		}
	}
	w := &airwaves{deaf: true}
	h := startFinding(t, w)
	a := h.setUp("Alice")
	w.begun(t, "as Alice")
	if got := a.found(); len(got) != 0 {
		t.Error(got)
	}
}
