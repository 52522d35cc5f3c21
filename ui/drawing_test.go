package ui_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

func TestWhatCouldNotBeDrawnIsDrawnAtTheNextChange(t *testing.T) {
	t.Parallel()
	for _, lang := range langs {
		r := newRoom(t)
		lin := r.owner(look{width: 1280, height: 800, lang: lang})
		ann := r.member("Ann")
		ann.say(1, "one")
		lin.until("the row", `document.querySelector('.row .n')?.innerText === '1'`)
		// The list cannot be drawn without times.
		eval[chromedp.Void](lin, `(window.real = Object.getOwnPropertyDescriptor(Intl.DateTimeFormat.prototype, 'format'),
			Object.defineProperty(Intl.DateTimeFormat.prototype, 'format', {...real, get() { throw new RangeError('no time') }}))`)
		ann.say(1, "two")
		lin.eventually("it said so", func() bool { return strings.Contains(strings.Join(lin.complaints(), "\n"), "no time") })
		eval[chromedp.Void](lin, `Object.defineProperty(Intl.DateTimeFormat.prototype, 'format', real)`)
		ann.say(1, "three")
		lin.until("all of them", `document.querySelector('.row .n')?.innerText === '3'`)
		lin.complaints()
	}
}
