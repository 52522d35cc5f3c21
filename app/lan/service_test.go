package lan

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pion/mdns/v2"
)

func event(id, owner, addr string, port uint16) mdns.ServiceEvent {
	e := mdns.ServiceEvent{Addr: netip.MustParseAddr(addr)}
	e.Instance.Port = port
	e.Instance.Text = []mdns.TXTEntry{mdns.NewTXTString("ID", id), mdns.NewTXTString("owner", owner), mdns.NewTXTFlag("more")}
	return e
}

// What a host says is what another one reads.
func TestServiceThereAndBack(t *testing.T) {
	s := Service{Instance: "abcdefghij", Owner: "Lin Wei 张伟", Port: 7272}
	said := mdns.ServiceEvent{Instance: s.instance(), Addr: netip.MustParseAddr("::ffff:192.168.1.5")}
	h, err := hostOf(said)
	if d := cmp.Diff(Host{Service: s, Addr: netip.MustParseAddr("192.168.1.5")}, h, cmp.Comparer(func(a, b netip.Addr) bool { return a == b })); err != nil || d != "" {
		t.Error(err, d)
	}
	if h.Base() != "http://192.168.1.5:7272" {
		t.Error(h.Base())
	}
	h.Addr = netip.MustParseAddr("fd00::5")
	if h.Base() != "http://[fd00::5]:7272" {
		t.Error(h.Base())
	}
}

// Anybody can announce anything.
func TestStrangeAnnouncements(t *testing.T) {
	for name, e := range map[string]mdns.ServiceEvent{
		"no name":             event("", "Alice", "192.168.1.5", 7272),
		"a short name":        event("abc", "Alice", "192.168.1.5", 7272),
		"a path":              event("../../../etc", "Alice", "192.168.1.5", 7272),
		"a long name":         event(strings.Repeat("a", 64), "Alice", "192.168.1.5", 7272),
		"no port":             event("abcdefghij", "Alice", "192.168.1.5", 0),
		"somebody's mail":     event("abcdefghij", "Alice", "192.168.1.5", 25),
		"an internet address": event("abcdefghij", "Alice", "93.184.216.34", 7272),
		"this computer":       event("abcdefghij", "Alice", "127.0.0.1", 7272),
		"a zone":              event("abcdefghij", "Alice", "fe80::1%eth0", 7272),
		"everybody":           event("abcdefghij", "Alice", "224.0.0.251", 7272),
		"nothing":             {},
	} {
		if h, err := hostOf(e); err == nil {
			t.Errorf("%s is taken for %+v", name, h)
		}
	}
	for owner, want := range map[string]string{
		" Alice ":                   "Alice",
		"Al\u202eice\r\n\x00":       "Alice",
		"\xffA":                     "A",
		strings.Repeat("张", 100):    strings.Repeat("张", 40),
		"<script>alert(1)</script>": "<script>alert(1)</script>",
	} {
		h, err := hostOf(event("abcdefghij", owner, "10.0.0.1", 7272))
		if err != nil || h.Owner != want {
			t.Errorf("%q is %q, %v", owner, h.Owner, err)
		}
	}
}

func FuzzAnnouncement(f *testing.F) {
	f.Add("abcdefghij", "Alice", []byte{192, 168, 1, 5}, uint16(7272))
	f.Fuzz(func(t *testing.T, id, owner string, ip []byte, port uint16) {
		addr, _ := netip.AddrFromSlice(ip)
		e := mdns.ServiceEvent{Addr: addr}
		e.Instance.Port = port
		e.Instance.Text = []mdns.TXTEntry{mdns.NewTXTString("id", id), mdns.NewTXTBinary("owner", []byte(owner))}
		h, err := hostOf(e)
		if err != nil {
			return
		}
		if h.Port < lowestPort || h.Addr.IsLoopback() || !h.Addr.IsPrivate() && !h.Addr.IsLinkLocalUnicast() {
			t.Errorf("%+v would be asked", h)
		}
		if len([]rune(h.Owner)) > maxOwner || strings.ContainsAny(h.Owner, "\r\n\x00\u202e\u200b") || h.Instance != id {
			t.Errorf("%+v would be shown", h)
		}
	})
}
