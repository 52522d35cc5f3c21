package listen

import (
	"net"
	"net/netip"
)

// AddrOf is the address without a port; an IPv4-mapped IPv6 address
// is the IPv4 one. All that is no address of the internet is one address.
func AddrOf(a net.Addr) netip.Addr {
	t, ok := a.(*net.TCPAddr)
	if !ok {
		return netip.Addr{}
	}
	return t.AddrPort().Addr().Unmap().WithZone("")
}

// SameComputer is about the two ends of a connection: a computer also reaches
// itself by any of its own addresses.
func SameComputer(remote, local netip.Addr) bool {
	return remote.IsLoopback() || remote.IsValid() && remote == local
}
