package ui_test

import (
	"fmt"
	"net/url"
	"slices"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"duologue/db"
)

// mostOfFirstLoad bounds what a browser fetches that was never here before,
// compressed, in bytes.
const mostOfFirstLoad = 150 << 10

// firstLoad is what a browser needs to show a conversation.
type firstLoad struct {
	Drawn    float64 // ms from the start of the navigation to the first message
	Requests int
	Bytes    int // compressed, with the heads of the answers
}

// watchFirst notes when the first message was drawn.
const watchFirst = `new MutationObserver((_, o) => {
	if (!document.querySelector('.m')) return
	o.disconnect()
	requestAnimationFrame(() => setTimeout(() => { window.firstDrawn = performance.now() }))
}).observe(document, {childList: true, subtree: true})`

const loaded = `(() => {
	const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
	return { Drawn: firstDrawn, Requests: all.length, Bytes: all.reduce((sum, e) => sum + e.transferSize, 0) }
})()`

// talkative is a member with a conversation of 120 messages with the owner.
func talkative(t testing.TB) (*room, *member) {
	t.Helper()
	r := newRoomIn(t, "127.0.0.1:0", prepared(t, func(testing.TB, *db.Store) {}))
	m := r.member("Cai")
	for n := range 120 {
		m.say(1, fmt.Sprintf("number %d: 我数了一下，确实少了 20 张。 The rest comes tomorrow.", n))
	}
	return r, m
}

// arrives opens the conversation in a browser that was never here, with
// nothing but the member's cookie.
func (m *member) arrives(r *room) firstLoad {
	m.t.Helper()
	p, shut := r.tab(r.ctx, "Cai", desk, chromedp.WithNewBrowserContext())
	defer shut()
	at, err := url.Parse(m.url)
	p.must(err)
	for _, c := range m.http.Jar.Cookies(at) {
		do(p, network.SetCookie, network.SetCookieParams{Name: c.Name, Value: c.Value, URL: m.url})
	}
	do(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: watchFirst})
	p.open(m.url + "#/chat/1")
	p.until("the first message", `window.firstDrawn`)
	return eval[firstLoad](p, loaded)
}

func TestTheFirstLoadIsSmall(t *testing.T) {
	t.Parallel()
	r, m := talkative(t)
	l := m.arrives(r)
	t.Logf("%d requests, %d bytes", l.Requests, l.Bytes)
	if l.Bytes == 0 || l.Bytes > mostOfFirstLoad {
		t.Errorf("the first load takes %d bytes, not at most %d", l.Bytes, mostOfFirstLoad)
	}
}

// BenchmarkFirstMessage lets new browsers without a cache come to a
// conversation: -run xxx -bench FirstMessage -benchtime 10x.
func BenchmarkFirstMessage(b *testing.B) {
	r, m := talkative(b)
	var took []float64
	for b.Loop() {
		took = append(took, m.arrives(r).Drawn)
	}
	slices.Sort(took)
	b.ReportMetric(took[len(took)/2], "drawn-ms")
	b.ReportMetric(took[0], "drawn-best-ms")
	b.ReportMetric(took[len(took)-1], "drawn-worst-ms")
}
