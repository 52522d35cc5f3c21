package app

import (
	"log/slog"
	"net/netip"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func networkIn(dir string) *network {
	return newNetwork(Options{Data: dir, Now: time.Now, Log: slog.New(slog.DiscardHandler), Network: networks("192.168.1.2")})
}

// What is noted and saved by many at once is remembered as it was last.
func TestNetworkIsSavedByMany(t *testing.T) {
	n := networkIn(t.TempDir())
	var all sync.WaitGroup
	for i := range 4 {
		all.Go(func() {
			for j := range 50 {
				at := netip.AddrFrom4([4]byte{10, 0, byte(i), byte(j)})
				n.arrived(netip.MustParseAddr("192.168.1.9"), at, func() string { return "" })
				n.choose(chosen{Title: at.String()})
			}
		})
	}
	all.Wait()
	if d := cmp.Diff(n.remembered(), networkIn(filepath.Dir(n.file)).remembered(), cmp.Comparer(func(a, b netip.Addr) bool { return a == b })); d != "" {
		t.Error(d)
	}
}

// What could not be saved is saved later.
func TestNetworkIsSavedLater(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "missing")
	n := networkIn(dir)
	n.choose(chosen{Title: "Ann"})
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	n.save()
	if m := networkIn(dir).remembered(); m.Chosen == nil || m.Chosen.Title != "Ann" {
		t.Errorf("remembered: %+v", m)
	}
}
