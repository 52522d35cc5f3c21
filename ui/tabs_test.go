package ui_test

import (
	"net"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

func TestWhatAClosedTabLeftGoesOutFromAnother(t *testing.T) {
	t.Parallel()
	r := newWindowedRoom(t)
	lin, ann := r.facing(desk)
	second, shut := r.tab(ann.ctx, "Ann's second tab", desk)
	second.open(eval[string](ann, `location.href`))
	second.sees("This is the beginning")

	r.stop()
	for _, p := range []*tab{ann, second} {
		p.sees("No connection.")
		for _, word := range []string{"one", "two"} {
			p.say(word + " from " + p.name)
		}
	}
	shut()
	r.start()
	want := []string{"one from Ann", "two from Ann", "one from Ann's second tab", "two from Ann's second tab"}
	for _, text := range want {
		lin.says(text)
		ann.says(text)
	}
	got := lin.texts()
	if len(got) != len(want) || slices.Index(got, want[0]) > slices.Index(got, want[1]) || slices.Index(got, want[2]) > slices.Index(got, want[3]) {
		t.Errorf("arrived: %q", got)
	}
	if mine := ann.texts(); !slices.Equal(mine, got) {
		t.Errorf("the tab that stayed shows %q, the other side %q", mine, got)
	}
}

func TestTwoTabsOfOneBrowserAgree(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin, ann := r.owner(desk), r.guest("Ann", desk)
	lin.chat("Ann")
	second, _ := r.tab(ann.ctx, "Ann's second tab", desk)
	second.open(r.app.URL())
	lin.say("hello")
	for _, p := range []*tab{ann, second} {
		p.until("one unread", `document.title.startsWith('(1)')`)
	}
	ann.click("Lin Wei")
	ann.says("hello")
	second.until("nothing unread", `!document.title.startsWith('(')`)
	ann.say("hello yourself")
	second.click("Lin Wei")
	second.says("hello yourself")
	if got := second.texts(); len(got) != 2 {
		t.Errorf("the second tab shows %q", got)
	}
}

func TestAnOlderPageOffersToReload(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin := r.owner(desk)
	lin.sees("Two people, one place to talk")
	r.stop()
	newer := fstest.MapFS{}
	newer["favicon.svg"] = &fstest.MapFile{Data: []byte("<svg xmlns=\"http://www.w3.org/2000/svg\"/>")}
	r.ui = merged{newer, servedPage()}
	r.start()
	lin.sees("A newer Duologue runs on the host.")
	lin.click("Reload")
	lin.missesFor("A newer Duologue runs on the host.")
	lin.sees("Two people, one place to talk")
}

// Plain http on the network is not a secure context, where much is missing
// that localhost has.
func TestPlainHTTPOnTheNetwork(t *testing.T) {
	t.Parallel()
	ownClipboard(t)
	own := outward(t)
	r := newRoomAt(t, net.JoinHostPort(own, "0"))
	lin := r.owner(desk)
	if eval[bool](lin, `isSecureContext`) {
		t.Fatal("the browser calls this a secure context, so it shows nothing")
	}
	ann := r.guest("Ann", phone)
	ann.chat("Lin Wei")
	ann.fill("#box", "from my phone")
	ann.click("Send")
	ann.tick("from my phone", "delivered")
	lin.click("Invite somebody")
	lin.click("Copy")
	lin.sees("Copied")
	lin.chat("My devices")
	// What was copied is what is pasted.
	eval[chromedp.Void](lin, `document.querySelector('#box').focus()`)
	do(lin, page.BringToFront, cdp.Empty{})
	lin.paste()
	lin.until("the address in the field", `document.querySelector('#box').value === $1`, r.app.URL()+"#join=welcome")
}

// outward is an address of this computer that isn't loopback.
func outward(t *testing.T) string {
	t.Helper()
	all, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range all {
		if ip, ok := a.(*net.IPNet); ok && ip.IP.To4() != nil && !ip.IP.IsLoopback() && !ip.IP.IsLinkLocalUnicast() {
			return ip.IP.String()
		}
	}
	missing(t, "an address on a network")
	return ""
}
