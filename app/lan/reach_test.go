package lan

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReach(t *testing.T) {
	for _, c := range []struct {
		loopback bool
		ranked   []Address
		want     Reach
	}{
		{true, []Address{{Known: true}}, Closed},
		{false, nil, Offline},
		{false, []Address{{}, {}}, Waiting},
		{false, []Address{{}, {Known: true}}, Reached},
	} {
		if got := ReachOf(c.loopback, c.ranked); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

func TestCauses(t *testing.T) {
	at := func(kind Kind, route bool) Address { return Address{Kind: kind, Default: route} }
	for _, c := range []struct {
		state  Reach
		system string
		ranked []Address
		want   []string
	}{
		{Closed, "linux", []Address{at(Real, true)}, []string{"closed"}},
		{Offline, "darwin", nil, []string{"offline"}},
		{Reached, "windows", []Address{at(Real, true)}, nil},
		{Waiting, "windows", []Address{at(Real, true)}, []string{"public", "firewall", "guest"}},
		{Waiting, "linux", []Address{at(Real, true), at(VPN, false)}, []string{"firewall", "guest"}},
		{Waiting, "darwin", []Address{at(Real, false), at(VPN, true)}, []string{"vpn", "firewall", "guest"}},
		{Waiting, "windows", []Address{at(VPN, true)}, []string{"vpn", "public", "firewall", "guest"}},
		{Waiting, "linux", []Address{at(Virtual, false)}, []string{"virtual", "firewall", "guest"}},
		{Waiting, "linux", []Address{at(Link, false)}, []string{"link", "firewall", "guest"}},
	} {
		if d := cmp.Diff(c.want, c.state.Causes(c.system, c.ranked)); d != "" {
			t.Errorf("%+v: %s", c, d)
		}
	}
}
