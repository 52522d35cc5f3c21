package ui_test

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// order is whose rows stand in the list, from top to bottom.
const order = `[...document.querySelectorAll('.lists .row b')].map(b => b.innerText).join(', ')`

func TestTheListIsKeptByHand(t *testing.T) {
	t.Parallel()
	for _, lang := range []struct{ tag, pin, unpin, unread, read, marked, mute, unmute, muted, pinned, self string }{
		{"en-GB", "Pin to the top", "Unpin", "Mark as unread", "Mark as read", "marked as unread", "Mute", "Unmute", "muted", "pinned", "My devices"},
		{"zh-CN", "置顶", "取消置顶", "标为未读", "标为已读", "已标为未读", "静音", "取消静音", "已静音", "已置顶", "我的设备"},
	} {
		t.Run(lang.tag, func(t *testing.T) {
			t.Parallel()
			r := newRoom(t)
			l := desk
			l.lang = lang.tag
			lin := r.owner(l)
			ann, bob := r.member("Ann"), r.member("Bob")
			ann.say(1, "first")
			bob.say(1, "second")
			lin.until("the later on top", order+` === 'Bob, Ann, '+$1`, lang.self)
			small := phone
			small.lang = lang.tag
			other := r.again(lin, small)
			other.until("the same there", order+` === 'Bob, Ann, '+$1`, lang.self)

			lin.rowMenu("Ann", lang.pin)
			for _, p := range []*tab{lin, other} {
				p.until("the pinned one on top", order+` === 'Ann, Bob, '+$1`, lang.self)
			}
			lin.until("its sign", `document.querySelector('.row [aria-label="`+lang.pinned+`"]')`)
			bob.say(1, "third")
			lin.until("two unread of Bob", `document.querySelector('[data-who="3"] .n')?.innerText === '2' && `+order+` === 'Ann, Bob, '+$1`, lang.self)
			lin.rowMenu("Ann", lang.unpin)
			other.until("the later on top again", order+` === 'Bob, Ann, '+$1`, lang.self)

			// Read by hand, unread by hand; the other device hears of both.
			lin.rowMenu("Bob", lang.read)
			other.until("no count", `!document.querySelector('[data-who="3"] .n')`)
			lin.rowMenu("Bob", lang.unread)
			other.until("a mark", `document.querySelector('[data-who="3"] .n.bare')?.getAttribute('aria-label') === $1`, lang.marked)
			lin.rowMenu("Ann", lang.read)
			lin.until("a dot in the title", `document.title.startsWith('• ')`)
			eval[chromedp.Void](other, `(() => { const real = fetch; window.patched = 0; window.fetch = (path, init) => (init?.method === 'PATCH' && patched++, real(path, init)) })()`)
			eval[chromedp.Void](other, `document.querySelector('[data-who="3"]').click()`)
			other.says("third")
			lin.until("no mark", `!document.querySelector('[data-who="3"] .n') && !document.title.startsWith('•')`)
			if n := eval[int](other, `patched`); n != 1 {
				t.Errorf("the mark was taken away %d times", n)
			}
			// Also by a press on the row of the chat that is open already.
			eval[chromedp.Void](lin, `document.querySelector('[data-who="3"]').click()`)
			lin.says("third")
			lin.rowMenu("Bob", lang.unread)
			lin.until("a mark", `document.querySelector('[data-who="3"] .n.bare')`)
			eval[chromedp.Void](lin, `document.querySelector('[data-who="3"]').click()`)
			lin.until("no mark", `!document.querySelector('[data-who="3"] .n')`)

			lin.rowMenu("Ann", lang.mute)
			other.until("its sign", `document.querySelector('[data-who="2"] [aria-label="`+lang.muted+`"]')`)
			ann.say(1, "fourth")
			lin.until("a quiet count", `document.querySelector('[data-who="2"] .n.quiet')?.innerText === '1' && !document.title.includes('1')`)
			lin.rowMenu("Ann", lang.unmute)
			lin.until("a loud count", `document.querySelector('[data-who="2"] .n:not(.quiet)')?.innerText === '1' && document.title.startsWith('(1) ')`)
		})
	}
}

func TestReadingOnOneDeviceClearsTheOthers(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin := r.owner(desk)
	ann := r.member("Ann")
	other := r.again(lin, phone)
	icon := `document.querySelector('link[rel=icon]').href`
	plain := eval[string](lin, icon)
	ann.say(1, "one")
	ann.say(1, "two")
	for _, p := range []*tab{lin, other} {
		p.until("two unread", `document.querySelector('.row .n')?.innerText === '2' && document.title.startsWith('(2) ')`)
		p.until("a number on the icon", icon+`.startsWith('data:image/png')`)
	}
	two := eval[string](lin, icon)
	ann.say(1, "three")
	lin.until("another number", `document.title.startsWith('(3) ') && `+icon+` !== $1`, two)
	other.click("Ann")
	other.says("three")
	lin.until("nothing unread", `!document.querySelector('.row .n') && document.title === 'Duologue'`)
	lin.until("the plain icon", icon+` === $1`, plain)
}

func TestThroughTheListByKeys(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin := r.owner(desk)
	for _, name := range []string{"Ann", "Bob", "Eve"} {
		r.member(name).say(1, "I am "+name)
	}
	lin.until("the rows", order+` === 'Eve, Bob, Ann, My devices'`)
	at := func(name string) {
		t.Helper()
		lin.until("the focus on "+name, `document.activeElement.matches('.row') && document.activeElement.querySelector('b').innerText === $1`, name)
	}
	eval[chromedp.Void](lin, `document.querySelector('#find').focus()`)
	lin.press("ArrowDown", false)
	at("Eve")
	lin.press("ArrowUp", false)
	lin.until("the field", `document.activeElement.id === 'find'`)
	lin.press("ArrowDown", false)
	lin.press("End", false)
	at("My devices")
	lin.press("ArrowDown", false)
	at("My devices")
	lin.press("Home", false)
	at("Eve")
	lin.press("ArrowDown", false)
	at("Bob")
	if stops := eval[int](lin, `document.querySelectorAll('.lists [tabindex="0"]').length`); stops != 1 {
		t.Errorf("Tab stops at %d rows", stops)
	}
	// The key for menus, as browsers tell it.
	lin.press("ContextMenu", false)
	lin.until("a menu", `document.activeElement.matches('[role=menuitem]')`)
	lin.press("Escape", false)
	at("Bob")
	lin.enter()
	lin.says("I am Bob")
	lin.until("the cursor in the field", `document.activeElement?.id === 'box'`)
	lin.walk("the open chat's row", `document.activeElement.matches('.row')`, true)
	at("Bob")
}
