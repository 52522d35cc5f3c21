package lan

import (
	"net"
	"net/netip"
)

// Network describes what a computer is connected to.
type Network struct {
	Interfaces []Interface
	// Routes are the addresses that packets to the internet would leave from,
	// one for each kind; the interface that has one has the default route.
	Routes []netip.Addr
}

// Interface is one way out of a computer, real or not.
type Interface struct {
	Name  string // as the system calls it: eth0, en0, "Wi-Fi", "vEthernet (WSL)"
	Flags net.Flags
	Addrs []netip.Addr
}

// Somewhere in the internet that is never asked anything: connecting a UDP
// socket only makes the system choose a route and with it an address of ours.
// Both stand in the ranges that are kept for documentation.
const (
	far4 = "203.0.113.1:9"
	far6 = "[2001:db8::1]:9"
)

// Read asks the system. What it cannot tell is left out.
func Read() Network {
	var n Network
	interfaces, _ := net.Interfaces()
	for _, i := range interfaces {
		entry := Interface{Name: i.Name, Flags: i.Flags}
		addrs, _ := i.Addrs()
		for _, a := range addrs {
			if p, err := netip.ParsePrefix(a.String()); err == nil {
				entry.Addrs = append(entry.Addrs, p.Addr().Unmap())
			}
		}
		n.Interfaces = append(n.Interfaces, entry)
	}
	for network, far := range map[string]string{"udp4": far4, "udp6": far6} {
		if c, err := net.Dial(network, far); err == nil {
			n.Routes = append(n.Routes, c.LocalAddr().(*net.UDPAddr).AddrPort().Addr().Unmap())
			c.Close()
		}
	}
	return n
}

// Has reports whether addr is one of the computer's own.
func (n Network) Has(addr netip.Addr) bool {
	for _, i := range n.Interfaces {
		for _, a := range i.Addrs {
			if a == addr {
				return true
			}
		}
	}
	return false
}
