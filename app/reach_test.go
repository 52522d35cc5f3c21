package app

import (
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-json-experiment/json"

	"duologue/app/lan"
	"duologue/app/listen"
)

func networks(addrs ...string) func() lan.Network {
	return func() lan.Network { return networkOf(addrs...) }
}

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
	data, err := os.ReadFile(filepath.Join(dir, memoryName))
	var kept memory
	if err != nil || json.Unmarshal(data, &kept) != nil || len(kept.Reached) != 1 || kept.Reached[0] != far {
		t.Fatalf("%s, %v", data, err)
	}
	again := startHost(t, with)
	if got := again.app.bases(); len(got) != 2 || got[0] != listen.BaseURL(far.String(), again.app.bound.Port) {
		t.Errorf("after a restart: %v", got)
	}
}

func TestMemoryThatCannotBeRead(t *testing.T) {
	for _, text := range []string{"", "{", "[]", `{"reached":["x"]}`, `{"reached":7}`, "\x00\xff"} {
		dir := t.TempDir()
		if err := os.WriteFile(memoryFile(dir), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		o := Options{Data: dir, Network: networks()}
		o.setDefaults()
		if m := newNetwork(o).remembered(); m.Arrived != 0 || len(m.Reached) != 0 {
			t.Errorf("%q is read as %+v", text, m)
		}
	}
}

func TestManyWaysInAreBounded(t *testing.T) {
	o := Options{Data: t.TempDir(), Network: networks("192.168.1.5"), Now: time.Now}
	o.setDefaults()
	n := newNetwork(o)
	for i := range 100 {
		n.arrived(netip.MustParseAddr("192.168.1.9"), netip.AddrFrom4([4]byte{10, 0, 0, byte(i)}), func() string { return "" })
	}
	if m := n.remembered(); len(m.Reached) != maxReached || m.Reached[0] != netip.MustParseAddr("10.0.0.99") {
		t.Errorf("%d are remembered, the first is %v", len(m.Reached), m.Reached[0])
	}
}

// However many come in, and by however many ways, the system is asked for its
// addresses once a second, and nobody waits for its answer.
func TestManyArrivalsAskTheSystemOnce(t *testing.T) {
	clock := &testClock{now: time.Now()}
	asked, answer := make(chan struct{}), make(chan struct{})
	first := true
	o := Options{Data: t.TempDir(), Now: clock.Now, Network: func() lan.Network {
		if !first {
			asked <- struct{}{}
			<-answer
		}
		first = false
		return networkOf("192.168.1.5")
	}}
	o.setDefaults()
	n := newNetwork(o)
	come := func(i byte) {
		n.arrived(netip.MustParseAddr("192.168.1.9"), netip.AddrFrom4([4]byte{10, 0, 0, i}), func() string { return "" })
	}
	for i := range byte(2) {
		noted := make(chan struct{})
		go func() { come(i); close(noted) }()
		<-asked
		for j := range byte(100) {
			come(100 + j)
		}
		answer <- struct{}{}
		<-noted
		if m := n.remembered(); m.By != netip.AddrFrom4([4]byte{10, 0, 0, i}) || len(m.Reached) != maxReached {
			t.Fatalf("%+v", m)
		}
		clock.advance(time.Second)
	}
}

func TestNetworkTellsWhenAddressesChange(t *testing.T) {
	var now atomic.Value
	now.Store("192.168.1.5")
	o := Options{Data: t.TempDir(), Network: func() lan.Network { return networkOf(now.Load().(string)) }}
	o.setDefaults()
	n := newNetwork(o)
	changed := make(chan struct{}, 1)
	done := make(chan struct{})
	go func() { n.run(t.Context(), func() { changed <- struct{}{} }); close(done) }()
	now.Store("10.0.0.7")
	select {
	case <-changed:
	case <-time.After(20 * time.Second):
		t.Fatal("nothing was noticed")
	}
	t.Cleanup(func() { <-done })
}
