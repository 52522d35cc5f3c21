package ui_test

import (
	"testing"

	"github.com/chromedp/chromedp"
)

func TestReadReceiptsGoBothWays(t *testing.T) {
	t.Parallel()
	for _, lang := range langs {
		l := look{width: 1280, height: 800, lang: lang}
		r := newRoom(t)
		lin, ann := r.owner(l), r.guest("Ann", l)
		ann.settings()
		ann.seesWord("settings.receipts.text")
		eval[chromedp.Void](ann, `document.querySelector('input[name=receipts]').click()`)
		ann.until("no receipts", `fetch('/api/host').then(r => r.json()).then(h => h.me.receipts === false)`)
		lin.place("#/chat/%d", 2)
		lin.until("the cursor in the field", `document.activeElement?.id === 'box'`)
		lin.say("have you seen this?")
		ann.place("#/chat/%d", 1)
		ann.says("have you seen this?")
		ann.say("yes")
		lin.says("yes")
		// Both have read; neither is told.
		for p, text := range map[*tab]string{lin: "have you seen this?", ann: "yes"} {
			p.tick(text, "delivered")
			p.until("nothing unread", `!document.title.startsWith('(')`)
			if eval[bool](p, bubble+`.querySelector('.tick.read') !== null`, text) {
				t.Errorf("%s is told that the other has read", p.name)
			}
		}
		ann.settings()
		eval[chromedp.Void](ann, `document.querySelector('input[name=receipts]').click()`)
		ann.until("receipts", `fetch('/api/host').then(r => r.json()).then(h => h.me.receipts === true)`)
		ann.place("#/chat/%d", 1)
		lin.say("and this?")
		ann.says("and this?")
		lin.tick("and this?", "read")
	}
}

func TestADeviceIsSignedInByALinkAndEnded(t *testing.T) {
	t.Parallel()
	for _, lang := range langs {
		l := look{width: 1280, height: 800, lang: lang}
		r := newRoom(t)
		lin := r.owner(l)
		lin.settings()
		lin.click(lin.word("settings.devices.add"))
		lin.until("a link", `document.querySelector('dialog[open] code')?.innerText.includes('#link=')`)
		link := eval[string](lin, `new URL(document.querySelector('dialog[open] code').innerText).hash`)
		lin.press("Escape", false)
		other := r.device("Lin Wei's phone", look{width: 360, height: 740, touch: true, lang: lang})
		other.open(r.app.URL() + link)
		other.until("the two lists", `document.querySelector('#tab-people')`)
		lin.reload()
		lin.until("two devices", `document.querySelectorAll('.devices li').length === 2`)
		lin.clickOn("the button that ends it", `document.querySelector('.devices li button')`)
		lin.confirm()
		lin.until("one device", `document.querySelectorAll('.devices li').length === 1`)
		other.until("signed out", `document.body.dataset.phase === 'signin'`)
		other.seesWord("door.ended")
	}
}

func TestTheLanguageCanBeChanged(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin := r.owner(desk)
	lin.settings()
	for _, to := range []struct{ click, lang, sees string }{{"简体中文", "zh-CN", "外观和语言"}, {"English", "en", "Look and language"}, {"简体中文", "zh-CN", "外观和语言"}} {
		lin.click(to.click)
		lin.sees(to.sees)
		lin.until("the page's language "+to.lang, `document.documentElement.lang.startsWith($1)`, to.lang)
	}
	lin.reload()
	lin.sees("外观和语言")
}
