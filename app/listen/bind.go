package listen

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

const (
	firstPort = 7272
	lastPort  = 7281
)

// Bound is where the host listens.
type Bound struct {
	Listeners []net.Listener // whoever called Bind closes them
	Port      int
	Host      string // the host named to listen on; empty: every address
}

// Bind listens on addr, as HOST:PORT, or if it is empty on every address of
// this computer and the first usual port that is free. Browsers try IPv6 first
// for localhost, so both kinds get a listener wherever a name can mean both.
// The error is a sentence for the person at the terminal.
func Bind(addr string) (Bound, error) {
	if addr != "" {
		host, port, err := SplitAddr(addr)
		if err != nil {
			return Bound{}, err
		}
		return bindPort(host, port)
	}
	for port := firstPort; port <= lastPort; port++ {
		b, err := bindPort("", port)
		if err == nil || !inUse(err) {
			return b, err
		}
	}
	return Bound{}, fmt.Errorf("the ports %d to %d are all taken; name another one with -addr :PORT", firstPort, lastPort)
}

// SplitAddr takes HOST:PORT apart; HOST may be empty, and the port is 0 to
// 65535.
func SplitAddr(addr string) (host string, port int, err error) {
	host, text, err := net.SplitHostPort(addr)
	if err == nil {
		port, err = strconv.Atoi(text)
	}
	if err != nil || port < 0 || port > 65535 || strings.ContainsAny(host, "/@ ") {
		return "", 0, fmt.Errorf("-addr takes HOST:PORT or :PORT, not %q", addr)
	}
	return host, port, nil
}

func bindPort(host string, port int) (Bound, error) {
	v4, v6 := "", ""
	switch host {
	case "":
		v4, v6 = "0.0.0.0", "::"
	case "localhost":
		v4, v6 = "127.0.0.1", "::1"
	default:
		l, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(port)))
		if err != nil {
			return Bound{}, cannotListen(host, port, err)
		}
		return Bound{[]net.Listener{l}, portOf(l), host}, nil
	}
	// With port 0 the system chooses for IPv4, and what it chose can be
	// taken for IPv6.
	for tries := 0; ; tries++ {
		b, err := bindBoth(v4, v6, port)
		if err == nil {
			b.Host = host
			return b, nil
		}
		if port != 0 || !inUse(err) || tries == 20 {
			return Bound{}, cannotListen(host, port, err)
		}
	}
}

// bindBoth listens on both addresses with the same port; one of them may not
// exist on this computer.
func bindBoth(v4, v6 string, port int) (Bound, error) {
	b := Bound{Port: port}
	l4, err4 := net.Listen("tcp4", net.JoinHostPort(v4, strconv.Itoa(port)))
	if err4 != nil && inUse(err4) {
		return Bound{}, err4
	}
	if err4 == nil {
		b.Listeners, b.Port = append(b.Listeners, l4), portOf(l4)
	}
	l6, err6 := net.Listen("tcp6", net.JoinHostPort(v6, strconv.Itoa(b.Port)))
	switch {
	case err6 == nil:
		b.Listeners, b.Port = append(b.Listeners, l6), portOf(l6)
	case err4 != nil:
		return Bound{}, err4
	case inUse(err6):
		l4.Close()
		return Bound{}, err6
	}
	return b, nil
}

func portOf(l net.Listener) int { return l.Addr().(*net.TCPAddr).Port }

func inUse(err error) bool { return errors.Is(err, errPortInUse) }

func cannotListen(host string, port int, err error) error {
	where := net.JoinHostPort(host, strconv.Itoa(port))
	if inUse(err) {
		return fmt.Errorf("another program listens on %s already; name another address with -addr", where)
	}
	return fmt.Errorf("cannot listen on %s: %w", where, err)
}

// Everywhere reports whether the host can be reached from other computers by
// any of their addresses.
func (b Bound) Everywhere() bool {
	a, err := netip.ParseAddr(b.Host)
	return b.Host == "" || err == nil && a.IsUnspecified()
}

// LocalOnly reports whether nobody but this computer can come in.
func (b Bound) LocalOnly() bool {
	a, err := netip.ParseAddr(b.Host)
	return b.Host == "localhost" || err == nil && a.Unmap().IsLoopback()
}

// URL is the address of the page for a browser on this computer.
func (b Bound) URL() string {
	host := b.Host
	if b.Everywhere() {
		host = "localhost"
	}
	return BaseURL(host, b.Port)
}

// BaseURL is http://HOST:PORT without a path.
func BaseURL(host string, port int) string {
	u := url.URL{Scheme: "http", Host: net.JoinHostPort(host, strconv.Itoa(port))}
	return u.String()
}
