package app

import (
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/go-json-experiment/json"

	"duologue/app/lan"
	"duologue/app/listen"
)

func TestReachOfAClosedHost(t *testing.T) {
	h := startHost(t)
	a := h.setUp("Alice")
	got := a.call("GET", "/api/reach", nil).want(t, 200, "").json(t)
	if got["state"] != "closed" || got["arrived"] != 0.0 || len(got["addresses"].([]any)) != 0 {
		t.Error(got)
	}
}

// ownAddress is an address of this computer that is not loopback, so that a
// request to it comes from somewhere else than a browser at the host would.
func ownAddress(t *testing.T) netip.Addr {
	t.Helper()
	for _, a := range lan.Rank(lan.Read(), nil) {
		if c, err := net.Listen("tcp", netip.AddrPortFrom(a.Addr, 0).String()); err == nil {
			c.Close()
			return a.Addr
		}
	}
	t.Skip("skipped: this computer has no address but loopback")
	return netip.Addr{}
}

// A device that comes in is noticed, its way in is preferred, and both are
// remembered.
func TestArrivalIsNoticedAndRemembered(t *testing.T) {
	far := ownAddress(t)
	dir := t.TempDir()
	own := atomic.Bool{}
	with := func(o *Options) {
		o.Data, o.Addr = dir, "0.0.0.0:0"
		if far.Is6() {
			o.Addr = ":0"
		}
		o.Network = func() lan.Network {
			if own.Load() {
				return networkOf("192.168.1.5", far.String())
			}
			return networkOf("192.168.1.5")
		}
	}
	h := startHost(t, with)
	a := h.setUp("Alice")
	visit := func() {
		r, err := http.NewRequest("GET", listen.BaseURL(far.String(), h.app.bound.Port)+"/api/host", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("User-Agent", "Mozilla/5.0 (Linux; Android 15) Chrome/150.0 Mobile Safari/537.36")
		answer, err := h.http.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
	}
	state := func() map[string]any {
		t.Helper()
		return a.call("GET", "/api/reach", nil).want(t, 200, "").json(t)
	}
	if got := state(); got["state"] != "waiting" || got["arrived"] != 0.0 {
		t.Error(got)
	}
	// The computer's own browser proves nothing, whatever address it uses.
	own.Store(true)
	state()
	visit()
	if got := state(); got["state"] != "waiting" || got["arrived"] != 0.0 {
		t.Error(got)
	}
	// The same request from what is not this computer does.
	own.Store(false)
	state()
	visit()
	got := state()
	if got["arrived"] != float64(h.clock.Now().UnixMilli()) || got["by"] != far.String() || got["device"] != "Chrome on Android" {
		t.Error(got)
	}
	own.Store(true)
	if got := state(); got["state"] != "reached" || len(got["causes"].([]any)) != 0 {
		t.Error(got)
	}
	invite := a.call("GET", "/api/invite", nil).want(t, 200, "").json(t)["urls"].([]any)
	if invite[0] != listen.BaseURL(far.String(), h.app.bound.Port)+"/#join=join-me" {
		t.Errorf("the way in that worked is not the first of %v", invite)
	}

	if err := h.app.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, networkName))
	var kept lan.State
	if err != nil || json.Unmarshal(data, &kept) != nil || len(kept.Reached) != 1 || kept.Reached[0] != far {
		t.Fatalf("%s, %v", data, err)
	}
	again := startHost(t, with)
	if got := again.app.bases(); len(got) != 2 || got[0] != listen.BaseURL(far.String(), again.app.bound.Port) {
		t.Errorf("after a restart: %v", got)
	}
}
