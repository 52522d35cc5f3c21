package ui_test

import (
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// compose begins a composition in the field that has the cursor, and presses
// the Enter that ends it.
func (p *tab) compose(css, letters string, modifiers int64) {
	p.t.Helper()
	p.until("the cursor in "+css, `document.activeElement?.matches($1)`, css)
	do(p, input.ImeSetComposition, input.ImeSetCompositionParams{Text: letters, SelectionStart: int64(len(letters)), SelectionEnd: int64(len(letters))})
	p.until("a composition", `document.activeElement.value.endsWith($1)`, letters)
	eval[chromedp.Void](p, `(window.sawComposing = null, addEventListener('keydown', e => { window.sawComposing = e.isComposing || e.keyCode === 229 }, {capture: true, once: true}))`)
	key := input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyDown, Key: "Enter", Code: "Enter", Text: "\r", UnmodifiedText: "\r", WindowsVirtualKeyCode: 13, Modifiers: modifiers}
	do(p, input.DispatchKeyEvent, key)
	key.Type, key.Text, key.UnmodifiedText = input.DispatchKeyEventTypeKeyUp, "", ""
	do(p, input.DispatchKeyEvent, key)
	if !eval[bool](p, `window.sawComposing === true`) {
		p.t.Fatal("the browser did not call that Enter part of a composition, so this shows nothing")
	}
}

// ends puts the chosen word in the place of the letters.
func (p *tab) ends(word string) {
	p.t.Helper()
	do(p, input.InsertText, input.InsertTextParams{Text: word})
	p.until("the chosen word", `document.activeElement.value.trim().endsWith($1)`, word)
}

func TestTheEnterOfACompositionDoesNothingAnywhere(t *testing.T) {
	t.Parallel()
	for _, lang := range langs {
		l := look{width: 1280, height: 800, lang: lang}
		r := newRoom(t)
		lin := r.owner(l)

		// Joining: the form doesn't go out under half a name.
		wei := r.device("小伟", l)
		wei.open(r.app.URL() + "#join=welcome")
		wei.compose("input[name=name]", "xiao wei", 0)
		wei.ends("小伟")
		if n := eval[int](wei, `performance.getEntriesByType('resource').filter(e => e.name.endsWith('/api/join')).length`); n != 0 {
			t.Fatal("the form went out while the name was being composed")
		}
		wei.enter()
		wei.until("the two lists", `document.querySelector('#tab-people')`)

		// Changing what was sent.
		lin.place("#/chat/%d", 2)
		lin.until("the cursor in the field", `document.activeElement?.id === 'box'`)
		lin.say("zhong")
		lin.until("its menu", bubble+`?.querySelector('.more')`, "zhong")
		lin.menu("zhong", lin.word("menu.edit"))
		lin.until("its text in the field", `document.querySelector('#box').value === 'zhong' && document.activeElement?.id === 'box'`)
		lin.fill("#box", "中")
		lin.compose("#box", "wen", 0)
		lin.ends("文")
		lin.until("still being changed", `document.querySelector('.editing')`)
		lin.enter()
		lin.says("中文")

		// Where Ctrl+Enter sends, not with one either.
		lin.settings()
		lin.choose("enter", "ctrl")
		lin.place("#/chat/%d", 2)
		lin.compose("#box", "ni hao", modCtrl)
		lin.ends("你好")
		if got := lin.texts(); len(got) != 1 {
			t.Fatalf("sent: %q", got)
		}
		lin.key("Enter", 13, modCtrl)
		lin.says("你好")

		// Looking for an emoji.
		lin.key("e", 69, modCtrl)
		lin.until("some emoji", `document.querySelector('.emojis [role=option]')`)
		lin.compose(".picker .look", "cat", 0)
		lin.ends("猫")
		lin.until("nothing chosen yet", `document.querySelector('#box').value === ''`)
		lin.enter()
		lin.until("a cat", `document.querySelector('#box').value !== ''`)
	}
}

func TestADraftReachesTheOtherDevice(t *testing.T) {
	t.Parallel()
	for _, lang := range langs {
		r := newRoom(t)
		lin := r.owner(look{width: 1280, height: 800, lang: lang})
		r.member("Ann")
		other := r.again(lin, look{width: 360, height: 740, touch: true, lang: lang})
		lin.place("#/chat/%d", 2)
		lin.fill("#box", "明天上午九点")
		other.until("the draft in the list", `document.querySelector('#tab-chats').click(), document.querySelector('.row em')?.parentElement.innerText.includes('明天上午九点')`)
		lin.reload()
		lin.until("the draft", `document.querySelector('#box')?.value === '明天上午九点'`)
		other.place("#/chat/%d", 2)
		other.until("the draft", `document.querySelector('#box')?.value === '明天上午九点'`)
		other.fill("#box", "明天上午十点")
		lin.until("what was changed there", `document.querySelector('#box').value === '明天上午十点'`)
		other.clickOn("the button", `document.querySelector('.send:enabled')`)
		lin.says("明天上午十点")
		lin.until("an empty field", `document.querySelector('#box').value === ''`)
	}
}

func TestADraftStaysWhenSomethingElseIsForwarded(t *testing.T) {
	t.Parallel()
	for _, lang := range langs {
		r := newRoom(t)
		lin := r.owner(look{width: 1280, height: 800, lang: lang})
		ann, bob := r.member("Ann"), r.member("Bob")
		ann.say(1, "for everybody")
		lin.place("#/chat/%d", bob.id)
		lin.fill("#box", "Bob, about tomorrow")
		draft := `fetch('/api/sync').then(a => a.json()).then(s => s.chats.find(c => c.who === $1).draft === 'Bob, about tomorrow')`
		lin.until("the draft at the host", draft, bob.id)
		lin.place("#/chat/%d", ann.id)
		lin.menu("for everybody", lin.word("menu.forward"))
		lin.clickOn("Bob", `[...document.querySelectorAll('dialog[open] .chooser button')].find(b => b.querySelector('b').innerText === 'Bob')`)
		lin.place("#/chat/%d", bob.id)
		lin.tick("for everybody", "host")
		lin.until("the draft in the field", `document.querySelector('#box').value === 'Bob, about tomorrow'`)
		lin.reload()
		lin.tick("for everybody", "host")
		lin.until("the draft in the field", `document.querySelector('#box').value === 'Bob, about tomorrow'`)
		lin.until("the draft at the host", draft, bob.id)
	}
}

func TestOnlyTheTextIsPasted(t *testing.T) {
	t.Parallel()
	ownClipboard(t)
	r := newRoom(t)
	lin, ann := r.owner(desk), r.member("Ann")
	lin.place("#/chat/%d", ann.id)
	lin.until("the cursor in the field", `document.activeElement?.id === 'box'`)
	// Rich text, as an office program or another page gives it.
	eval[chromedp.Void](lin, `(() => { const div = document.createElement('div'); const b = document.createElement('b'); b.textContent = 'bold'; b.style.color = 'red'
		const a = document.createElement('a'); a.href = 'https://example.org/'; a.textContent = ' link'; div.append(b, a); div.id = 'rich'; document.body.append(div); document.activeElement.blur()
		getSelection().selectAllChildren(div); document.execCommand('copy'); div.remove() })()`)
	eval[chromedp.Void](lin, `document.querySelector('#box').focus()`)
	do(lin, page.BringToFront, cdp.Empty{})
	lin.paste()
	lin.until("its words alone", `document.querySelector('#box').value === 'bold link'`)
	lin.enter()
	lin.says("bold link")
	lin.until("no element of it", `!document.querySelector('.m b, .m a')`)
}
