package ui_test

import (
	"slices"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// lacks waits until a message is not in the conversation.
func (p *tab) lacks(text string) {
	p.t.Helper()
	p.until("no message "+text, `!`+bubble, text)
}

// offers tells whether a message's menu has that choice.
func (p *tab) offers(text, choice string) bool {
	p.t.Helper()
	p.says(text)
	eval[chromedp.Void](p, bubble+`.querySelector('.more').click()`, text)
	p.until("a menu", `document.querySelector('#menu:popover-open [role=menuitem]')`)
	found := eval[bool](p, `[...document.querySelectorAll('#menu [role=menuitem]')].some(i => i.innerText.trim() === $1)`, choice)
	p.press("Escape", false)
	p.until("no menu", `!document.querySelector('#menu:popover-open')`)
	return found
}

func TestRemovingMineCanBeUndone(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, in tongue, r *room, lin, ann *tab) {
		ann.say("one")
		ann.say("two")
		ann.say("three")
		lin.says("three")
		lin.menu("one", in.say["remove"])
		lin.sees(in.say["theirs"])
		lin.lacks("one")
		lin.shots("undo-"+in.lang, in.lang)
		lin.click(in.say["undo"])
		lin.says("one")
		lin.missesFor(in.say["theirs"])

		// The list does not go on showing what is being removed.
		const inList = `document.querySelector('.row[data-who="2"] .preview').innerText === $1`
		eval[chromedp.Void](lin, `document.querySelector('#tab-chats').click()`)
		lin.until("the newest in the list", inList, "three")
		lin.menu("three", in.say["remove"])
		lin.until("what stands before it in the list", inList, "two")
		lin.click(in.say["undo"])
		lin.until("the newest in the list again", inList, "three")
		lin.missesFor(in.say["theirs"])

		// Leaving the chat carries it out, and so does leaving the page.
		lin.menu("one", in.say["remove"])
		lin.lacks("one")
		eval[chromedp.Void](lin, `history.back()`)
		lin.until("it done at the host", `fetch('/api/chats/2/messages').then(a => a.json()).then(a => a.messages.length === 2)`)
		lin.chat("Ann")
		lin.menu("two", in.say["remove"])
		lin.lacks("two")
		lin.must(chromedp.Do(lin.ctx, chromedp.Reload()))
		lin.says("three")
		lin.until("it done at the host", `fetch('/api/chats/2/messages').then(a => a.json()).then(a => a.messages.length === 1)`)
		lin.lacks("two")
		if got := ann.texts(); !slices.Equal(got, []string{"one", "two", "three"}) {
			t.Errorf("the other side has %q", got)
		}
	})
}

func TestChangingAndTakingBackInTimeAndTooLate(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, in tongue, r *room, lin, ann *tab) {
		r.late.Store(int64(10 * time.Minute))
		ann.must(chromedp.Do(ann.ctx, chromedp.Reload()))
		lin.say("shall we?")
		ann.says("shall we?")
		ann.menu("shall we?", in.say["reply"])
		ann.say("at thre")
		ann.say("or at four")
		ann.say("or at five")
		lin.says("or at five")
		if !ann.offers("at thre", in.say["edit"]) || !ann.offers("at thre", in.say["recall"]) {
			t.Error("what is just sent cannot be changed or taken back")
		}
		if ann.offers("shall we?", in.say["edit"]) || ann.offers("shall we?", in.say["recall"]) {
			t.Error("the other one's message can be changed")
		}
		ann.menu("at thre", in.say["edit"])
		ann.until("the words to be changed", `document.querySelector('#box').value === 'at thre'`)
		ann.fill("#box", "at three")
		ann.enter()
		lin.says("at three")
		lin.sees(in.say["edited"])

		// Taken back, its text and what it answered are there to be written again.
		ann.menu("at three", in.say["recall"])
		ann.click(in.say["sure"])
		ann.sees(in.say["recalled"])
		lin.lacks("at three")
		ann.click(in.say["again"])
		ann.until("its text in the field", `document.querySelector('#box').value === 'at three'`)
		ann.shots("again-"+in.lang, in.lang)
		ann.enter()
		lin.until("the quote", quoted, "at three", "shall we?")

		// Ten minutes later it is too late to take back; the page that does
		// not know it yet is told so by the host.
		ann.menu("or at four", in.say["recall"])
		r.late.Store(0)
		ann.click(in.say["sure"])
		ann.sees(in.say["late recall"])
		ann.says("or at four")
		ann.must(chromedp.Do(ann.ctx, chromedp.Reload()))
		ann.until("the conversation", bubble, "or at five")
		if ann.offers("or at four", in.say["recall"]) || !ann.offers("or at four", in.say["edit"]) {
			t.Error("after ten minutes only a change is in time")
		}
	})
}

func TestTooLateToChange(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, in tongue, r *room, lin, ann *tab) {
		r.late.Store(int64(20 * time.Minute))
		ann.must(chromedp.Do(ann.ctx, chromedp.Reload()))
		ann.until("the field", `document.querySelector('#box')`)
		ann.say("at thre")
		ann.tick("at thre", "read")
		ann.menu("at thre", in.say["edit"])
		ann.until("the words to be changed", `document.querySelector('#box').value === 'at thre'`)
		r.late.Store(0)
		ann.fill("#box", "at three")
		ann.enter()
		ann.sees(in.say["late edit"])
		ann.until("my words kept", `document.querySelector('#box').value === 'at three'`)
		lin.says("at thre")
		ann.must(chromedp.Do(ann.ctx, chromedp.Reload()))
		if ann.offers("at thre", in.say["edit"]) || ann.offers("at thre", in.say["recall"]) {
			t.Error("what is too late is offered")
		}
		// Upwards in the empty field leaves it alone, too.
		eval[chromedp.Void](ann, `document.querySelector('#box').focus()`)
		ann.press("ArrowUp", false)
		ann.until("nothing to change", `!document.querySelector('.editing') && document.querySelector('#box').value === ''`)
	})
}

func TestUpwardsChangesTheLast(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, in tongue, r *room, lin, ann *tab) {
		ann.say("at thre")
		lin.says("at thre")
		lin.say("pardon?")
		ann.says("pardon?")
		ann.until("the message at the host", bubble+`?.dataset.seq`, "at thre")
		eval[chromedp.Void](ann, `document.querySelector('#box').focus()`)
		ann.press("ArrowUp", false)
		ann.until("my last message in the field", `document.querySelector('#box').value === 'at thre' && document.activeElement.id === 'box'`)
		ann.press("Escape", false)
		ann.until("an empty field", `document.querySelector('#box').value === ''`)
		ann.press("ArrowUp", false)
		ann.until("my last message in the field", `document.querySelector('#box').value === 'at thre'`)
		ann.fill("#box", "at three")
		ann.enter()
		lin.says("at three")
		lin.lacks("at thre")

		// What is being removed, and what was taken back, is passed by.
		ann.says("at three")
		ann.say("never mind")
		ann.until("the message at the host", bubble+`?.dataset.seq`, "never mind")
		ann.menu("never mind", in.say["remove"])
		ann.lacks("never mind")
		eval[chromedp.Void](ann, `document.querySelector('#box').focus()`)
		ann.press("ArrowUp", false)
		ann.until("the one before in the field", `document.querySelector('#box').value === 'at three'`)
	})
}

func TestSelectingSeveral(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, in tongue, r *room, lin, ann *tab) {
		ownClipboard(t)
		for _, text := range []string{"one", "two", "three"} {
			ann.say(text)
		}
		lin.says("three")
		choose := func() {
			lin.menu("one", in.say["select"])
			lin.until("bubbles to choose", `document.querySelectorAll('.m.picking').length === 3`)
			eval[chromedp.Void](lin, bubble+`.click()`, "three")
			lin.sees(in.say["two"])
		}
		choose()
		lin.shots("select-"+in.lang, in.lang)
		lin.press("Escape", false)
		lin.missesFor(in.say["two"])

		do(lin, page.BringToFront, cdp.Empty{})
		choose()
		lin.click(in.say["copy"])
		lin.sees(in.say["copied"])
		lin.until("the field", `document.querySelector('#box')?.focus() || document.activeElement?.id === 'box'`)
		lin.paste()
		lin.until("both with their names", `/^Ann, .*\none\n\nAnn, .*\nthree$/.test(document.querySelector('#box').value)`)
		lin.fill("#box", "")

		choose()
		lin.click(in.say["remove"])
		lin.lacks("one")
		lin.lacks("three")
		lin.says("two")
		lin.click(in.say["undo"])
		lin.says("one")
		choose()
		lin.click(in.say["remove"])
		lin.lacks("one")
		eval[chromedp.Void](lin, `history.back()`)
		lin.until("both gone at the host", `fetch('/api/chats/2/messages').then(a => a.json()).then(a => a.messages.length === 1)`)
		lin.missesFor(in.say["undo"])
		if got := ann.texts(); len(got) != 3 {
			t.Errorf("the other side has %q", got)
		}
	})
}

func TestDetailsSayHowFarItCame(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, in tongue, r *room, lin, ann *tab) {
		lin.say("hello")
		lin.tick("hello", "read")
		lin.menu("hello", in.say["details"])
		lin.until("the details", `(d => d && d.innerText.includes($1) && d.innerText.includes($2))(document.querySelector('dialog[open] .details'))`, in.say["sent"], in.say["read"])
		lin.shots("details-"+in.lang, in.lang)
		lin.click(in.say["close"])
		lin.until("no dialog", `!document.querySelector('dialog[open]')`)
	})
}
