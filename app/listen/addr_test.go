package listen

import (
	"net/netip"
	"testing"
)

func TestSameComputer(t *testing.T) {
	for _, c := range []struct {
		remote, local string
		want          bool
	}{
		{"127.0.0.1", "127.0.0.1", true},
		{"::1", "::1", true},
		{"192.168.1.5", "192.168.1.5", true},
		{"192.168.1.7", "192.168.1.5", false},
		{"fd00::7", "fd00::5", false},
	} {
		if got := SameComputer(netip.MustParseAddr(c.remote), netip.MustParseAddr(c.local)); got != c.want {
			t.Errorf("%s to %s: %v", c.remote, c.local, got)
		}
	}
	if SameComputer(netip.Addr{}, netip.Addr{}) {
		t.Error("what has no address is here")
	}
}
