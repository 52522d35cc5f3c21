package ui_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"sync"
	"testing"

	"duologue/app/pictures"
	"duologue/db"
)

// shapes are pictures that people send: upright and lying ones, panoramas and
// long screenshots, tiny ones, and such as don't divide evenly.
var shapes = []image.Point{{1500, 1000}, {1000, 1500}, {1600, 900}, {3000, 380}, {240, 2400}, {16, 16}, {1333, 1001}, {60, 41}, {700, 70}, {333, 1777}, {900, 900}, {513, 511}}

// pictureMessages is how many messages with pictures a chat has; every seventh
// has an album.
const pictureMessages = 500

// withPictures stores a chat of pictures, each a file of its own.
func withPictures(t testing.TB, s *db.Store) {
	t.Helper()
	ctx := context.Background()
	type shape struct {
		data []byte
		made db.Made
	}
	var known []shape
	for i, size := range shapes {
		var b bytes.Buffer
		colours := color.Palette{color.RGBA{uint8(40 + 16*i), 110, uint8(220 - 14*i), 255}}
		if err := png.Encode(&b, image.NewPaletted(image.Rect(0, 0, size.X, size.Y), colours)); err != nil {
			t.Fatal(err)
		}
		p, err := pictures.Look(ctx, bytes.NewReader(b.Bytes()), "image/png")
		if err != nil || p.Thumb == nil {
			t.Fatal(size, err)
		}
		known = append(known, shape{b.Bytes(), db.Made{Type: "image/png", Width: p.Width, Height: p.Height, Thumb: p.Thumb, Picture: true}})
	}
	made := 0
	file := func(from db.ID) string {
		k := known[made*5%len(known)]
		made++
		u, err := s.CreateUpload(ctx, from, db.Upload{Name: fmt.Sprint(made, ".png"), Size: int64(len(k.data)), Picture: true})
		if err == nil {
			_, err = s.Append(ctx, from, u.ID, 0, k.data)
		}
		if err == nil {
			_, err = s.Finish(ctx, from, u.ID, func(*os.File, db.Upload) (db.Made, error) { return k.made, nil })
		}
		if err != nil {
			t.Fatal(err)
		}
		return u.ID
	}
	acks := make(chan error, pictureMessages)
	for n := range pictureMessages {
		m := db.Send{From: 1, To: 2, CID: fmt.Sprintf("picture-%012d", n)}
		if n/3%2 == 1 {
			m.From, m.To = 2, 1
		}
		if n%5 == 0 {
			m.Content = fmt.Sprint("picture ", n+1)
		}
		m.Files = []string{file(m.From)}
		if n%7 == 0 {
			for range 1 + n/7%4 {
				m.Files = append(m.Files, file(m.From))
			}
		}
		s.Send(m, func(_ db.Ack, err error) { acks <- err })
	}
	for range pictureMessages {
		if err := <-acks; err != nil {
			t.Fatal(err)
		}
	}
}

// walked is what a walk through a chat saw.
type walked struct {
	Arrived bool
	Steps   int
	Seen    int     // different pictures that were on screen, loaded
	Moved   float64 // px that a message on screen moved at most, apart from the scrolling
	Which   string  // of them
	Shifts  float64 // what the browser itself calls layout shifts
	Rows    int     // messages drawn at most
	Nodes   int     // elements at most
}

// stroll scrolls by so many px, again and again, until the message at that end
// is there. After each step it waits until what is on screen is loaded, and
// looks in every frame whether something stands elsewhere than the step put it.
const stroll = `(async (by, last) => {
	const log = document.querySelector('#log')
	const box = log.getBoundingClientRect()
	const on = e => (r => r.bottom > box.top && r.top < box.bottom)(e.getBoundingClientRect())
	const found = { Arrived: false, Steps: 0, Seen: 0, Moved: 0, Which: '', Shifts: 0, Rows: 0, Nodes: 0 }
	const seen = new Set()
	const count = list => { for (const s of list) if (!s.hadRecentInput) found.Shifts += s.value }
	const shifts = new PerformanceObserver(list => count(list.getEntries()))
	shifts.observe({ type: 'layout-shift' })
	const late = performance.now() + 60000
	while (!found.Arrived && performance.now() < late) {
		const before = log.scrollTop
		log.scrollTop += by
		found.Steps++
		const stood = [...log.querySelectorAll('.m')].filter(on).map(m => [m, m.getBoundingClientRect().top])
		for (let n = 0, loading = 1; (n < 2 || loading) && performance.now() < late; n++) {
			await new Promise(requestAnimationFrame)
			for (const [m, top] of stood) {
				const moved = m.isConnected ? Math.abs(m.getBoundingClientRect().top - top) : 9999
				if (moved > found.Moved) Object.assign(found, { Moved: moved, Which: m.dataset.seq })
			}
			const pictures = [...log.querySelectorAll('.m img')].filter(on)
			const loaded = pictures.filter(i => i.complete && i.naturalWidth)
			for (const img of loaded) seen.add(img.src)
			loading = pictures.length - loaded.length
			found.Rows = Math.max(found.Rows, log.querySelectorAll('.m').length)
			found.Nodes = Math.max(found.Nodes, document.getElementsByTagName('*').length)
		}
		const end = [...log.querySelectorAll('.m')].at(by < 0 ? 0 : -1)
		found.Arrived = log.scrollTop === before && end.dataset.seq === String(last)
	}
	count(shifts.takeRecords())
	shifts.disconnect()
	return { ...found, Seen: seen.size }
})($1, $2)`

// bothWithPictures are two people in a chat full of pictures, at its end: one
// on a wide page, one on a narrow.
func bothWithPictures(t testing.TB) (both [2]*tab) {
	t.Helper()
	r := newRoomIn(t, "127.0.0.1:0", prepared(t, withPictures))
	lin, ann := r.device("Lin Wei", desk), r.device("Ann", phone)
	lin.open(r.app.URL() + "#token=" + r.app.Token())
	lin.until("the two lists", `document.querySelector('#tab-people')`)
	ann.open(r.app.URL() + eval[string](lin, `fetch('/api/people/2/links', {method: 'POST', headers: {'Content-Type': 'application/json'}, body: '{}'}).then(r => r.json()).then(l => new URL(l.url).hash)`))
	both = [2]*tab{lin, ann}
	for i, p := range both {
		p.chat(both[1-i].name)
		p.click("Go to the newest message")
		p.until("the newest message", `document.querySelector('.m[data-seq="'+$1+'"]')`, pictureMessages)
	}
	return both
}

// TestAChatOfPicturesScrollsWithoutAJump: two people scroll through it at once,
// to its beginning and back. The pictures load meanwhile, and nothing on screen
// moves by that.
func TestAChatOfPicturesScrollsWithoutAJump(t *testing.T) {
	t.Parallel()
	both := bothWithPictures(t)
	for _, to := range []struct{ by, last, see int }{{-900, 1, pictureMessages}, {1800, pictureMessages, pictureMessages / 4}} {
		var group sync.WaitGroup
		for _, p := range both {
			group.Go(func() {
				w, err := try[walked](p, stroll, to.by, to.last)
				t.Logf("%s, %d px a step: %+v", p.name, to.by, w)
				if err != nil || !w.Arrived || w.Seen < to.see {
					t.Errorf("%s did not come to the end, past the pictures: %v", p.name, err)
				}
				if w.Moved > 1 {
					t.Errorf("%s: message %s moved by %v px while pictures loaded", p.name, w.Which, w.Moved)
				}
				// A hundredth of the screen by all of them together is what nobody sees.
				if w.Shifts > 0.01 {
					t.Errorf("%s: the browser counts layout shifts of %v", p.name, w.Shifts)
				}
				if w.Rows > 200 || w.Nodes > 5000 {
					t.Errorf("%s: %d messages are drawn, %d elements", p.name, w.Rows, w.Nodes)
				}
			})
		}
		group.Wait()
	}
}
