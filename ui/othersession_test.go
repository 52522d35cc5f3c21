package ui_test

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// frozen cuts a rigged page off from the host in every way, until thaw.
const frozen = `(() => {
	const get = window.fetch
	window.fetch = (...args) => cut ? Promise.reject(new TypeError('cut')) : get(...args)
	window.thaw = () => { cut = false }
	cut = true
	sockets.at(-1).close()
})()`

// A browser has one cookie for all its tabs: while one of them sleeps, somebody
// else may sign in in another.
func TestATabThatSleptSendsNothingInTheNameOfWhoeverSignedInMeanwhile(t *testing.T) {
	t.Parallel()
	for _, lang := range langs {
		l := desk
		l.lang = lang
		r := newRoom(t)
		lin := r.owner(l)
		ann := r.device("Ann", l).rigged()
		ann.join(r)
		ann.chat("Lin Wei")
		ann.say("as Ann")
		second, _ := r.tab(ann.ctx, "Bob", l)
		second.open(r.app.URL())
		second.until("the two lists", `document.querySelector('#tab-people')`)

		eval[chromedp.Void](ann, frozen)
		ann.seesWord("banner.cut")
		ann.say("not as Bob")
		ann.fill("#box", "half a thought")

		second.settings()
		second.click(second.word("settings.signout"))
		second.confirm()
		second.until("a door", `document.body.dataset.phase === 'signin'`)
		second.open(r.app.URL() + "#join=welcome")
		second.until("the form to join", `document.body.dataset.phase === 'join'`)
		second.fill("input[name=name]", "Bob")
		second.submit()
		second.chat("Lin Wei")
		second.say("as Bob")
		lin.chat("Bob")
		lin.says("as Bob")

		eval[chromedp.Void](ann, `window.thaw()`)
		ann.until("a door", `document.body.dataset.phase === 'signin'`)
		ann.until("why", `[$1, $2].some(w => document.querySelector('.wrong')?.innerText === w)`, ann.word("door.other"), ann.word("door.ended"))
		second.say("and again as Bob")
		lin.says("and again as Bob")
		if got := lin.texts(); len(got) != 2 {
			t.Errorf("in Bob's name came %q", got)
		}
		if got := eval[string](second, `fetch('/api/sync').then(a => a.json()).then(s => s.chats.map(c => c.draft).join())`); got != "" {
			t.Errorf("Bob's draft is %q", got)
		}
	}
}
