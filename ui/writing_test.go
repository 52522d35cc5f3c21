package ui_test

import (
	"slices"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

func TestEnterThatEndsACompositionDoesNotSend(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin, ann := r.facing(desk)
	ann.until("the cursor in the field", `document.activeElement?.id === 'box'`)
	do(ann, input.ImeSetComposition, input.ImeSetCompositionParams{Text: "zhong wen", SelectionStart: 9, SelectionEnd: 9})
	ann.until("a composition", `document.querySelector('#box').value === 'zhong wen'`)
	eval[chromedp.Void](ann, `addEventListener('keydown', e => { window.sawComposing = e.isComposing || e.keyCode === 229 }, {capture: true})`)
	ann.enter()
	if !eval[bool](ann, `window.sawComposing === true`) {
		t.Fatal("the browser did not call that Enter part of a composition, so this shows nothing")
	}
	do(ann, input.InsertText, input.InsertTextParams{Text: "中文"})
	ann.until("the chosen word", `document.querySelector('#box').value.trim() === '中文'`)
	if got := ann.texts(); len(got) != 0 {
		t.Fatalf("sent: %q", got)
	}
	ann.enter()
	ann.says("中文")
	lin.says("中文")
	if got := lin.texts(); len(got) != 1 {
		t.Errorf("arrived: %q", got)
	}
}

func TestDeletingMyCopyLeavesTheirs(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin, ann := r.facing(desk)
	ann.say("one")
	ann.say("two")
	lin.says("two")
	lin.menu("one", "Remove from my side")
	lin.sees("Ann keeps their copy.")
	lin.until("one message less", `document.querySelectorAll('.m').length === 1`)
	ann.says("one")

	lin.click("What to do with this chat")
	lin.click("Delete chat on my side")
	lin.sees("Ann keeps theirs")
	lin.click("Delete")
	lin.missesFor("two")
	lin.until("no chat in the list", `document.querySelector('#tab-chats').click(), !document.querySelector('.row time')`)
	ann.says("two")
	ann.say("three")
	lin.click("Ann")
	lin.says("three")
	if got := lin.texts(); !slices.Equal(got, []string{"three"}) {
		t.Errorf("the chat came back with %q", got)
	}
	if got := ann.texts(); !slices.Equal(got, []string{"one", "two", "three"}) {
		t.Errorf("the other side has %q", got)
	}
}

func TestChatWithOneselfOnTwoDevices(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin := r.owner(desk)
	lin.click("Settings, Lin Wei")
	lin.click("Sign in another device")
	lin.until("a link", `document.querySelector('dialog .copyrow code')?.innerText.includes('#link=')`)
	link := eval[string](lin, `new URL(document.querySelector('dialog .copyrow code').innerText).hash`)
	other := r.device("Lin Wei's phone", phone)
	other.open(r.app.URL() + link)
	other.chat("My devices")
	other.fill("#box", "buy milk")
	other.click("Send")
	other.says("buy milk")

	lin.click("Close")
	lin.chat("My devices")
	lin.says("buy milk")
	lin.say("done")
	other.says("done")
	lin.until("no count", `!document.title.startsWith('(')`)

	// The link was for one use.
	thief := r.device("somebody else", desk)
	thief.open(r.app.URL() + link)
	thief.sees("This link has been used already")

	// A device that is signed out goes at once, and says so.
	lin.click("Settings, Lin Wei")
	lin.until("two devices", `document.querySelectorAll('.devices li').length === 2`)
	eval[chromedp.Void](lin, `document.querySelector('.devices li button').click()`)
	lin.confirm()
	other.sees("This device has been signed out.")
}

func TestEditingAndTakingBack(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin, ann := r.facing(desk)
	ann.say("at thre")
	lin.says("at thre")
	ann.fill("#box", "half a thought")
	ann.menu("at thre", "Edit")
	ann.until("its text in the field", `document.querySelector('#box').value === 'at thre'`)
	ann.fill("#box", "at three")
	ann.enter()
	lin.says("at three")
	lin.sees("edited")
	ann.until("the draft back in the field", `document.querySelector('#box').value === 'half a thought'`)
	ann.menu("at three", "Take back from both")
	ann.click("Take back")
	lin.sees("Ann took this message back")
	ann.sees("You took this message back")
	lin.missesFor("at three")
}

func TestADraftIsOnEveryDeviceUntilItIsSent(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin, ann := r.owner(desk), r.guest("Ann", desk)
	lin.chat("Ann")
	lin.fill("#box", "tomorrow at")
	lin.chat("My devices")
	lin.until("the draft in the list", `document.querySelector('#tab-chats').click(), document.querySelector('.row em')?.parentElement.innerText.includes('tomorrow at')`)
	lin.must(chromedp.Do(lin.ctx, chromedp.Reload()))
	lin.chat("Ann")
	lin.until("the draft", `document.querySelector('#box').value === 'tomorrow at'`)
	lin.fill("#box", "tomorrow at nine")
	lin.enter()
	lin.tick("tomorrow at nine", "delivered")
	lin.must(chromedp.Do(lin.ctx, chromedp.Reload()))
	lin.says("tomorrow at nine")
	lin.until("an empty field", `document.querySelector('#box').value === ''`)
	ann.chat("Lin Wei")
	ann.says("tomorrow at nine")
}
