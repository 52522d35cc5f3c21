package ui_test

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// finger puts a finger on what an expression finds; the second value lifts it.
func (p *tab) finger(what, js string, args ...any) func() {
	p.t.Helper()
	p.until(what, js, args...)
	at := eval[[2]float64](p, `(b => [b.left + b.width / 2, b.top + b.height / 2])(`+js+`.getBoundingClientRect())`, args...)
	do(p, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: input.DispatchTouchEventTypeTouchStart, TouchPoints: []*input.TouchPoint{{X: at[0], Y: at[1]}}})
	return func() {
		p.t.Helper()
		do(p, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: input.DispatchTouchEventTypeTouchEnd, TouchPoints: []*input.TouchPoint{}})
	}
}

// longPress presses with a pen until the page tells of it, then lets the
// browser tell of it as well, as Android's do.
func (p *tab) longPress(what, js string, args ...any) {
	p.t.Helper()
	p.until(what, js, args...)
	at := eval[[2]float64](p, `(b => [b.left + b.width / 2, b.top + b.height / 2])(`+js+`.getBoundingClientRect())`, args...)
	eval[chromedp.Void](p, `(window.told = {}, window.tell ??= (addEventListener('contextmenu', e => { told[e.isTrusted] = (told[e.isTrusted] ?? 0) + 1 }, true), 1))`)
	pen := func(what input.DispatchMouseEventType, button input.MouseButton, held int64) {
		p.t.Helper()
		do(p, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: what, X: at[0], Y: at[1], Button: button, Buttons: held, ClickCount: 1, PointerType: "pen"})
	}
	pen(input.DispatchMouseEventTypeMousePressed, input.MouseButtonLeft, 1)
	p.until("the page's own press", `told[false] === 1`)
	pen(input.DispatchMouseEventTypeMousePressed, input.MouseButtonRight, 3)
	p.until("the browser's", `told[true] === 1`)
	pen(input.DispatchMouseEventTypeMouseReleased, input.MouseButtonRight, 1)
	pen(input.DispatchMouseEventTypeMouseReleased, input.MouseButtonLeft, 0)
}

const choices = `document.querySelectorAll('#menu:popover-open [role=menuitem]').length`

func TestALongPressOpensTheMenuOfARow(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin := r.owner(phone)
	r.member("Ann").say(1, "hello")
	lin.until("the row", order+` === 'Ann, My devices'`)
	lift := lin.finger("the row", `document.querySelector('.row')`)
	lin.until("a menu", choices+` > 3`)
	lift()
	lin.click("Pin to the top")
	lin.until("pinned, and still in the list", `document.querySelector('.row [aria-label="pinned"]') && document.body.dataset.route === 'home'`)
	lin.longPress("the row", `document.querySelector('.row')`)
	lin.until("a menu that is whole", choices+` > 3`)
}

func TestALongPressOnAMessageIsOnePress(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin := r.owner(phone)
	ann := r.member("Ann")
	for _, text := range []string{"one", "two", "three"} {
		ann.say(1, text)
	}
	lin.place("#/chat/%d", ann.id)
	lin.longPress("a message", bubble, "two")
	lin.until("a menu that is whole", choices+` > 3`)
	lin.click("Select")
	lin.sees("1 selected")

	// While several are chosen it chooses, once, and so does a finger.
	lin.longPress("a message", bubble, "three")
	lin.sees("2 selected")
	lin.finger("a message", bubble, "three")()
	lin.sees("1 selected")
}

func TestAMenuStaysWhenTheWindowChanges(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin := r.owner(phone)
	ann := r.member("Ann")
	ann.say(1, "hello")
	lin.place("#/chat/%d", ann.id)
	lin.says("hello")
	lift := lin.finger("a message", bubble, "hello")
	lin.until("a menu", choices+` > 3`)
	lift()
	// As when the keyboard of a phone comes or goes.
	low := phone
	low.height = 480
	lin.dress(low)
	lin.until("the menu whole on screen", `innerHeight === 480 && (m => m && (b => b.top >= 0 && b.bottom <= innerHeight)(m.getBoundingClientRect()))(document.querySelector('#menu:popover-open'))`)
}

func TestAMenuHigherThanTheWindowIsScrolled(t *testing.T) {
	t.Parallel()
	for _, lang := range langs {
		r := newRoom(t)
		lin := r.owner(look{width: 640, height: 330, lang: lang})
		ann := r.member("Ann")
		lin.place("#/chat/%d", ann.id)
		lin.say("hello")
		lin.tick("hello", "host")
		eval[chromedp.Void](lin, bubble+`.querySelector('.more').click()`, "hello")
		lin.until("a menu, whole on screen", `(m => m && m.scrollHeight > m.clientHeight && (b => b.top >= 0 && b.bottom <= innerHeight)(m.getBoundingClientRect()))(document.querySelector('#menu:popover-open'))`)
		// A wheel within it scrolls it, and a key brings the last choice on screen.
		middle := eval[[2]float64](lin, `(b => [b.left + b.width / 2, b.top + b.height / 2])(document.querySelector('#menu').getBoundingClientRect())`)
		do(lin, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: input.DispatchMouseEventTypeMouseWheel, X: middle[0], Y: middle[1], DeltaX: 1, DeltaY: 60}) // none sideways would be left out
		lin.until("it further down", `document.querySelector('#menu:popover-open')?.scrollTop > 0`)
		lin.press("End", false)
		last := `(b => ({x: b.left + b.width / 2, y: b.top + b.height / 2}))([...document.querySelectorAll('#menu [role=menuitem]')].at(-1).getBoundingClientRect())`
		lin.until("the last choice under the pointer", `(p => document.elementFromPoint(p.x, p.y)?.closest('[role=menuitem]') === [...document.querySelectorAll('#menu [role=menuitem]')].at(-1))(`+last+`)`)
		p := eval[map[string]float64](lin, last)
		for _, what := range []input.DispatchMouseEventType{input.DispatchMouseEventTypeMousePressed, input.DispatchMouseEventTypeMouseReleased} {
			do(lin, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: what, X: p["x"], Y: p["y"], Button: input.MouseButtonLeft, ClickCount: 1})
		}
		lin.until("the message gone", `!document.querySelector('.m')`)
	}
}

func TestAMenuAskedForByAKeyStandsAtItsMessage(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin := r.owner(desk)
	ann := r.member("Ann")
	ann.say(1, "hello")
	lin.place("#/chat/%d", ann.id)
	const beside = `(m => m && (b => Math.abs(b.left - $1) < 320 && b.top >= 0 && b.bottom <= innerHeight)(m.getBoundingClientRect()))(document.querySelector('#menu:popover-open'))`
	ask := func(text string) {
		t.Helper()
		lin.says(text)
		left := eval[float64](lin, bubble+`.getBoundingClientRect().left`, text)
		eval[chromedp.Void](lin, bubble+`.dispatchEvent(new MouseEvent('contextmenu', {bubbles: true, cancelable: true}))`, text)
		lin.until("a menu beside it", beside, left)
		lin.press("Escape", false)
	}
	ask("hello")
	// One that is higher than the window.
	ann.say(1, longText)
	ask(longText)
}

var longText = strings.Repeat("line\n", 80) + "end"

// On glass a long press asks what can be done, and can't choose words: they are
// shown once more for that.
func TestAPartOfATextCanBeChosenOnGlass(t *testing.T) {
	t.Parallel()
	for _, lang := range langs {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			l := phone
			l.lang = lang
			r := newRoom(t)
			lin := r.owner(l)
			r.member("Ann").say(1, "the gate opens with 4711#, from nine")
			lin.place("#/chat/2")
			lin.until("the message", bubble, "the gate opens with 4711#, from nine")
			lin.menu("the gate opens with 4711#, from nine", lin.word("menu.text"))
			const text = `document.querySelector('dialog[open] .selectable')`
			lin.until("its text to choose from", text+`?.innerText === 'the gate opens with 4711#, from nine'`)
			if got := eval[string](lin, `getComputedStyle(`+text+`).userSelect`); got == "none" {
				t.Error("nothing of it can be chosen")
			}
		})
	}
}
