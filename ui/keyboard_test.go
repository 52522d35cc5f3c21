package ui_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// keys are what the browser wants to know of a key.
var keys = map[string]int64{"Tab": 9, "Escape": 27, "ArrowUp": 38, "ArrowDown": 40, "Home": 36, "End": 35, "Delete": 46, "ContextMenu": 93}

const (
	modCtrl  = 2
	modShift = 8
)

// press gives one key, with Shift or without.
func (p *tab) press(name string, shift bool) {
	p.t.Helper()
	key := input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeRawKeyDown, Key: name, Code: name, WindowsVirtualKeyCode: keys[name]}
	if shift {
		key.Modifiers = modShift
	}
	do(p, input.DispatchKeyEvent, key)
	key.Type = input.DispatchKeyEventTypeKeyUp
	do(p, input.DispatchKeyEvent, key)
}

// clipboard guards the one clipboard that all pages of the browser share.
var clipboard sync.Mutex

// ownClipboard keeps every other test from copying until this one has ended.
func ownClipboard(t *testing.T) {
	t.Helper()
	clipboard.Lock()
	t.Cleanup(clipboard.Unlock)
}

// paste does what Ctrl+V does.
func (p *tab) paste() {
	p.t.Helper()
	key := input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeRawKeyDown, Key: "v", Code: "KeyV", WindowsVirtualKeyCode: 86, Modifiers: modCtrl, Commands: []string{"paste"}}
	do(p, input.DispatchKeyEvent, key)
}

// copyKeys does what Ctrl+C does.
func (p *tab) copyKeys() {
	p.t.Helper()
	key := input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeRawKeyDown, Key: "c", Code: "KeyC", WindowsVirtualKeyCode: 67, Modifiers: modCtrl, Commands: []string{"copy"}}
	do(p, input.DispatchKeyEvent, key)
}

// walk presses Tab until what is wanted has the focus, and sees that every
// stop on the way shows it.
func (p *tab) walk(what, js string, back bool) {
	p.t.Helper()
	for range 40 {
		p.press("Tab", back)
		if eval[bool](p, `Boolean(`+js+`)`) {
			if !eval[bool](p, `(s => s.outlineStyle !== 'none' || document.activeElement.id === 'box')(getComputedStyle(document.activeElement))`) {
				p.t.Errorf("the focus on %s cannot be seen", what)
			}
			return
		}
	}
	p.t.Fatalf("%s: Tab does not lead to %s", p.name, what)
}

func TestEverythingByKeyboard(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin := r.device("Lin Wei", desk)
	lin.open(r.app.URL() + "#token=" + r.app.Token())
	lin.until("the cursor in the name", `document.activeElement?.name === 'name'`)
	lin.enter()
	lin.sees("Nobody else is here yet")
	r.member("Ann")
	lin.walk("the list of people", `document.activeElement.id === 'tab-people'`, false)
	lin.enter()
	lin.until("the list of people", `document.querySelector('#tab-people').ariaSelected === 'true' && !document.querySelector('#lists .hint')`)
	lin.walk("the first row", `document.activeElement.matches('.row')`, false)
	lin.press("ArrowDown", false)
	lin.until("the row of Ann", `document.activeElement.matches('.row') && document.activeElement.innerText.includes('Ann')`)
	lin.enter()
	lin.until("the cursor in the field", `document.activeElement?.id === 'box'`)
	do(lin, input.InsertText, input.InsertTextParams{Text: "without a mouse"})
	lin.enter()
	lin.says("without a mouse")
	lin.tick("without a mouse", "host")

	lin.walk("the conversation", `document.activeElement.id === 'log'`, true)
	lin.press("ArrowUp", false)
	lin.until("the message", `document.activeElement.matches('.m')`)
	lin.enter()
	lin.until("a menu", `document.activeElement.matches('[role=menuitem]')`)
	lin.press("ArrowUp", false)
	lin.until("its last choice", `document.activeElement.innerText.trim() === 'Remove from my side'`)
	lin.press("Escape", false)
	lin.until("the message again", `document.activeElement.matches('.m')`)
	lin.enter()
	lin.press("ArrowUp", false)
	lin.enter()
	lin.until("no message", `document.querySelectorAll('.m').length === 0`)
	if eval[bool](lin, `document.activeElement === document.body`) {
		t.Error("the focus was lost")
	}
}

func TestTheFocusStaysWhereOneIsInTheConversation(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin := r.owner(desk)
	ann := r.member("Ann")
	for i := range 60 {
		ann.say(1, fmt.Sprintf("line %d", i+1))
	}
	// Opened while they still come in, it would stand elsewhere first.
	lin.until("all of them", `document.querySelector('.row .n')?.innerText === '60'`)
	lin.place("#/chat/%d", ann.id)
	lin.until("the beginning of it, and more below", `document.querySelector('#log[aria-busy=false] #line') && (l => l && l.scrollHeight - l.scrollTop - l.clientHeight > 200)(document.querySelector('#log'))`)
	lin.until("the cursor in the field", `document.activeElement?.id === 'box'`)
	eval[chromedp.Void](lin, `document.querySelector('#log').focus({preventScroll: true})`)
	top := eval[float64](lin, `document.querySelector('#log').scrollTop`)
	lin.press("ArrowUp", false)
	lin.until("the last message in sight", `(m => m.matches('.m') && m.getBoundingClientRect().top < document.querySelector('#log').getBoundingClientRect().bottom)(document.activeElement)`)
	if now := eval[float64](lin, `document.querySelector('#log').scrollTop`); now-top > 100 || top-now > 100 {
		t.Errorf("the conversation went from %v to %v", top, now)
	}
	lin.press("ArrowUp", false)
	lin.press("ArrowUp", false)
	before := eval[int](lin, `Number(document.activeElement.dataset.seq)`)
	lin.press("Delete", false)
	lin.until("the one below it, now that it is gone", `document.activeElement.dataset.seq === String($1 + 1) && !document.querySelector('.m[data-seq="$1"]')`, before)
	lin.press("ArrowUp", false)
	lin.until("the one above", `document.activeElement.dataset.seq === String($1 - 1)`, before)
}

// holdEnter keeps Enter down from one focus to the next, as a hand does that stays on it for half a second.
func (p *tab) holdEnter() {
	p.t.Helper()
	key := input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyDown, Key: "Enter", Code: "Enter", Text: "\r", UnmodifiedText: "\r", WindowsVirtualKeyCode: 13}
	for i := range 8 {
		again := i > 0
		key.AutoRepeat = &again
		do(p, input.DispatchKeyEvent, key)
	}
	key.Type, key.Text, key.UnmodifiedText, key.AutoRepeat = input.DispatchKeyEventTypeKeyUp, "", "", nil
	do(p, input.DispatchKeyEvent, key)
}

func TestAHeldKeyNeitherAsksNorAnswers(t *testing.T) {
	t.Parallel()
	for _, lang := range langs {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			l := desk
			l.lang = lang
			r := newRoom(t)
			lin := r.owner(l)
			ann := r.member("Ann")
			for _, text := range []string{"one", "two", "three"} {
				ann.say(1, text)
			}
			lin.place("#/chat/%d", ann.id)
			lin.says("three")
			lin.until("the row", `document.querySelector('.row[data-who="2"]')`)
			ask := func() {
				t.Helper()
				eval[chromedp.Void](lin, `document.querySelector('.row[data-who="2"]').dispatchEvent(new MouseEvent('contextmenu', {bubbles: true, cancelable: true}))`)
				lin.until("a menu", `document.activeElement.matches('#menu [role=menuitem]')`)
				lin.press("End", false)
				lin.until("its last choice", `document.activeElement.innerText.includes($1)`, lin.word("menu.deleteChat"))
				lin.holdEnter()
			}
			const onCancel = `document.querySelector('dialog[open]')?.contains(document.activeElement) && document.activeElement.innerText === $1`
			// Enter opens the question, and stays down: nothing is answered.
			ask()
			lin.until("the question, its focus where nothing is lost", onCancel, lin.word("cancel"))
			lin.enter()
			lin.until("no question", `!document.querySelector('dialog[open]')`)
			lin.says("three")

			// Held on a message it opens the menu, and presses nothing in it.
			eval[chromedp.Void](lin, bubble+`.focus()`, "two")
			lin.holdEnter()
			lin.until("the menu of the message", `document.activeElement.matches('#menu [role=menuitem]')`)
			lin.press("Escape", false)

			// Answered by somebody who means it.
			ask()
			lin.until("the question", onCancel, lin.word("cancel"))
			lin.press("Tab", false)
			lin.enter()
			lin.until("the chat gone", `!document.querySelector('.m')`)
		})
	}
}
