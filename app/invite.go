package app

import (
	"cmp"
	"net"
	"net/http"
	"net/netip"
	"slices"
)

type wireInvite struct {
	Code string   `json:"code"`
	URLs []string `json:"urls"`
}

// getInvite tells what lets others in: the code, and the addresses that lead
// here with the code in them.
func (a *App) getInvite(q *call) error {
	return a.answerInvite(q, a.store.JoinCode())
}

// postInvite makes a new code; the old one ends.
func (a *App) postInvite(q *call) error {
	if err := decode(q.Ctx, &struct{}{}); err != nil {
		return err
	}
	code, err := a.store.NewJoinCode(q.ctx)
	if err != nil {
		return err
	}
	return a.answerInvite(q, code)
}

func (a *App) answerInvite(q *call, code string) error {
	w := wireInvite{Code: code}
	for _, base := range a.bases() {
		w.URLs = append(w.URLs, base+"/#join="+code)
	}
	return reply(q.Ctx, http.StatusOK, w)
}

// bases are the addresses of the page for other computers, the likeliest to
// work first; there is always one.
func (a *App) bases() []string {
	if !a.bound.everywhere() {
		return []string{a.bound.url()}
	}
	var out []string
	for _, addr := range reachable(a.o.Addresses()) {
		out = append(out, baseURL(addr.String(), a.bound.port))
	}
	return out
}

// reachable ranks the computer's own addresses by how likely another computer
// of the same network reaches them, and leaves out those that it cannot.
// Without any it gives the loopback address.
func reachable(addrs []netip.Addr) []netip.Addr {
	var out []netip.Addr
	for _, addr := range addrs {
		addr = addr.Unmap()
		if rankOf(addr) < unreachable && !slices.Contains(out, addr) {
			out = append(out, addr)
		}
	}
	slices.SortStableFunc(out, func(a, b netip.Addr) int { return cmp.Compare(rankOf(a), rankOf(b)) })
	if len(out) == 0 {
		out = append(out, netip.AddrFrom4([4]byte{127, 0, 0, 1}))
	}
	return out
}

const unreachable = 100

// rankOf puts the private networks of homes and offices first. 172.16–31 is
// also where virtual machines and containers live, 100.64 where a VPN does.
func rankOf(addr netip.Addr) int {
	for rank, prefix := range []string{"192.168.0.0/16", "10.0.0.0/8", "172.16.0.0/12"} {
		if netip.MustParsePrefix(prefix).Contains(addr) {
			return rank
		}
	}
	switch {
	case addr.IsLoopback(), addr.IsLinkLocalUnicast(), addr.IsMulticast(), addr.IsUnspecified(), !addr.IsValid():
		return unreachable
	case netip.MustParsePrefix("100.64.0.0/10").Contains(addr):
		return 20
	case addr.Is4():
		return 10
	case addr.IsPrivate():
		return 30
	}
	return 40
}

// ownAddresses asks the computer for its addresses.
func ownAddresses() []netip.Addr {
	var out []netip.Addr
	addrs, _ := net.InterfaceAddrs() // without them there is still the loopback address
	for _, a := range addrs {
		if p, err := netip.ParsePrefix(a.String()); err == nil {
			out = append(out, p.Addr())
		}
	}
	return out
}
