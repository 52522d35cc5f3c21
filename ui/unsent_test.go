package ui_test

import (
	"testing"

	"github.com/chromedp/chromedp"
)

func TestWhatWasRefusedAndDeletedIsNotLost(t *testing.T) {
	t.Parallel()
	for _, lang := range langs {
		l := desk
		l.lang = lang
		r := newRoom(t)
		lin, ann := r.facing(l)
		lin.ponders()
		eval[chromedp.Void](lin, refused)
		lin.say("so many words")
		lin.until("buttons that a finger hits", `(all => all.length === 2 && all.every(b => b.getBoundingClientRect().height >= 44))([...document.querySelectorAll('.why button')])`)
		lin.click(lin.word("delete"))
		lin.lacks("so many words")
		lin.until("its text in the field", `document.activeElement?.id === 'box' && document.activeElement.value === 'so many words'`)

		// Where something else stands in the field, it comes back as it was.
		lin.enter()
		lin.tick("so many words", "failed")
		lin.fill("#box", "half a thought")
		lin.click(lin.word("delete"))
		lin.lacks("so many words")
		lin.seesWord("gone.unsent")
		lin.click(lin.word("undo"))
		lin.tick("so many words", "failed")
		lin.until("the field as it was", `document.querySelector('#box').value === 'half a thought'`)
		eval[chromedp.Void](lin, `window.mend()`)
		lin.click(lin.word("retry"))
		ann.says("so many words")
	}
}

func TestAFileThatWaitsOffersNoWordsToCopy(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin := r.owner(desk)
	r.guest("Ann", desk)
	lin.chat("Ann")
	eval[chromedp.Void](lin, refused)
	lin.pick(paper(t, "note.txt", []byte("a note")))
	lin.post()
	lin.sees("Not sent:")
	eval[chromedp.Void](lin, `document.querySelector('.m').dispatchEvent(new MouseEvent('contextmenu', {bubbles: true, cancelable: true, clientX: 600, clientY: 300}))`)
	lin.until("what can be done", `[...document.querySelectorAll('#menu:popover-open [role=menuitem]')].map(i => i.innerText.trim()).join() === 'Try again,Delete'`)
}
