package lan

import (
	"net"
	"regexp"
)

// Kind says what an interface most likely is.
type Kind int

const (
	Real    Kind = iota // a cable or a radio, or the way to the internet
	Unknown             // nothing speaks for or against it
	VPN                 // leads to members of a private network elsewhere
	Virtual             // leads to machines and containers inside this computer
	Link                // nobody gave an address here; only what is plugged in directly is reached
)

// String is the kind as the wire calls it: real, unknown, vpn, virtual, link.
func (k Kind) String() string {
	return [...]string{Real: "real", Unknown: "unknown", VPN: "vpn", Virtual: "virtual", Link: "link"}[k]
}

// The names that systems and programs give their interfaces. Windows lets
// people rename theirs and translates some; Linux and macOS number theirs.
var (
	vpnNames = regexp.MustCompile(`(?i)^(tun|utun|ipsec|ppp|wg|nordlynx|proton|zt|ham|gpd|cscotun|feth)\d*([a-z0-9]{8,})?$|` +
		`tailscale|zerotier|wireguard|wintun|openvpn|tap-windows|\bvpn\b|vpn client|hamachi|anyconnect|globalprotect|fortinet|` +
		`sangfor|easytier|netbird|warp|nebula|meta tunnel|^meta$|clash|mihomo|sing-?box|letstap`)
	virtualNames = regexp.MustCompile(`(?i)^(docker|veth|virbr|vmnet|vmenet|vboxnet|lxcbr|lxdbr|lxc|incusbr|podman|cni|flannel|cali|cilium|` +
		`kube|nerdctl|dummy|ifb|awdl|llw|anpi|ap|gif|stf|bridge|sit|ip6tnl)[-.\d_a-z]*$|^br-[0-9a-f]{12}$|` +
		`vethernet|vmware|virtualbox|hyper-v|\bwsl\b|docker|parallels|npcap|loopback|bluestacks|sandbox`)
	realNames = regexp.MustCompile(`(?i)^(eth|en|em|wlan|wlp|wlx|wl|eno|ens|enp|enx|ww|usb|bond|team)[a-z\d]*([.@:]\d+)?$|` +
		`ethernet|wi-?fi|wireless|wlan|以太网|无线|本地连接|^local area connection( \d+)?$`)
)

// kindOf guesses by the name. A tunnel that calls itself point-to-point is one
// whatever its name.
func kindOf(i Interface) Kind {
	switch {
	case virtualNames.MatchString(i.Name):
		return Virtual
	case vpnNames.MatchString(i.Name), i.Flags&net.FlagPointToPoint != 0:
		return VPN
	case realNames.MatchString(i.Name):
		return Real
	}
	return Unknown
}
