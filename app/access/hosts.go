package access

import (
	"net/netip"
	"strconv"
	"strings"
)

// Hosts are the names that lead to this host; a foreign name that was pointed
// at our address is not among them.
type Hosts map[string]bool

// NewHosts takes the computer's name and the host named to listen on.
func NewHosts(computer, named string) Hosts {
	h := Hosts{"localhost": true}
	computer = strings.ToLower(strings.TrimSuffix(computer, "."))
	short, _, _ := strings.Cut(computer, ".")
	for _, name := range []string{computer, short, short + ".local", strings.ToLower(strings.TrimSuffix(named, "."))} {
		if PlainHost(name) {
			h[name] = true
		}
	}
	return h
}

// Allowed reports whether a Host header names this host: one of the names, or
// any IP address, with any port or none. What it lets through has only
// characters that may stand in a header.
func (h Hosts) Allowed(header string) bool {
	host := header
	if i := strings.LastIndexByte(header, ':'); i >= 0 && !strings.HasSuffix(header, "]") {
		port := header[i+1:]
		n, err := strconv.ParseUint(port, 10, 16)
		if err != nil || n == 0 {
			return false
		}
		host = header[:i]
	}
	if inner, ok := strings.CutPrefix(host, "["); ok {
		inner, ok = strings.CutSuffix(inner, "]")
		addr, err := netip.ParseAddr(inner)
		return ok && err == nil && addr.Is6() && addr.Zone() == ""
	}
	if addr, err := netip.ParseAddr(host); err == nil {
		return addr.Is4()
	}
	return h[strings.ToLower(host)]
}

// PlainHost reports whether name can be the name of a computer.
func PlainHost(name string) bool {
	return name != "" && !strings.HasPrefix(name, ".") &&
		strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-._") == ""
}
