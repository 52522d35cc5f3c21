package ui_test

import (
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// click finds a button, link or row by its words or its label.
const find = `[...document.querySelectorAll('button, a, [role=menuitem]')].find(e => e.getClientRects().length && getComputedStyle(e).visibility === 'visible' && !e.disabled && ((e.getAttribute('aria-label') ?? '') === $1 || e.innerText.split('\n').some(l => l.trim() === $1)))`

func (p *tab) click(words string) {
	p.t.Helper()
	p.until("a button "+words, find, words)
	p.byHand(find+`.click()`, words)
}

// fill writes into a field the way a hand does, after emptying it.
func (p *tab) fill(css, text string) {
	p.t.Helper()
	p.until("a field "+css, `document.querySelector($1)`, css)
	eval[chromedp.Void](p, `(() => { const e = document.querySelector($1); e.focus(); e.select() })()`, css)
	do(p, input.InsertText, input.InsertTextParams{Text: text})
}

// enter presses the Enter key as a keyboard does.
func (p *tab) enter() {
	p.t.Helper()
	key := input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyDown, Key: "Enter", Code: "Enter", Text: "\r", UnmodifiedText: "\r", WindowsVirtualKeyCode: 13}
	do(p, input.DispatchKeyEvent, key)
	key.Type, key.Text, key.UnmodifiedText = input.DispatchKeyEventTypeKeyUp, "", ""
	do(p, input.DispatchKeyEvent, key)
}

// owner makes the first person, who is called Lin Wei.
func (r *room) owner(l look) *tab {
	r.t.Helper()
	return r.first(r.device("Lin Wei", l))
}

// first makes the first person with a page that is there.
func (r *room) first(p *tab) *tab {
	r.t.Helper()
	p.open(r.app.URL() + "#token=" + r.app.Token())
	p.fill("input[name=name]", p.name)
	p.submit()
	p.until("the two lists", `document.querySelector('#tab-people')`)
	return p
}

// facing gives Lin Wei and Ann, who have each other on screen.
func (r *room) facing(l look) (lin, ann *tab) {
	r.t.Helper()
	lin, ann = r.owner(l), r.guest("Ann", l)
	lin.chat("Ann")
	ann.chat("Lin Wei")
	return lin, ann
}

// guest joins with the code that the link carries.
func (r *room) guest(name string, l look) *tab {
	r.t.Helper()
	p := r.device(name, l)
	p.open(r.app.URL() + "#join=welcome")
	p.fill("input[name=name]", name)
	p.submit()
	p.until("the two lists", `document.querySelector('#tab-people')`)
	return p
}

// submit presses the button of the form that is on screen.
func (p *tab) submit() {
	p.t.Helper()
	p.until("a button to press", `document.querySelector('form button[type=submit]:enabled')`)
	eval[chromedp.Void](p, `document.querySelector('form button[type=submit]').click()`)
}

// chat opens the chat with somebody out of the list of people.
func (p *tab) chat(name string) {
	p.t.Helper()
	p.until("the list of people", `document.querySelector('#tab-people')`)
	eval[chromedp.Void](p, `document.querySelector('#tab-people').click()`)
	p.click(name)
	p.until("the chat with "+name, `document.querySelector('.head h1')?.innerText === $1 && document.querySelector('#box')`, name)
}

// say writes and sends a message as a keyboard does.
func (p *tab) say(text string) {
	p.t.Helper()
	p.fill("#box", text)
	p.enter()
	p.until("an empty field", `document.querySelector('#box').value === ''`)
	p.says(text)
}

const bubble = `[...document.querySelectorAll('.m')].findLast(m => m.querySelector('.body')?.firstChild && [...m.querySelector('.body').childNodes].filter(n => n.nodeType !== 8 && n.nodeName !== 'SMALL').map(n => n.textContent).join('') === $1)`

// says waits until a message stands in the conversation.
func (p *tab) says(text string) {
	p.t.Helper()
	p.until("the message "+text, bubble, text)
}

// tick waits until a message of one's own carries that sign.
func (p *tab) tick(text, state string) {
	p.t.Helper()
	p.until(text+" to be "+state, bubble+`?.querySelector('.tick.'+$2)`, text, state)
}

// texts are the messages on screen, from top to bottom.
func (p *tab) texts() []string {
	p.t.Helper()
	return eval[[]string](p, `[...document.querySelectorAll('.m .body')].map(b => [...b.childNodes].filter(n => n.nodeType !== 8 && n.nodeName !== 'SMALL').map(n => n.textContent).join(''))`)
}

// menu chooses from what can be done with a message.
func (p *tab) menu(text, choice string) {
	p.t.Helper()
	p.says(text)
	eval[chromedp.Void](p, bubble+`.querySelector('.more').click()`, text)
	p.click(choice)
}

// confirm answers the question on screen with yes.
func (p *tab) confirm() {
	p.t.Helper()
	p.until("a question", `document.querySelector('dialog[open] form.dialog button[type=submit]')`)
	eval[chromedp.Void](p, `document.querySelector('dialog[open] form.dialog button[type=submit]').click()`)
	p.until("the question gone", `!document.querySelector('dialog[open]')`)
}

// rowMenu chooses from what can be done with somebody's row of the list.
func (p *tab) rowMenu(name, choice string) {
	p.t.Helper()
	row := `[...document.querySelectorAll('.lists .row')].find(r => r.querySelector('b')?.innerText === $1)`
	p.until("the row of "+name, row, name)
	eval[chromedp.Void](p, row+`.dispatchEvent(new MouseEvent('contextmenu', {bubbles: true, cancelable: true, clientX: 100, clientY: 200}))`, name)
	p.click(choice)
}

// again signs the same person in on another device.
func (r *room) again(p *tab, l look) *tab {
	r.t.Helper()
	link := eval[string](p, `fetch('/api/me/links', {method: 'POST', headers: {'Content-Type': 'application/json'}, body: '{}'}).then(r => r.json()).then(l => new URL(l.url).hash)`)
	other := r.device(p.name+"'s other device", l)
	other.open(r.app.URL() + link)
	other.until("the two lists", `document.querySelector('#tab-people')`)
	return other
}
