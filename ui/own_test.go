package ui_test

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// key presses one key that writes nothing by itself, with modifiers.
func (p *tab) key(name string, code, modifiers int64) {
	p.t.Helper()
	key := input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeRawKeyDown, Key: name, WindowsVirtualKeyCode: code, Modifiers: modifiers}
	do(p, input.DispatchKeyEvent, key)
	key.Type = input.DispatchKeyEventTypeKeyUp
	do(p, input.DispatchKeyEvent, key)
}

// settings opens the settings and waits for all of them.
func (p *tab) settings() {
	p.t.Helper()
	p.place("#/settings")
	p.until("my devices", `document.querySelector('.devices li')`)
}

// choose takes one of a few.
func (p *tab) choose(name, value string) {
	p.t.Helper()
	p.clickOn(name+" "+value, `document.querySelector('input[name=' + $1 + '][value=' + $2 + ']')`, name, value)
}

func TestTheChosenThemeHolds(t *testing.T) {
	t.Parallel()
	for _, lang := range langs {
		r := newRoom(t)
		lin := r.owner(look{width: 1280, height: 800, lang: lang})
		paper := func(want string) {
			t.Helper()
			lin.until("the paper "+want, `getComputedStyle(document.body).backgroundColor === $1`, want)
		}
		const light, dark = "rgb(246, 244, 239)", "rgb(19, 21, 26)"
		paper(light)
		lin.dress(look{width: 1280, height: 800, dark: true, lang: lang})
		paper(dark)
		lin.settings()
		lin.choose("theme", "light")
		paper(light)
		// Before anything of the page ran, at the first paint, it stands already.
		lin.reload()
		if got := eval[string](lin, `document.documentElement.dataset.theme`); got != "light" {
			t.Errorf("after loading the page is %q", got)
		}
		if n := eval[int](lin, `[...document.querySelectorAll('head > *')].findIndex(e => e.matches('script[src$="dom/theme.js"]:not([type], [async], [defer])')) < [...document.querySelectorAll('head > *')].findIndex(e => e.rel === 'stylesheet') ? 1 : 0`); n != 1 {
			t.Error("the theme is not known before the first drawing")
		}
		paper(light)

		// The other tab follows, and so does the bar of a phone's browser.
		second, _ := r.tab(lin.ctx, "the second tab", look{width: 1280, height: 800, dark: true, lang: lang})
		second.open(r.app.URL() + "#/settings")
		second.until("light", `document.documentElement.dataset.theme === 'light'`)
		second.choose("theme", "dark")
		paper(dark)
		lin.until("a dark bar", `[...document.querySelectorAll('meta[name=theme-color]')].find(m => matchMedia(m.media).matches).content === '#13151a'`)
		second.choose("theme", "auto")
		second.dress(look{width: 1280, height: 800, lang: lang})
		second.until("as the system", `getComputedStyle(document.body).backgroundColor === $1`, light)
	}
}

func TestCtrlEnterSendsWhereThatWasChosen(t *testing.T) {
	t.Parallel()
	for _, lang := range langs {
		r := newRoom(t)
		lin, ann := r.owner(look{width: 1280, height: 800, lang: lang}), r.member("Ann")
		lin.settings()
		lin.choose("enter", "ctrl")
		lin.place("#/chat/%d", ann.id)
		lin.until("the cursor in the field", `document.activeElement?.id === 'box'`)
		lin.fill("#box", "one")
		lin.enter()
		do(lin, input.InsertText, input.InsertTextParams{Text: "two"})
		lin.until("two lines", `document.querySelector('#box').value === 'one\ntwo'`)
		lin.key("Enter", 13, modCtrl)
		lin.says("one\ntwo")
		lin.until("an empty field", `document.querySelector('#box').value === ''`)
		// The choice holds, and can be taken back.
		lin.reload()
		lin.fill("#box", "three")
		lin.enter()
		lin.until("a line more", `document.querySelector('#box').value === 'three\n'`)
		lin.settings()
		lin.choose("enter", "enter")
		lin.place("#/chat/%d", ann.id)
		lin.until("the draft", `document.querySelector('#box')?.value === 'three\n'`)
		lin.fill("#box", "four")
		lin.enter()
		lin.says("four")
	}
}

func TestTheLimitIsShownBeforeItBites(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	for i, lang := range langs {
		var lin *tab
		if i == 0 {
			lin = r.owner(look{width: 1280, height: 800, lang: lang})
		} else {
			lin = r.guest("Wei", look{width: 1280, height: 800, lang: lang})
		}
		lin.place("#/chat/%d", i+1)
		lin.fill("#box", strings.Repeat("汉", 9_000))
		if eval[bool](lin, `Boolean(document.querySelector('.limit'))`) {
			t.Error("a limit is shown that is far away")
		}
		do(lin, input.InsertText, input.InsertTextParams{Text: strings.Repeat("字", 1_900)})
		lin.until("how much is left", `document.querySelector('.limit:not(.over)')?.innerText.includes('68') && document.querySelector('.send:enabled')`)
		do(lin, input.InsertText, input.InsertTextParams{Text: strings.Repeat("字", 100)})
		lin.until("how much is too much", `document.querySelector('.limit.over')?.innerText.includes('232') && document.querySelector('.send:disabled')`)
		lin.enter()
		if n := len(lin.texts()); n != 0 {
			t.Errorf("%d messages went out", n)
		}
		lin.fill("#box", "short")
		lin.until("no limit", `!document.querySelector('.limit')`)
		lin.enter()
		lin.says("short")
	}
}

func TestTheSheetOfShortcuts(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin, ann := r.owner(desk), r.member("Ann")
	lin.place("#/chat/%d", ann.id)
	lin.until("the cursor in the field", `document.activeElement?.id === 'box'`)
	question := input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyDown, Key: "?", Text: "?", WindowsVirtualKeyCode: 191, Modifiers: modShift}
	do(lin, input.DispatchKeyEvent, question)
	lin.until("a question mark as text", `document.querySelector('#box').value === '?' && !document.querySelector('#shortcuts[open]')`)
	eval[chromedp.Void](lin, `document.querySelector('#tab-chats').focus()`)
	do(lin, input.DispatchKeyEvent, question)
	lin.until("the sheet", `document.querySelector('#shortcuts[open]')?.contains(document.activeElement)`)
	lin.sees("Keyboard shortcuts")
	lin.press("Escape", false)
	lin.until("the sheet gone, and the focus where it was", `!document.querySelector('#shortcuts[open]') && document.activeElement.id === 'tab-chats'`)
	lin.settings()
	lin.click("Keyboard shortcuts")
	lin.until("the sheet", `document.querySelector('#shortcuts[open] kbd')`)
	lin.click("Close")
	lin.until("no sheet", `!document.querySelector('#shortcuts[open]')`)
}
