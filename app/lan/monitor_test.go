package lan

import (
	"errors"
	"log/slog"
	"net"
	"net/netip"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// networkOf is a network with one interface that has these addresses.
func networkOf(addrs ...string) Network {
	i := Interface{Name: "eth0", Flags: net.FlagUp | net.FlagMulticast}
	for _, a := range addrs {
		i.Addrs = append(i.Addrs, netip.MustParseAddr(a))
	}
	return Network{Interfaces: []Interface{i}}
}

// newTestMonitor is one in a network with one address, which saves nothing
// unless it is changed.
func newTestMonitor(change ...func(*MonitorOptions)) *Monitor {
	o := MonitorOptions{Read: func() Network { return networkOf("192.168.1.5") }, Now: time.Now,
		Log: slog.New(slog.DiscardHandler), Save: func([]byte) error { return nil }}
	for _, f := range change {
		f(&o)
	}
	return NewMonitor(o)
}

// guest is somebody in the same network.
var guest = netip.MustParseAddr("192.168.1.9")

func nameless() string { return "" }

func TestNetworkStateThatCannotBeRead(t *testing.T) {
	for _, text := range []string{"", "{", "[]", `{"reached":["x"]}`, `{"reached":7}`, "\x00\xff"} {
		m := newTestMonitor(func(o *MonitorOptions) { o.Saved = []byte(text) })
		if s := m.State(); s.Arrived != 0 || len(s.Reached) != 0 {
			t.Errorf("%q is read as %+v", text, s)
		}
	}
}

func TestManyWaysInAreBounded(t *testing.T) {
	m := newTestMonitor()
	for i := range 100 {
		m.Arrived(guest, netip.AddrFrom4([4]byte{10, 0, 0, byte(i)}), nameless)
	}
	if s := m.State(); len(s.Reached) != maxReached || s.Reached[0] != netip.MustParseAddr("10.0.0.99") {
		t.Errorf("%d are remembered, the first is %v", len(s.Reached), s.Reached[0])
	}
}

// However many come in, and by however many ways, the system is asked for its
// addresses once a second, and nobody waits for its answer.
func TestManyArrivalsAskTheSystemOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		asked, answer := make(chan struct{}), make(chan struct{})
		first := true
		m := newTestMonitor(func(o *MonitorOptions) {
			o.Read = func() Network {
				if !first {
					asked <- struct{}{}
					<-answer
				}
				first = false
				return networkOf("192.168.1.5")
			}
		})
		come := func(i byte) { m.Arrived(guest, netip.AddrFrom4([4]byte{10, 0, 0, i}), nameless) }
		for i := range byte(2) {
			noted := make(chan struct{})
			go func() { come(i); close(noted) }()
			<-asked
			for j := range byte(100) {
				come(100 + j)
			}
			answer <- struct{}{}
			<-noted
			if s := m.State(); s.By != netip.AddrFrom4([4]byte{10, 0, 0, i}) || len(s.Reached) != maxReached {
				t.Fatalf("%+v", s)
			}
			time.Sleep(time.Second)
		}
	})
}

func TestMonitorTellsWhenAddressesChange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var now atomic.Value
		now.Store("192.168.1.5")
		m := newTestMonitor(func(o *MonitorOptions) { o.Read = func() Network { return networkOf(now.Load().(string)) } })
		var changes atomic.Int64
		go m.Run(t.Context(), func() { changes.Add(1) })
		for _, c := range []struct {
			addr string
			want int64
		}{{"192.168.1.5", 0}, {"10.0.0.7", 1}, {"10.0.0.7", 1}, {"192.168.1.5", 2}} {
			now.Store(c.addr)
			time.Sleep(2 * monitorEvery)
			synctest.Wait()
			if n := changes.Load(); n != c.want {
				t.Errorf("with %s changes were told %d times", c.addr, n)
			}
		}
	})
}

// What is noted and saved by many at once is remembered as it was last.
func TestNetworkIsSavedByMany(t *testing.T) {
	var saved []byte // one goroutine at a time saves
	m := newTestMonitor(func(o *MonitorOptions) {
		o.Save = func(data []byte) error { saved = slices.Clone(data); return nil }
	})
	var all sync.WaitGroup
	for i := range 4 {
		all.Go(func() {
			for j := range 50 {
				at := netip.AddrFrom4([4]byte{10, 0, byte(i), byte(j)})
				m.Arrived(guest, at, nameless)
				m.Choose(Chosen{Title: at.String()})
			}
		})
	}
	all.Wait()
	again := newTestMonitor(func(o *MonitorOptions) { o.Saved = saved })
	if d := cmp.Diff(m.State(), again.State(), cmp.Comparer(func(a, b netip.Addr) bool { return a == b })); d != "" {
		t.Error(d)
	}
}

// What could not be saved is saved later.
func TestNetworkIsSavedLater(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		var saved []byte
		fail := errors.New("no folder")
		m := newTestMonitor(func(o *MonitorOptions) {
			o.Save = func(data []byte) error {
				mu.Lock()
				defer mu.Unlock()
				if fail == nil {
					saved = data
				}
				return fail
			}
		})
		m.Choose(Chosen{Title: "Ann"})
		mu.Lock()
		fail = nil
		mu.Unlock()
		go m.Run(t.Context(), func() {})
		time.Sleep(2 * monitorEvery)
		mu.Lock()
		defer mu.Unlock()
		if s := parseState(saved); s.Chosen == nil || s.Chosen.Title != "Ann" {
			t.Errorf("remembered: %+v", s)
		}
	})
}
