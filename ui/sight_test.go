package ui_test

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// sight stands in for a browser that lays the keyboard over the page.
const sight = `(() => {
	const seen = new class extends EventTarget {
		scale = 1
		get height() { return this.lower ?? innerHeight }
	}
	Object.defineProperty(window, 'visualViewport', {value: seen})
	window.keyboard = (lower, scale) => { Object.assign(seen, {lower, scale}).dispatchEvent(new Event('resize')) }
})()`

func TestAKeyboardThatLiesOverThePageHidesNothingOfIt(t *testing.T) {
	t.Parallel()
	ownClipboard(t)
	r := newRoom(t)
	for i, lang := range langs {
		l := phone
		l.lang = lang
		p := r.device("somebody", l).before(sight)
		if i == 0 {
			r.first(p)
		} else {
			p.open(r.app.URL() + "#join=welcome")
			p.fill("input[name=name]", "Wei")
			p.submit()
			p.until("the two lists", `document.querySelector('#tab-people')`)
		}
		p.ponders()
		p.place("#/chat/%d", i+1)
		p.fill("#box", "one")
		p.clickOn("the button", `document.querySelector('.send:enabled')`)
		p.until("it at the host", bubble+`?.dataset.seq`, "one")
		const bottom = `document.querySelector($1).getBoundingClientRect().bottom`
		low := eval[float64](p, bottom, ".composer")

		eval[chromedp.Void](p, `keyboard(400, 1)`)
		const within = `['.head', '.composer', '#toast'].every(css => (b => b.top >= 0 && b.bottom <= 400)(document.querySelector(css).getBoundingClientRect()))`
		p.menu("one", p.word("copy"))
		p.sees(p.word("copied"))
		p.until("all of it above the keyboard", within)
		p.clickOn("the emoji", `document.querySelector('#emoji')`)
		p.until("the emoji above it too", `(b => b.height > 100 && b.bottom <= 401)(document.querySelector('.emojis').getBoundingClientRect())`)
		p.clickOn("the emoji", `document.querySelector('#emoji')`)
		p.until("the field at the end of what is seen", bottom+` === 400`, ".composer")

		// What somebody makes larger stays as it is.
		eval[chromedp.Void](p, `keyboard(200, 2)`)
		if now := eval[float64](p, bottom, ".composer"); now != 400 {
			t.Errorf("made larger, the page ends at %v", now)
		}
		eval[chromedp.Void](p, `keyboard(undefined, 1)`)
		p.until("the page as it was", bottom+` === $2`, ".composer", low)
	}
}
