package ui_test

import (
	"net"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/chromedp"

	"duologue/app"
	"duologue/app/lan"
)

// wired is a room whose host others can reach, in a network as the test says.
func wired(t *testing.T, network func() lan.Network, change ...func(*app.Options)) *room {
	t.Helper()
	r := newRoom(t)
	r.stop()
	r.change = func(o *app.Options) {
		o.Addr, o.Network, o.NoDiscovery, o.Computer = "0.0.0.0:0", network, true, "lins-laptop"
		for _, f := range change {
			f(o)
		}
	}
	r.start()
	return r
}

// cable is a network with one real interface that has these addresses; the
// first leads to the internet.
func cable(addrs ...string) lan.Network {
	i := lan.Interface{Name: "eth0", Flags: net.FlagUp | net.FlagMulticast}
	for _, a := range addrs {
		i.Addrs = append(i.Addrs, netip.MustParseAddr(a))
	}
	return lan.Network{Interfaces: []lan.Interface{i}, Routes: i.Addrs[:1]}
}

// first is the first address of the invitation on screen, with its code.
const first = `document.querySelector('.copyrow.big code').innerText`

// scannable: the picture has come from the host.
const scannable = `document.querySelector('.qr')?.complete && document.querySelector('.qr').naturalWidth > 0`

func TestInviting(t *testing.T) {
	t.Parallel()
	for _, lang := range langs {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			own := outward(t)
			r := wired(t, func() lan.Network { return cable(own, "192.168.77.5") })
			wide, narrow := desk, phone
			wide.lang, narrow.lang = lang, lang
			lin := r.device("Lin Wei", wide)
			lin.open(r.app.URL() + "#token=" + r.app.Token())
			lin.until("a name filled in", `document.querySelector('input[name=name]')?.value === 'Lin Wei'`)
			lin.submit()
			lin.clickOn("the way to invite", `document.querySelector('#invite')`)
			lin.until("an address", `document.querySelector('.copyrow.big code')`)
			lin.until("the picture", scannable)
			lin.sees("lins-laptop.local")
			lin.sees("192.168.77.5")
			link := eval[string](lin, first)
			base, code, ok := strings.Cut(link, "/#join=")
			if !ok || code != "welcome" || !strings.HasPrefix(base, "http://"+own+":") {
				t.Fatalf("the first address is %s, this computer is %s", link, own)
			}
			lin.until("what to type", `document.querySelector('.typable').innerText === $1`, strings.TrimPrefix(base, "http://"))

			// A phone opens what it scanned and gives a name, and nothing else.
			ann := r.device("Ann", narrow)
			ann.open(link)
			ann.until("a field for the name alone", `document.querySelector('input[name=name]') && !document.querySelector('input[name=code]')`)
			ann.fill("input[name=name]", "Ann")
			ann.submit()
			ann.until("the two lists", `document.querySelector('#tab-people')`)
			// Whoever has joined may invite, but not change the code.
			ann.place("#/invite")
			ann.until("the picture", scannable)
			if eval[bool](ann, words+`.includes($1)`, ann.word("invite.new")) {
				t.Error("a member is offered to renew the code")
			}

			// The phone signs itself in on another device.
			ann.place("#/settings")
			ann.click(ann.word("settings.devices.add"))
			ann.until("a picture to scan", `document.querySelector('dialog[open] .qr')?.naturalWidth > 0`)
			device := eval[string](ann, `document.querySelector('dialog .copyrow code').innerText`)
			second := r.device("Ann's computer", wide)
			second.open(device)
			second.until("Ann's own page", `document.querySelector('#me')?.title.includes('Ann')`)
			third := r.device("somebody with the same link", wide)
			third.open(device)
			third.seesWord("door.link")

			// With a new code, the old link ends and the picture changes.
			before := eval[string](lin, `document.querySelector('.qr').src`)
			lin.click(lin.word("invite.new"))
			lin.confirm()
			lin.until("another address", first+` !== $1`, link)
			lin.until("another picture", `document.querySelector('.qr').src !== $1 && `+scannable, before)
			late := r.device("somebody late", narrow)
			late.open(link)
			late.fill("input[name=name]", "Late")
			late.submit()
			late.seesWord("door.forbidden")
			newer := r.device("Ben", narrow)
			newer.open(eval[string](lin, first))
			newer.fill("input[name=name]", "Ben")
			newer.submit()
			newer.until("the two lists", `document.querySelector('#tab-people')`)
		})
	}
}

// The invitation on screen follows the computer into another network.
func TestInvitationFollowsTheNetwork(t *testing.T) {
	t.Parallel()
	var now atomic.Value
	now.Store(cable("192.168.77.5"))
	r := wired(t, func() lan.Network { return now.Load().(lan.Network) })
	lin := r.owner(desk)
	lin.click("Invite somebody")
	lin.until("the address", first+`.startsWith('http://192.168.77.5:')`)
	now.Store(cable("10.20.30.40"))
	lin.until("the new address", first+`.startsWith('http://10.20.30.40:')`)
	lin.until("its picture", scannable)
	now.Store(lan.Network{})
	lin.sees("Only this computer can open this address.")
}

func TestWhetherOthersGetIn(t *testing.T) {
	t.Parallel()
	own := outward(t)
	var now atomic.Value
	now.Store(cable("192.168.77.5"))
	r := wired(t, func() lan.Network { return now.Load().(lan.Network) })
	lin := r.owner(desk)
	lin.click("Invite somebody")
	lin.click("Somebody does not get in?")
	lin.sees("Nobody has come in from another device yet")
	lin.sees("The Wi-Fi keeps devices apart")
	lin.until("a picture to try with", scannable)

	// A device comes in by an address; as soon as the computer is known to
	// have it, that is proof, and nobody has to ask again.
	ann := r.device("Ann", phone)
	ann.open(strings.Replace(r.app.URL(), "localhost", own, 1) + "#join=welcome")
	ann.sees("A name is enough")
	now.Store(cable(own))
	lin.until("the green lamp", `document.querySelector('.state.reached')`)
	lin.sees("The last device:")
	lin.missesFor("The Wi-Fi keeps devices apart")

	// The network is left, and with it the proof.
	now.Store(cable("192.168.99.9"))
	lin.sees("an address that this computer no longer has")
	now.Store(lan.Network{})
	lin.sees("This computer is not on any network")

	// It is the owner's page alone.
	ann.fill("input[name=name]", "Ann")
	ann.submit()
	ann.until("the two lists", `document.querySelector('#tab-people')`)
	ann.place("#/invite")
	ann.until("an address", `document.querySelector('.copyrow')`)
	if eval[bool](ann, `Boolean(document.querySelector('.reachline'))`) {
		t.Error("a member is led to the owner's page")
	}
}

func TestAHostForThisComputerOnlySaysSo(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin := r.owner(desk)
	lin.click("Invite somebody")
	lin.sees("Only this computer can open this address.")
	lin.click("Somebody does not get in?")
	lin.sees("Others cannot get in")
	lin.sees("start it again without -addr")
}

// lanScenes are what has to do with the network around.
var lanScenes = []scene{
	{name: "start-among-others", bring: func(s *stage) *tab {
		var hosts atomic.Value
		hosts.Store([]lan.Host{{Service: lan.Service{Instance: "instance-1", Owner: "Alice", Port: 7272}, Title: "Duologue", Addr: netip.MustParseAddr("192.168.1.5")},
			{Service: lan.Service{Instance: "instance-2", Owner: "张伟", Port: 7273}, Title: "三楼", Addr: netip.MustParseAddr("192.168.1.17")}})
		r := wired(s.t, func() lan.Network { return cable("192.168.1.5") }, nearby(&hosts))
		p := s.stranger(r, "#token="+r.app.Token())
		p.until("the other hosts", `document.querySelectorAll('.hostlink').length === 2`)
		return p
	}},
	{name: "invite-wired", bring: func(s *stage) *tab {
		p := s.wired("#/invite")
		p.until("the picture", scannable)
		return p
	}},
	{name: "reach-waiting", bring: func(s *stage) *tab {
		p := s.wired("#/reach")
		p.until("the picture", scannable)
		return p
	}},
	{name: "reach-reached", bring: func(s *stage) *tab {
		own := outward(s.t)
		var now atomic.Value
		now.Store(cable("192.168.1.5"))
		r := wired(s.t, func() lan.Network { return now.Load().(lan.Network) })
		visitor := r.device("a visitor", phone)
		visitor.open(strings.Replace(r.app.URL(), "localhost", own, 1))
		visitor.until("a page", `document.querySelector('.card')`)
		now.Store(cable(own))
		p := s.firstOwner(r)
		p.place("#/reach")
		p.until("the green lamp", `document.querySelector('.state.reached')`)
		return p
	}},
}

// wired is the owner's page, at a place, of a host in a network that has
// something of everything.
func (s *stage) wired(place string) *tab {
	s.t.Helper()
	n := cable("192.168.1.5", "2001:db8::5")
	n.Interfaces = append(n.Interfaces, lan.Interface{Name: "tailscale0", Flags: net.FlagUp, Addrs: []netip.Addr{netip.MustParseAddr("100.101.102.103")}},
		lan.Interface{Name: "docker0", Flags: net.FlagUp, Addrs: []netip.Addr{netip.MustParseAddr("172.17.0.1")}})
	p := s.firstOwner(wired(s.t, func() lan.Network { return n }))
	p.place(place)
	return p
}

// firstOwner sets a new room up.
func (s *stage) firstOwner(r *room) *tab {
	s.t.Helper()
	p := s.stranger(r, "#token="+r.app.Token())
	p.until("a name filled in", `document.querySelector('input[name=name]')?.value === 'Lin Wei'`)
	p.submit()
	p.until("the two lists", `document.querySelector('#tab-people')`)
	eval[chromedp.Void](p, `history.replaceState(null, '', '#/')`)
	return p
}
