package ui_test

import (
	"testing"

	"github.com/chromedp/chromedp"
)

func TestAChangeIsKeptInItsChat(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin := r.owner(desk)
	ann, bob := r.member("Ann"), r.member("Bob")
	box := func(text string) {
		t.Helper()
		lin.until("in the field: "+text, `document.querySelector('#box')?.value === $1`, text)
	}
	lin.place("#/chat/%d", bob.id)
	lin.say("for Bob")
	lin.tick("for Bob", "host")
	lin.place("#/chat/%d", ann.id)
	lin.say("at thre")
	lin.tick("at thre", "host")
	lin.menu("at thre", "Edit")
	box("at thre")
	lin.fill("#box", "at three")

	// In another chat another message is changed, and that is given up.
	lin.place("#/chat/%d", bob.id)
	box("")
	eval[chromedp.Void](lin, `document.querySelector('#box').focus()`)
	lin.press("ArrowUp", false)
	box("for Bob")
	lin.press("Escape", false)
	box("")
	lin.place("#/chat/%d", ann.id)
	box("at three")

	// The host can't take it, and I am elsewhere when that is known.
	eval[chromedp.Void](lin, `(() => { const get = window.fetch; window.refuse = null
		window.fetch = (path, init) => init?.method === 'PATCH' && String(path).includes('/messages/') ? new Promise((_, no) => { refuse = () => { window.fetch = get; no(new TypeError('cut')) } }) : get(path, init) })()`)
	lin.enter()
	lin.until("the change on its way", `refuse`)
	lin.place("#/chat/%d", bob.id)
	eval[chromedp.Void](lin, `refuse()`)
	lin.until("word of it", `document.querySelector('#toast').innerText.trim()`)
	lin.place("#/chat/%d", ann.id)
	box("at three")
	lin.enter()
	lin.says("at three")
}

func TestWhatHasOnlyFilesIsAnsweredByTheirName(t *testing.T) {
	t.Parallel()
	for _, lang := range langs {
		r := newRoom(t)
		l := desk
		l.lang = lang
		lin := r.owner(l)
		ann := r.member("Ann")
		lin.place("#/chat/%d", ann.id)
		lin.pick(noise(t, "note.bin", 1000))
		lin.post()
		lin.tick("", "host")
		lin.until("it at the host", bubble+`?.dataset.seq`, "")
		lin.menu("", lin.word("menu.reply"))
		lin.until("its name above the field", `document.querySelector('.replying .q span')?.innerText === 'note.bin'`)
		lin.say("here it is")
		lin.tick("here it is", "host")
		lin.until("the quote as the host has it", bubble+`?.dataset.seq && `+quoted, "here it is", "note.bin")

		// Taken back, it has no words to be written again.
		lin.menu("", lin.word("menu.recall"))
		lin.confirm()
		lin.seesWord("recalled.you")
		lin.menu("here it is", lin.word("menu.recall"))
		lin.confirm()
		lin.until("words to be written again, of one", `document.querySelectorAll('.m.gone').length === 2 && document.querySelectorAll('.again').length === 1`)
	}
}

func TestNothingIsWrittenToSomebodyWhoIsGone(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin := r.owner(desk)
	ann := r.member("Ann")
	lin.place("#/chat/%d", ann.id)
	lin.say("hello")
	lin.tick("hello", "host")
	if !lin.offers("hello", "Reply") || !lin.offers("hello", "Edit") {
		t.Fatal("to somebody who is here nothing can be written")
	}
	lin.click("What to do with this chat")
	lin.click("Remove Ann from here")
	lin.confirm()
	lin.until("no field", `document.querySelector('.composer.closed')`)
	for _, choice := range []string{"Reply", "Edit"} {
		if lin.offers("hello", choice) {
			t.Errorf("%s is offered", choice)
		}
	}
}
