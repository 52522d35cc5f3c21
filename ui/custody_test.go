package ui_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// voiceless is a browser whose database neither opens nor fails.
const voiceless = `IDBFactory.prototype.open = () => ({})`

func TestATabThatStaysSendsWhatAClosedOneHadToSend(t *testing.T) {
	t.Parallel()
	r := newWindowedRoom(t)
	lin, ann := r.facing(desk)
	leaving, shut := r.tab(ann.ctx, "Ann's other tab", desk)
	leaving.open(eval[string](ann, `location.href`))
	leaving.sees("This is the beginning")
	eval[chromedp.Void](leaving, mute)
	leaving.say("left behind")
	leaving.hold(0)
	leaving.pick(paper(t, "note.txt", []byte("a note")))
	leaving.fill("#box", "with a file")
	leaving.post()
	leaving.until("it on its way", `document.querySelector('.way')`)
	// The entry and its bytes: a tab that is closed before has nothing to leave.
	leaving.eventually("all of it kept", func() bool { return eval[int](leaving, inOutbox) == 1 && eval[int](leaving, kept) == 2 })
	shut()
	for _, p := range []*tab{lin, ann} {
		p.says("left behind")
		p.says("with a file")
	}
	ann.eventually("nothing kept", func() bool { return eval[int](ann, inOutbox) == 0 && eval[int](ann, kept) == 0 })
}

func TestSigningOutCountsWhatAnotherTabHasToSend(t *testing.T) {
	t.Parallel()
	for _, lang := range langs {
		l := desk
		l.lang = lang
		r := newRoom(t)
		_, ann := r.facing(l)
		eval[chromedp.Void](ann, mute)
		ann.say("in the other tab")
		ann.hold(0)
		ann.pick(paper(t, "note.txt", []byte("a note")))
		ann.post()
		ann.until("it on its way", `document.querySelector('.way')`)
		second, _ := r.tab(ann.ctx, "Ann's second tab", l)
		second.before(mute) // on a busy computer it takes over what a tab has that is too slow to answer
		second.open(r.app.URL())
		second.settings()
		second.click(second.word("settings.signout"))
		second.until("how many would be lost", `/(^|\D)2(\D|$)/.test(document.querySelector('dialog[open]')?.innerText)`)
	}
}

func TestADatabaseThatNeverAnswersHoldsNothingUp(t *testing.T) {
	t.Parallel()
	for _, lang := range langs {
		l := desk
		l.lang = lang
		r := newRoom(t)
		lin := r.owner(l)
		ann := r.device("Ann", l).before(voiceless)
		ann.join(r)
		ann.chat("Lin Wei")
		ann.say("sent all the same")
		ann.seesWord("unkept")
		ann.say("and the next one at once")
		lin.chat("Ann")
		for _, text := range []string{"sent all the same", "and the next one at once"} {
			lin.says(text)
		}
		// Nor does it hold the way out.
		ann.settings()
		ann.click(ann.word("settings.signout"))
		ann.confirm()
		ann.until("a door", `document.body.dataset.phase === 'signin'`)
	}
}

func TestATextThatNoFrameCanCarryArrives(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin, ann := r.facing(desk)
	// What a terminal copies: as JSON six bytes for each mark of a colour.
	long := strings.Repeat("\x1b[31m\x1b[0m", 3_300)
	lin.say("before")
	eval[chromedp.Void](lin, `(box => { box.value = $1; box.dispatchEvent(new Event('input', { bubbles: true })) })(document.querySelector('#box'))`, long)
	lin.post()
	lin.say("behind it")
	ann.says("before")
	ann.says("behind it")
	if got := ann.texts(); len(got) != 3 {
		t.Errorf("%d messages arrived", len(got))
	}
}
