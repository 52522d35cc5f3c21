package ui_test

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
)

// While a chat is fetched its shape stands there; when its messages come they
// take its place, and nothing that one sees is moved by that.
func TestMessagesTakeThePlaceOfTheirShapes(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin := r.owner(desk)
	ann := r.member("Ann")
	for i := range 60 {
		ann.say(1, fmt.Sprintf("message %d", i))
	}
	lin.until("the chat", `document.querySelector('.row[data-who="2"] .n')`)
	eval[chromedp.Void](lin, `(() => { const get = window.fetch
		const held = new Promise(done => { window.release = done })
		window.fetch = async (path, ...rest) => (String(path).includes('/messages?') && await held, get(path, ...rest))
		window.moved = []
		new PerformanceObserver(l => moved.push(...l.getEntries())).observe({type: 'layout-shift'}) })()`)
	lin.place("#/chat/2")
	lin.until("the shapes", `document.querySelector('.shapes')`)
	const drawn = `new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))`
	eval[chromedp.Void](lin, drawn)
	eval[chromedp.Void](lin, `release()`)
	lin.says("message 0")
	eval[chromedp.Void](lin, drawn)
	if moved := eval[float64](lin, `moved.reduce((sum, e) => sum + e.value, 0)`); moved > 0.01 {
		t.Errorf("the browser counts a layout shift of %v", moved)
	}
}
