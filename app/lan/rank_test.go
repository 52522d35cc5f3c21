package lan

import (
	"fmt"
	"net"
	"net/netip"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The sets below are what computers of people show, with the names as each
// system gives them. A line is an interface: its name, a colon, its addresses;
// "down", "loop" and "ptp" in brackets are flags, a star marks the addresses
// that the default route uses.
var sets = []struct {
	name string
	in   string
	want string // the addresses in order
	kind Kind   // of the first
}{
	{"Windows: a cable, Hyper-V, WSL", `
		Loopback Pseudo-Interface 1 [loop]: 127.0.0.1 ::1
		vEthernet (Default Switch): 172.24.32.1 fe80::1
		vEthernet (WSL (Hyper-V firewall)): 172.29.96.1 fe80::2
		Ethernet: 192.168.1.5* fe80::3`,
		"192.168.1.5 172.24.32.1 172.29.96.1", Real},
	{"Windows: Wi-Fi, VMware and VirtualBox", `
		VMware Network Adapter VMnet1: 192.168.56.1
		VMware Network Adapter VMnet8: 192.168.150.1
		VirtualBox Host-Only Network: 192.168.99.1
		Bluetooth Network Connection [down]: 169.254.7.7
		Wi-Fi: 10.0.0.23* fe80::3`,
		"10.0.0.23 192.168.56.1 192.168.150.1 192.168.99.1", Real},
	{"Windows: the cable sits in an external switch", `
		vEthernet (External): 192.168.178.20* fe80::1
		vEthernet (WSL): 172.20.0.1`,
		"192.168.178.20 172.20.0.1", Real},
	{"Windows in Chinese: WLAN, a tunnel that takes everything", `
		WLAN: 192.168.3.17
		以太网 [down]: 169.254.10.10
		Meta: 198.18.0.1*`,
		"192.168.3.17 198.18.0.1", Real},
	{"Windows: Tailscale and an office", `
		Tailscale: 100.101.102.103 fd7a:115c:a1e0::5
		Ethernet 2: 10.20.30.40* 2001:db8:1::40*`,
		"10.20.30.40 2001:db8:1::40 100.101.102.103 fd7a:115c:a1e0::5", Real},
	{"Windows: the mobile hotspot beside the cable", `
		Local Area Connection* 12: 192.168.137.1
		Ethernet: 192.168.0.4*`,
		"192.168.0.4 192.168.137.1", Real},
	{"Windows: OpenVPN takes the default route", `
		OpenVPN TAP-Windows6: 10.8.0.6*
		Wi-Fi: 192.168.1.77`,
		"192.168.1.77 10.8.0.6", Real},
	{"macOS: Wi-Fi, AirDrop, tunnels of the system", `
		lo0 [loop]: 127.0.0.1 ::1 fe80::1
		awdl0: fe80::2
		llw0: fe80::2
		utun0 [ptp]: fe80::4
		utun1 [ptp]: fe80::5
		en0: fe80::6 192.168.1.30* 2001:db8:2::a* 2001:db8:2::b`,
		"192.168.1.30 2001:db8:2::a", Real},
	{"macOS: two of everything, machines beside", `
		en0: 192.168.1.30
		en7: 192.168.1.31*
		bridge100: 192.168.64.1
		vmenet0:
		utun4 [ptp]: 10.99.0.2`,
		"192.168.1.31 192.168.1.30 10.99.0.2 192.168.64.1", Real},
	{"macOS: the company's VPN takes the default route", `
		en0: 172.16.4.9
		utun3 [ptp]: 10.200.1.7*`,
		"172.16.4.9 10.200.1.7", Real},
	{"Linux: Docker and its bridges", `
		lo [loop]: 127.0.0.1 ::1
		docker0: 172.17.0.1
		br-0123456789ab: 172.18.0.1
		veth1a2b3c4: fe80::7
		enp3s0: 192.168.1.8* fe80::8 fd12::8 2001:db8:3::8*`,
		"192.168.1.8 2001:db8:3::8 fd12::8 172.17.0.1 172.18.0.1", Real},
	{"Linux: libvirt, WireGuard, Tailscale", `
		virbr0: 192.168.122.1
		wg0 [ptp]: 10.6.0.2
		tailscale0 [ptp]: 100.64.7.7 fd7a:115c:a1e0::7
		wlp2s0: 192.168.43.12*`,
		"192.168.43.12 10.6.0.2 100.64.7.7 fd7a:115c:a1e0::7 192.168.122.1", Real},
	{"Linux: two Wi-Fis, one leads to the internet", `
		wlan0: 192.168.1.10
		wlan1: 10.42.0.1*`,
		"10.42.0.1 192.168.1.10", Real},
	{"Linux: a server's cable in a bridge", `
		eno1:
		br0: 192.168.10.2*
		eno2: 192.168.20.2`,
		"192.168.10.2 192.168.20.2", Real},
	{"Linux inside WSL", `
		lo [loop]: 127.0.0.1
		eth0: 172.29.101.5*`,
		"172.29.101.5", Real},
	{"Linux: a provider that shares its addresses", `
		wwan0: 100.70.1.2*`,
		"100.70.1.2", Real},
	{"IPv6 only", `
		lo [loop]: ::1
		eth0: fe80::1 2001:db8::5* fd00::5`,
		"2001:db8::5 fd00::5", Real},
	{"a cable between two computers", `
		eth0: 169.254.12.13`,
		"169.254.12.13", Link},
	{"only a tunnel", `
		tun0 [ptp]: 10.8.0.2*
		eth0 [down]: 192.168.1.5`,
		"10.8.0.2", VPN},
	{"only machines inside", `
		docker0: 172.17.0.1`,
		"172.17.0.1", Virtual},
	{"unplugged", `
		lo [loop]: 127.0.0.1 ::1
		eth0 [down]: 192.168.1.5`,
		"", 0},
	{"none", ``, "", 0},
	{"the same address twice, once dressed as IPv6", `
		eth0: 192.168.1.5*
		wlan0: ::ffff:192.168.1.5`,
		"192.168.1.5", Real},
	{"nothing that is an address of a computer", `
		eth0: 0.0.0.0 :: 224.0.0.1 ff02::1`,
		"", 0},
}

func TestRanking(t *testing.T) {
	for _, c := range sets {
		got := Rank(parse(t, c.in), nil)
		if d := cmp.Diff(c.want, list(got)); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
		if len(got) > 0 && got[0].Kind != c.kind {
			t.Errorf("%s: the first is of kind %d, want %d", c.name, got[0].Kind, c.kind)
		}
	}
}

// A device that came in proves more than any guess.
func TestAddressThatWorkedComesFirst(t *testing.T) {
	n := parse(t, `
		Ethernet: 192.168.1.5*
		Tailscale: 100.101.102.103
		Ethernet 2: 10.0.0.4`)
	for known, want := range map[string]string{
		"":                         "192.168.1.5 10.0.0.4 100.101.102.103",
		"10.0.0.4":                 "10.0.0.4 192.168.1.5 100.101.102.103",
		"100.101.102.103":          "100.101.102.103 192.168.1.5 10.0.0.4",
		"100.101.102.103 10.0.0.4": "10.0.0.4 100.101.102.103 192.168.1.5",
		"192.168.7.7":              "192.168.1.5 10.0.0.4 100.101.102.103",
	} {
		var addrs []netip.Addr
		for a := range strings.FieldsSeq(known) {
			addrs = append(addrs, netip.MustParseAddr(a))
		}
		if d := cmp.Diff(want, list(Rank(n, addrs))); d != "" {
			t.Errorf("known %q: %s", known, d)
		}
	}
}

// What the system says of this computer can be ranked and holds no loopback.
func TestReading(t *testing.T) {
	n := Read()
	if !n.Has(netip.MustParseAddr("127.0.0.1")) {
		t.Error("the system does not tell of loopback")
	}
	for _, a := range Rank(n, nil) {
		if a.Addr.IsLoopback() || !n.Has(a.Addr) {
			t.Errorf("%v cannot be reached", a)
		}
	}
}

func parse(t *testing.T, text string) (n Network) {
	t.Helper()
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		name, addrs, ok := strings.Cut(line, ":")
		if !ok {
			t.Fatal(line)
		}
		i := Interface{Flags: net.FlagUp | net.FlagMulticast}
		i.Name, line, _ = strings.Cut(name, " [")
		switch strings.TrimSuffix(line, "]") {
		case "down":
			i.Flags &^= net.FlagUp
		case "loop":
			i.Flags |= net.FlagLoopback
		case "ptp":
			i.Flags |= net.FlagPointToPoint
		}
		for a := range strings.FieldsSeq(addrs) {
			plain, route := strings.CutSuffix(a, "*")
			i.Addrs = append(i.Addrs, netip.MustParseAddr(plain))
			if route {
				n.Routes = append(n.Routes, netip.MustParseAddr(plain))
			}
		}
		n.Interfaces = append(n.Interfaces, i)
	}
	return n
}

func list(addrs []Address) string {
	var out []string
	for _, a := range addrs {
		out = append(out, fmt.Sprint(a.Addr))
	}
	return strings.Join(out, " ")
}
