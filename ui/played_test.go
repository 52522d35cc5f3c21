package ui_test

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// sound is a minute of silence, large enough that a browser doesn't load
// all of it at once.
func sound(t testing.TB, name string) string {
	t.Helper()
	const rate, size = 44_100, 2 * 44_100 * 60
	var b bytes.Buffer
	b.WriteString("RIFF")
	for _, part := range []any{uint32(36 + size), []byte("WAVEfmt "), uint32(16), uint16(1), uint16(1), uint32(rate), uint32(2 * rate), uint16(2), uint16(16), []byte("data"), uint32(size), make([]byte, size)} {
		if err := binary.Write(&b, binary.LittleEndian, part); err != nil {
			t.Fatal(err)
		}
	}
	return paper(t, name, b.Bytes())
}

// films records what a page paints, and gives it to the conversation.
const films = `new Promise(done => {
	const canvas = document.createElement('canvas')
	canvas.width = 64
	canvas.height = 48
	const recorder = new MediaRecorder(canvas.captureStream(), {mimeType: 'video/webm;codecs=vp8'})
	const parts = []
	let painted = 0
	recorder.ondataavailable = e => parts.push(e.data)
	recorder.onstop = () => {
		const data = new DataTransfer()
		data.items.add(new File(parts, 'film.webm', {type: 'video/webm'}))
		document.querySelector('#box').dispatchEvent(new ClipboardEvent('paste', {bubbles: true, cancelable: true, clipboardData: data}))
		done()
	}
	const paint = () => {
		canvas.getContext('2d').fillStyle = ['red', 'green', 'blue'][painted % 3]
		canvas.getContext('2d').fillRect(0, 0, 64, 48)
		if (++painted > 30) recorder.stop()
		else requestAnimationFrame(paint)
	}
	recorder.start()
	paint()
})`

// ranges counts the answers of the host to a Range.
func (p *tab) ranges() *atomic.Int64 {
	p.t.Helper()
	var n atomic.Int64
	do(p, network.Enable, network.EnableParams{})
	p.must(chromedp.Listen(p.ctx, func(ev any) {
		if r, ok := ev.(*network.EventResponseReceived); ok && r.Response.Status == 206 && strings.Contains(r.Response.URL, "/api/files/") {
			n.Add(1)
		}
	}))
	return &n
}

func TestFilmsAndSoundArePlayedInPlace(t *testing.T) {
	t.Parallel()
	for _, l := range bothWays {
		t.Run(l.lang, func(t *testing.T) {
			t.Parallel()
			r := newRoom(t)
			lin, ann := r.facing(l)
			ranges := ann.ranges()
			lin.pick(paper(t, "broken.webm", []byte("\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\xf2\x81\x04\x42\xf3\x81\x08\x42\x82\x84webm\x42\x87\x81\x04\x42\x85\x81\x02 and no more")))
			lin.post()
			ann.until("a film that is none", `document.querySelector('.m video')`)
			eval[chromedp.Void](lin, films)
			lin.until("the film", `document.querySelector('.tray li')`)
			lin.post()
			ann.until("a picture of the other", `document.querySelectorAll('.m video')[1]?.poster.startsWith('blob:')`)
			ann.until("one of its colours", `(async () => {
				const picture = new Image()
				picture.src = document.querySelectorAll('.m video')[1].poster
				await picture.decode()
				const canvas = new OffscreenCanvas(64, 48).getContext('2d')
				canvas.drawImage(picture, 0, 0)
				return picture.width === 64 && Math.max(...canvas.getImageData(32, 24, 1, 1).data.slice(0, 3)) > 90
			})()`)
			before := ranges.Load()
			if before == 0 {
				t.Error("the film did not come as a Range")
			}
			lin.pick(sound(t, "sound.wav"))
			lin.post()
			ann.until("the sound", `document.querySelector('.m audio')`)
			ann.redrawn()
			if n := ranges.Load(); n != before || !eval[bool](ann, `[...document.querySelectorAll('video, audio')].every(m => m.readyState === 0)`) {
				t.Errorf("loaded before anybody plays it, by %d answers", n-before)
			}
			ann.plays("video[poster]") // which the browser has by now
			ann.plays("audio")
			ann.eventually("a part of the sound from the host", func() bool { return ranges.Load() > before })
			// Into what isn't loaded yet.
			before = ranges.Load()
			eval[chromedp.Void](ann, `document.querySelector('audio').currentTime = 55`)
			ann.until("its end", `document.querySelector('audio').currentTime > 55 && !document.querySelector('audio').seeking`)
			ann.eventually("a later part from the host", func() bool { return ranges.Load() > before })
		})
	}
}

// plays starts it and waits until it goes on.
func (p *tab) plays(css string) {
	p.t.Helper()
	eval[chromedp.Void](p, `(m => { m.muted = true; m.play() })(document.querySelector($1))`, css)
	p.until(css+" to play", `document.querySelector($1).currentTime > 0`, css)
}

// gate stands between a page and the host's films: each is held until it is
// let through or refused.
type gate struct {
	*tab
	mu    sync.Mutex
	free  map[string]bool
	asked []string // each once, HEAD apart
	held  []*fetch.EventRequestPaused
}

func (p *tab) gate() *gate {
	p.t.Helper()
	g := &gate{tab: p, free: map[string]bool{}}
	p.must(chromedp.Listen(p.ctx, func(ev any) {
		r, ok := ev.(*fetch.EventRequestPaused)
		if !ok {
			return
		}
		g.mu.Lock()
		defer g.mu.Unlock()
		if g.free[r.Request.URL] {
			go g.pass(r)
			return
		}
		g.held = append(g.held, r)
		what := r.Request.URL
		if r.Request.Method == "HEAD" {
			what = "HEAD " + what
		}
		if !slices.Contains(g.asked, what) {
			g.asked = append(g.asked, what)
		}
	}))
	do(p, fetch.Enable, fetch.EnableParams{Patterns: []*fetch.RequestPattern{{URLPattern: "*/api/files/*"}}})
	return g
}

// pass lets one through. The page may have given it up, which is no failure.
func (g *gate) pass(r *fetch.EventRequestPaused) {
	_, _ = chromedp.Call(g.ctx, fetch.ContinueRequest, fetch.ContinueRequestParams{RequestID: r.RequestID})
}

// only waits until something is held, fails when the page has asked for
// anything but these since the last time, and takes what is held.
func (g *gate) only(want ...string) []*fetch.EventRequestPaused {
	g.t.Helper()
	var held []*fetch.EventRequestPaused
	g.eventually("the page to ask for a film", func() bool {
		g.mu.Lock()
		defer g.mu.Unlock()
		return len(g.held) > 0
	})
	g.redrawn()
	g.mu.Lock()
	defer g.mu.Unlock()
	if !slices.Equal(g.asked, want) {
		g.t.Fatalf("asked for %q, want only %q", g.asked, want)
	}
	held, g.held, g.asked = g.held, nil, nil
	return held
}

// nothing fails when the page asked for more than what is held already.
func (g *gate) nothing() {
	g.t.Helper()
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.asked) > 0 {
		g.t.Errorf("asked for %q beside what is on its way", g.asked)
	}
}

// let lets a film through, all of it.
func (g *gate) let(url string, held []*fetch.EventRequestPaused) {
	g.mu.Lock()
	g.free[url] = true
	g.mu.Unlock()
	for _, r := range held {
		g.pass(r)
	}
}

// refuse is a host that isn't there.
func (g *gate) refuse(held []*fetch.EventRequestPaused) {
	g.t.Helper()
	for _, r := range held {
		do(g.tab, fetch.FailRequest, fetch.FailRequestParams{RequestID: r.RequestID, ErrorReason: network.ErrorReasonConnectionRefused})
	}
}

func TestFilmsInSightAreFetchedOneAtATime(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin, ann := r.owner(desk), r.guest("Ann", desk)
	lin.chat("Ann")
	for i := range 3 {
		eval[chromedp.Void](lin, films)
		lin.until("the film", `document.querySelector('.tray li')`)
		lin.post()
		lin.until("it at the host", `document.querySelectorAll('.m[data-seq] video').length === $1`, i+1)
		if i == 0 {
			lin.write(40, "line %d")
		}
	}
	all := eval[[]string](lin, `[...document.querySelectorAll('.m video')].map(v => v.src)`)
	g := ann.gate()
	ann.chat("Lin Wei")
	ann.until("the first of them on screen", `document.querySelector('.m video')?.getBoundingClientRect().top > 0`)

	// A host that isn't there is no reason to give a film up for good, nor to
	// ask on and on.
	g.refuse(g.only(all[0]))
	g.refuse(g.only("HEAD " + all[0]))
	ann.fill("#box", "the page is drawn again")
	ann.redrawn()
	g.nothing()
	see := func(which int) {
		t.Helper()
		eval[chromedp.Void](ann, `document.querySelectorAll('.m video')[$1].scrollIntoView({block: 'center'})`, which)
		ann.redrawn()
	}
	const picture = `document.querySelectorAll('.m video')[$1].poster.startsWith('blob:')`
	see(2)
	held := g.only(all[1])
	see(0)
	g.nothing()
	g.let(all[1], held)
	ann.until("its picture", picture, 1)
	// What went out of sight meanwhile is left for later.
	for _, i := range []int{0, 2} {
		see(i)
		g.let(all[i], g.only(all[i]))
		ann.until("its picture", picture, i)
	}
}
