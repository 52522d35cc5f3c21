package ui_test

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// quoted is the bubble with that text and the text that it answers.
const quoted = bubble + `?.querySelector('.q span')?.innerText === $2`

func TestAnsweringWithAQuoteThatLeadsBack(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, in tongue, r *room, lin, ann *tab) {
		lin.say("shall we meet at three?")
		ann.write(230, "line %d")
		ann.says("line 230")
		ann.until("the first out of sight", `document.querySelector('.log').scrollTop > 2000`)

		// An answer is begun, given up, begun again and sent.
		ann.until("all on the host", `!document.querySelector('.tick.sending, .tick.waiting')`)
		lin.says("line 230")
		lin.say("the labels, too")
		ann.menu("the labels, too", in.say["reply"])
		ann.sees(in.say["to Lin"])
		ann.until("the cursor in the field", `document.activeElement?.id === 'box'`)
		ann.press("Escape", false)
		ann.missesFor(in.say["to Lin"])
		ann.menu("the labels, too", in.say["reply"])
		ann.click(in.say["stop"])
		ann.missesFor(in.say["to Lin"])
		ann.menu("the labels, too", in.say["reply"])
		ann.shots("replying-"+in.lang, in.lang)
		ann.say("yes, both boxes")
		ann.missesFor(in.say["to Lin"])
		for _, p := range []*tab{lin, ann} {
			p.until("the quote", quoted, "yes, both boxes", "the labels, too")
		}

		// The first one is out of the window: answered from there, it is
		// where the quote leads back to.
		lin.until("the window without the first", `![...document.querySelectorAll('.m .body')].some(b => b.innerText.startsWith('shall we'))`)
		first := eval[int](lin, `Number(document.querySelector('.m[data-seq]').dataset.seq)`)
		if first < 2 {
			t.Fatalf("the window begins at %d, so this shows nothing", first)
		}
		ann.until("back to the first", `(l => (l.scrollTop = 0, document.querySelector('.m[data-seq="1"]')))(document.querySelector('#log'))`)
		ann.menu("shall we meet at three?", in.say["reply"])
		ann.say("three is fine")
		lin.until("the answer", quoted, "three is fine", "shall we meet at three?")
		lin.until("the answer at hand", bubble+`.querySelector('.q').click(), true`, "three is fine")
		const marked = `(m => m && m === document.activeElement && m.dataset.seq === '1' && m.getBoundingClientRect().top > 60 && m.getBoundingClientRect().bottom < innerHeight)(document.querySelector('.m[data-hit]'))`
		lin.until("the original, marked", marked)
		lin.shots("jumped-"+in.lang, in.lang)
		lin.click(in.say["end"])
		lin.says("three is fine")

		// By the menu, and what is deleted says so.
		lin.menu("three is fine", in.say["original"])
		lin.until("the original, marked", marked)
		eval[chromedp.Void](lin, `fetch('/api/chats/'+location.hash.split('/')[2]+'/messages/1', {method: 'DELETE', headers: {'Content-Type': 'application/json'}, body: '{}'})`)
		lin.until("no original", `!document.querySelector('.m[data-seq="1"]')`)
		lin.click(in.say["end"])
		lin.menu("three is fine", in.say["original"])
		lin.sees(in.say["gone"])
		lin.says("three is fine")
	})
}

func TestAnAnswerWaitsWithItsQuote(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin, ann := r.facing(desk)
	lin.say("shall we meet?")
	ann.says("shall we meet?")
	r.stop()
	ann.sees("No connection.")
	ann.menu("shall we meet?", "Reply")
	ann.say("at three")
	ann.tick("at three", "waiting")
	ann.until("the quote", quoted, "at three", "shall we meet?")
	p := chromedp.Navigate("about:blank")
	ann.must(chromedp.Do(ann.ctx, p))
	r.start()
	ann.open(r.app.URL() + "#/chat/1")
	for _, p := range []*tab{lin, ann} {
		p.until("the quote", quoted, "at three", "shall we meet?")
	}
}
