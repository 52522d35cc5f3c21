package lan

import (
	"errors"
	"net/netip"
	"strconv"
	"strings"
	"unicode"

	"github.com/pion/mdns/v2"
)

// Service is what a host says of itself on the network.
type Service struct {
	Instance string // of its store; tells hosts apart
	Owner    string // whose it is
	Port     int
}

// Host is another host that was found: what it says, and where. Whoever is on
// the network may say so.
type Host struct {
	Service
	Title string // what it calls itself when it is asked
	Addr  netip.Addr
}

const (
	serviceType = "_duologue._tcp"
	maxOwner    = 40
	maxTitle    = 60
	lowestPort  = 1024 // below it stand the services of others, which are not to be asked
)

// Base is the address of a host's page, without the slash at the end.
func (h Host) Base() string {
	return "http://" + netip.AddrPortFrom(h.Addr, uint16(h.Port)).String()
}

// instance puts a service in the words of DNS-SD. Its name is the store's,
// because two hosts with the same title would take each other's place.
func (s Service) instance() mdns.ServiceInstance {
	return mdns.ServiceInstance{
		Instance: s.Instance,
		Service:  serviceType,
		Port:     uint16(s.Port),
		Text: []mdns.TXTEntry{
			mdns.NewTXTString("txtvers", "1"),
			mdns.NewTXTString("id", s.Instance),
			mdns.NewTXTString("port", strconv.Itoa(s.Port)),
			mdns.NewTXTString("owner", tidy(s.Owner, maxOwner)),
		},
	}
}

// localName is a name of its own for the computer that a service runs on: the
// computer's usual name is its system's to answer for.
func (s Service) localName() string {
	return "duologue-" + strings.ToLower(s.Instance[:min(len(s.Instance), 16)]) + ".local"
}

var errStrange = errors.New("not a host that could be asked")

// hostOf takes out of an answer what can be used, and nothing else: text that
// is tidy, a port of programs, an address that a network of people has.
func hostOf(e mdns.ServiceEvent) (Host, error) {
	h := Host{Addr: e.Addr.Unmap()}
	h.Port = int(e.Instance.Port)
	for _, entry := range e.Instance.Text {
		switch strings.ToLower(entry.Key) {
		case "id":
			h.Instance = string(entry.Value)
		case "owner":
			h.Owner = tidy(string(entry.Value), maxOwner)
		}
	}
	if !plain(h.Instance) || h.Port < lowestPort || !nearby(h.Addr) {
		return Host{}, errStrange
	}
	return h, nil
}

// nearby reports whether addr is one of a home or an office, and can stand in
// the address of a page.
func nearby(addr netip.Addr) bool {
	return addr.Zone() == "" && (addr.IsPrivate() || addr.Is4() && addr.IsLinkLocalUnicast())
}

// plain reports whether text can be the name of a store.
func plain(text string) bool {
	return len(text) >= 8 && len(text) <= 63 &&
		strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") == ""
}

// tidy keeps what people can see of a foreign text, up to so many characters.
func tidy(text string, most int) string {
	var out []rune
	for _, r := range strings.TrimSpace(text) {
		if unicode.IsGraphic(r) && r != unicode.ReplacementChar && len(out) < most {
			out = append(out, r)
		}
	}
	return string(out)
}
