package ui_test

import (
	"context"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"

	"duologue/app"
	"duologue/app/lan"
)

// nearby announces nothing and finds the hosts that it is given.
func nearby(hosts *atomic.Value) func(*app.Options) {
	return func(o *app.Options) {
		o.NoDiscovery = false
		o.Discover = func(ctx context.Context, _ *lan.Service, found func([]lan.Host)) error {
			if found != nil {
				found(hosts.Load().([]lan.Host))
			}
			<-ctx.Done()
			return nil
		}
	}
}

// hostOf is what a room's host says of itself on the network.
func hostOf(r *room, owner string) lan.Host {
	r.t.Helper()
	at, err := netip.ParseAddrPort(strings.Replace(r.addr, "localhost", "127.0.0.1", 1))
	if err != nil {
		r.t.Fatal(err)
	}
	return lan.Host{Service: lan.Service{Instance: "instance-of-" + strings.ToLower(owner), Owner: owner, Port: int(at.Port())}, Title: "Duologue", Addr: at.Addr()}
}

func TestJoiningAnotherHostInsteadOfStartingOne(t *testing.T) {
	t.Parallel()
	theirs := newRoom(t)
	alice := theirs.owner(desk)
	var hosts atomic.Value
	hosts.Store([]lan.Host{hostOf(theirs, "Alice"), {Service: lan.Service{Instance: "evil-instance", Owner: `<b>"evil"</b>`, Port: 7272}, Title: strings.Repeat("long ", 12), Addr: netip.MustParseAddr("10.0.0.1")}})
	r := wired(t, func() lan.Network { return cable("192.168.77.5") }, nearby(&hosts))
	ben := r.device("Ben", desk)
	ben.open(r.app.URL() + "#token=" + r.app.Token())
	ben.sees("Start a place to talk")
	ben.sees("Join Alice’s Duologue")
	ben.sees(`<b>"evil"</b>`)
	ben.click("Join Alice’s Duologue")
	ben.until("the page of the other host", `location.host === $1`, theirs.addr)
	ben.sees("A name is enough")
	ben.fill("input[name=code]", "welcome")
	ben.fill("input[name=name]", "Ben")
	ben.submit()
	ben.chat("Lin Wei")
	ben.say("I nearly started one of my own")
	alice.chat("Ben")
	alice.says("I nearly started one of my own")

	// The next start offers that host first, also while it is not found, and
	// still lets one start one's own.
	hosts.Store([]lan.Host{})
	r.stop()
	r.start()
	ben.open(r.app.URL() + "#token=" + r.app.Token())
	ben.sees("as last time; it does not answer now")
	hosts.Store([]lan.Host{hostOf(theirs, "Alice")})
	r.stop()
	r.start()
	ben.open(r.app.URL() + "#token=" + r.app.Token())
	ben.sees("as last time")
	ben.missesFor("it does not answer now")
	ben.until("it stands first", `document.querySelector('.card .hostlink').compareDocumentPosition(document.querySelector('.card h1')) & Node.DOCUMENT_POSITION_FOLLOWING`)
	ben.fill("input[name=name]", "Ben")
	ben.submit()
	ben.until("the two lists", `document.querySelector('#tab-people')`)
}

func TestTypingTheAddressOfAnotherHost(t *testing.T) {
	t.Parallel()
	theirs := newRoom(t)
	theirs.owner(desk)
	r := newRoom(t)
	ben := r.device("Ben", phone)
	ben.open(r.app.URL() + "#token=" + r.app.Token())
	ben.clickOn("the field for an address", `document.querySelector('.typed summary')`)
	ben.fill("input[name=address]", "no address")
	ben.click("Open")
	ben.until("a complaint", `document.querySelector('input[name=address]').validationMessage.includes('192.168.1.5')`)
	ben.fill("input[name=address]", theirs.addr)
	ben.click("Open")
	ben.until("the page of the other host", `location.host === $1`, theirs.addr)
	ben.sees("A name is enough")
}
