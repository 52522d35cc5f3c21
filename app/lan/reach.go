package lan

import "slices"

// Reach says whether others can come in, as far as a host can know that of
// itself: it sees who came, never who was kept out.
type Reach string

// The states of being reachable.
const (
	Reached Reach = "reached" // a device came in by an address that this computer has now
	Waiting Reach = "waiting" // nobody did yet
	Offline Reach = "offline" // there is no address to come in by
	Closed  Reach = "closed"  // the host listens on loopback only
)

// ReachOf gives the state of a host by the addresses that it listens on.
func ReachOf(loopback bool, ranked []Address) Reach {
	switch {
	case loopback:
		return Closed
	case len(ranked) == 0:
		return Offline
	case slices.ContainsFunc(ranked, func(l Address) bool { return l.Known }):
		return Reached
	}
	return Waiting
}

// Causes guesses what may keep others out, the likeliest first, by the operating
// system as runtime.GOOS calls it: closed, offline, vpn, virtual, link, public,
// firewall, guest. A firewall and a Wi-Fi for guests cannot be seen from here,
// so they are named last, and always. There are none when somebody came in.
func (r Reach) Causes(system string, ranked []Address) []string {
	if r == Reached {
		return nil
	}
	if r != Waiting {
		return []string{string(r)}
	}
	var out []string
	tunnel := slices.ContainsFunc(ranked, func(l Address) bool { return l.Kind == VPN && l.Default })
	switch kind := ranked[0].Kind; {
	case kind == VPN, tunnel:
		out = append(out, "vpn")
	case kind == Virtual:
		out = append(out, "virtual")
	case kind == Link:
		out = append(out, "link")
	}
	if system == "windows" {
		out = append(out, "public")
	}
	return append(out, "firewall", "guest")
}
