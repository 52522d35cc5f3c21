package ui_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/heapprofiler"
	"github.com/chromedp/cdproto/performance"
	"github.com/chromedp/chromedp"

	"duologue/db"
)

const (
	longChat  = 100_000
	shortChat = 2_000
)

// filled gives a folder with an owner who has a long chat with Ann and a
// shorter one with Bo.
func filled(b *testing.B) string { return prepared(b, fill) }

// prepared gives a folder of a host with an owner, with Ann and with Bo, and
// with what fill stores there.
func prepared(t testing.TB, fill func(testing.TB, *db.Store)) string {
	t.Helper()
	dir := t.TempDir()
	ctx := context.Background()
	s, err := db.Open(ctx, db.Options{Dir: dir, NoFlush: true, Ballast: -1})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	token, err := s.MakeStartToken(ctx, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.SetUp(ctx, token, "Lin Wei", "made"); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"Ann", "Bo"} {
		if _, _, err := s.Join(ctx, s.JoinCode(), name, "", "made"); err != nil {
			t.Fatal(err)
		}
	}
	fill(t, s)
	return dir
}

func fill(t testing.TB, s *db.Store) {
	// Of every length, from a word to a few lines.
	words := strings.Fields(strings.Repeat("我数了一下，确实少了 20 张。 the quick brown fox jumps over the lazy dog https://example.org/orders ", 6))
	slots := make(chan struct{}, 2000)
	for n := range longChat + shortChat {
		from, to := db.ID(1), db.ID(2)
		if n >= longChat {
			to = 3
		}
		if n/3%2 == 1 {
			from, to = to, from
		}
		slots <- struct{}{}
		m := db.Send{From: from, To: to, CID: fmt.Sprintf("history-%012d", n), Content: fmt.Sprint("number ", n+1, ": ", strings.Join(words[:1+n*n%61], " "))}
		s.Send(m, func(_ db.Ack, err error) {
			if err != nil {
				t.Error(err)
			}
			<-slots
		})
	}
	for range cap(slots) {
		slots <- struct{}{}
	}
}

// heap is what the page's scripts hold after a collection, in MB.
func (p *tab) heap() float64 {
	p.t.Helper()
	do(p, heapprofiler.CollectGarbage, cdp.Empty{})
	return p.metric("JSHeapUsedSize") / 1e6
}

// busy is how long the page's main thread has worked, in ms.
func (p *tab) busy() float64 { return p.metric("TaskDuration") * 1000 }

func (p *tab) metric(name string) float64 {
	p.t.Helper()
	got, err := chromedp.Call(p.ctx, performance.GetMetrics, cdp.Empty{})
	p.must(err)
	for _, m := range got.Metrics {
		if m.Name == name {
			return m.Value
		}
	}
	p.t.Fatalf("the browser knows no %s", name)
	return 0
}

// scrolls runs one step in every frame until the step gives true.
func (p *tab) scrolls(what, step string) frames {
	p.t.Helper()
	before := p.busy()
	f := eval[frames](p, scroll+"("+step+")")
	f.Busy = (p.busy() - before) / float64(f.N)
	p.t.Logf("%s: %+v", what, f)
	return f
}

// frames measures what happens between frames until the scrolling is over.
type frames struct {
	N       int     // frames
	Median  float64 // ms from one to the next
	P99     float64
	Longest float64
	Late    int     // took more than two
	Nodes   int     // elements in the page at most
	Blank   int     // frames without a message on screen
	Rows    int     // messages, days and lines drawn at most
	Took    float64 // s
	Busy    float64 // ms of the processor that the main thread took for each
}

// scroll runs step, which moves #log, in every frame until it gives true.
const scroll = `(async (step) => {
	const log = document.querySelector('#log')
	const gaps = []
	let nodes = 0, blank = 0, rows = 0
	const start = performance.now()
	let last = await new Promise(requestAnimationFrame)
	for (;;) {
		const done = step(log)
		const now = await new Promise(requestAnimationFrame)
		gaps.push(now - last)
		last = now
		nodes = Math.max(nodes, document.getElementsByTagName('*').length)
		rows = Math.max(rows, log.querySelector('.col').children.length)
		const box = log.getBoundingClientRect()
		if (!document.elementsFromPoint(box.left + box.width / 2, box.top + box.height / 2).some(e => e.closest('.col')) && !document.querySelector('.m')) blank++
		if (done || now - start > 1200000) break
	}
	const sorted = [...gaps].sort((a, b) => a - b)
	return { N: gaps.length, Median: sorted[gaps.length >> 1], P99: sorted[Math.floor(gaps.length * .99)], Longest: sorted.at(-1),
		Late: gaps.filter(g => g > 34).length, Nodes: nodes, Rows: rows, Blank: blank, Took: (performance.now() - start) / 1000 }
})`

// BenchmarkHistory scrolls through 100,000 messages in a browser and switches
// between two chats, which takes a quarter of an hour on two slow cores. Run it
// with -run xxx -bench History -benchtime 1x -timeout 1h; it prints what it
// found.
func BenchmarkHistory(b *testing.B) {
	r := newRoomIn(b, "127.0.0.1:0", filled(b))
	lin := r.device("Lin Wei", desk)
	lin.open(r.app.URL() + "#token=" + r.app.Token())
	lin.until("the two lists", `document.querySelector('#tab-people')`)
	// By the processor's time, which others on this computer don't change.
	do(lin, performance.Enable, performance.EnableParams{TimeDomain: "threadTicks"})
	for b.Loop() {
		lin.chat("Ann")
		lin.click("Go to the newest message")
		lin.until("the newest message", `document.querySelector('.m[data-seq="100000"]')`)
		before := lin.heap()
		nodes := eval[int](lin, `document.getElementsByTagName('*').length`)
		fling := lin.scrolls("a fling of 240 px a frame", `(n => log => { log.scrollTop -= 240; return ++n === 900 })(0)`)
		top := lin.scrolls("to the top, as fast as pages come", `log => { log.scrollTop -= 4000; return log.scrollTop === 0 && document.querySelector('.m').dataset.seq === '1' }`)
		mid := lin.heap()
		back := lin.scrolls("back to the end", `log => { log.scrollTop += 4000; return [...document.querySelectorAll('.m')].at(-1).dataset.seq === '100000' }`)
		after := lin.heap()
		b.Logf("elements before: %d; scripts hold %.1f MB before, %.1f at the top, %.1f after", nodes, before, mid, after)
		switching := eval[[]float64](lin, switches)
		b.Logf("switching between two chats, %d times, until drawn: median %.1f ms, worst %.1f ms", len(switching), switching[len(switching)/2], switching[len(switching)-1])
		b.ReportMetric(fling.Longest, "fling-longest-ms")
		b.ReportMetric(fling.Busy, "fling-busy-ms/frame")
		b.ReportMetric(top.Longest, "top-longest-ms")
		b.ReportMetric(float64(max(top.Nodes, back.Nodes)), "elements")
		b.ReportMetric(after-before, "heap-growth-MB")
		b.ReportMetric(switching[len(switching)/2], "switch-median-ms")
	}
}

// switches goes to and fro between two chats and gives, sorted, how long each
// took from the click to the first frame with the other's messages.
const switches = `(async () => {
	document.querySelector('#tab-chats').click()
	const frame = () => new Promise(requestAnimationFrame)
	const took = []
	for (let i = 0; i < 40; i++) {
		await frame(); await frame()
		const name = i % 2 ? 'Ann' : 'Bo'
		const row = [...document.querySelectorAll('.row')].find(r => r.innerText.includes(name))
		const start = performance.now()
		row.click()
		while (!(document.querySelector('.head h1').innerText === name && document.querySelector('.m'))) await frame()
		await frame()
		took.push(performance.now() - start)
	}
	return took.sort((a, b) => a - b)
})()`
