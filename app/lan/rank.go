package lan

import (
	"cmp"
	"net"
	"net/netip"
	"slices"
)

// Address is one by which others may reach this computer.
type Address struct {
	Addr      netip.Addr
	Interface string
	Kind      Kind
	Default   bool // packets to the internet leave from here
	Known     bool // a device has come in by it before
}

// Rank gives the addresses that others may reach, the likeliest first: those
// that a device has come in by, then cables and radios before tunnels and
// these before what leads inside this computer; IPv4 before IPv6, because it
// can be typed; the way to the internet before others; and the ranges of homes
// before those of offices and machines. What nobody else can reach is left out.
func Rank(n Network, known []netip.Addr) []Address {
	var out []Address
	for _, i := range n.Interfaces {
		if i.Flags&net.FlagUp == 0 || i.Flags&net.FlagLoopback != 0 {
			continue
		}
		for _, addr := range useful(i.Addrs) {
			a := Address{Addr: addr, Interface: i.Name, Default: slices.Contains(n.Routes, addr), Known: slices.Contains(known, addr)}
			a.Kind = refine(kindOf(i), a)
			if !slices.ContainsFunc(out, func(o Address) bool { return o.Addr == addr }) {
				out = append(out, a)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Address) int {
		return cmp.Or(
			first(a.Known, b.Known),
			cmp.Compare(a.Kind, b.Kind),
			first(a.Addr.Is4(), b.Addr.Is4()),
			first(a.Default, b.Default),
			cmp.Compare(rangeOf(a.Addr), rangeOf(b.Addr)),
		)
	})
	return out
}

// refine corrects what the name says by what the address and the route say.
func refine(kind Kind, a Address) Kind {
	switch {
	case a.Addr.IsLinkLocalUnicast():
		return Link
	// What a tunnel's program makes up for itself, and where providers and
	// tunnels keep their members.
	case fakes.Contains(a.Addr), shared.Contains(a.Addr) && !(a.Default && kind != VPN):
		return VPN
	// The way to the internet is real under whatever name, unless it is a
	// tunnel: with an external switch of Hyper-V the cable itself is called
	// vEthernet, and a server's cable may sit in a bridge.
	case a.Default && kind != VPN:
		return Real
	}
	return kind
}

var (
	fakes  = netip.MustParsePrefix("198.18.0.0/15")
	shared = netip.MustParsePrefix("100.64.0.0/10")
	ranges = []netip.Prefix{
		netip.MustParsePrefix("192.168.0.0/16"),
		netip.MustParsePrefix("10.0.0.0/8"),
		netip.MustParsePrefix("172.16.0.0/12"),
		netip.MustParsePrefix("fc00::/7"),
	}
)

// rangeOf puts the private ranges first, in the order of how often they are
// those of a home or an office.
func rangeOf(addr netip.Addr) int {
	if i := slices.IndexFunc(ranges, func(p netip.Prefix) bool { return p.Contains(addr) }); i >= 0 {
		return i
	}
	return len(ranges)
}

// useful leaves out what another computer cannot use in an address: loopback,
// IPv6 addresses that need a zone, and all but the first IPv6 address of a
// range, because systems add passing ones for outgoing connections.
func useful(addrs []netip.Addr) []netip.Addr {
	var out []netip.Addr
	seen := map[int]bool{}
	for _, addr := range addrs {
		addr = addr.Unmap()
		if !addr.IsGlobalUnicast() && !(addr.Is4() && addr.IsLinkLocalUnicast()) {
			continue
		}
		if addr.Is6() {
			if seen[rangeOf(addr)] {
				continue
			}
			seen[rangeOf(addr)] = true
		}
		out = append(out, addr.WithZone(""))
	}
	return out
}

func first(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}
