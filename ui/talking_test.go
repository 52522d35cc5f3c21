package ui_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

var phone = look{width: 360, height: 740, touch: true}

func TestFirstStartToFirstMessage(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin := r.device("Lin Wei", desk)
	lin.open(r.app.URL() + "#token=" + r.app.Token())
	lin.until("a name filled in", `document.querySelector('input[name=name]')?.value === 'Lin Wei'`)
	lin.submit()
	lin.sees("Nobody else is here yet")
	if got := eval[string](lin, `location.hash`); strings.Contains(got, "token") {
		t.Errorf("the token stays in the address: %s", got)
	}
	lin.click("Invite somebody")
	lin.until("an address with the code", `[...document.querySelectorAll('.copyrow code')].some(c => c.innerText.endsWith('#join=welcome'))`)

	ann := r.guest("Ann", phone)
	ann.chat("Lin Wei")
	ann.fill("#box", "Did the new labels arrive?")
	ann.click("Send")
	ann.says("Did the new labels arrive?")
	ann.tick("Did the new labels arrive?", "delivered")

	lin.until("one unread", `document.title.startsWith('(1)') && document.querySelector('.row .n')?.innerText === '1'`)
	lin.click("Ann")
	lin.says("Did the new labels arrive?")
	lin.until("nothing unread", `!document.title.startsWith('(') && !document.querySelector('.row .n')`)
	ann.tick("Did the new labels arrive?", "read")
	lin.say("Yes, two boxes.")
	ann.says("Yes, two boxes.")
	lin.tick("Yes, two boxes.", "read")
}

func TestUnreadInABackgroundTabUntilItIsLookedAt(t *testing.T) {
	t.Parallel()
	r := newWindowedRoom(t)
	lin, ann := r.facing(desk)
	ann.say("first")
	ann.tick("first", "read")

	other, _ := r.tab(lin.ctx, "Lin Wei's other tab", desk, chromedp.WithNewWindow(false))
	other.open("about:blank")
	do(other, page.BringToFront, cdp.Empty{})
	lin.until("the page in the background", `document.visibilityState === 'hidden'`)
	ann.say("second")
	ann.tick("second", "delivered")
	lin.until("the count in the title", `document.title.startsWith('(1)')`)
	lin.says("second")
	lin.sees("1 new message")
	if eval[bool](ann, bubble+`.querySelector('.tick.read') !== null`, "second") {
		t.Error("a message was called read that nobody looked at")
	}

	do(lin, page.BringToFront, cdp.Empty{})
	ann.tick("second", "read")
	lin.until("no count in the title", `!document.title.startsWith('(')`)
}

func TestOlderTextIsReadInPeace(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin, ann := r.longTalk()
	// So much that is unread is begun at its beginning, and isn't read yet.
	lin.sees("260 new messages")
	lin.until("the first unread on screen", `(l => l && l.getBoundingClientRect().top > 60 && l.getBoundingClientRect().top < 500)(document.querySelector('#line'))`)
	lin.says("line 1")
	lin.click("Go to the newest message")
	lin.says("line 260")
	lin.until("the end", `(l => l.scrollHeight - l.scrollTop - l.clientHeight < 40)(document.querySelector('#log'))`)
	ann.tick("line 260", "read")
	if eval[bool](lin, `document.querySelector('#line') !== null`) {
		t.Error("the line of the first unread stands where that is not")
	}

	// Back through the history, page by page: what the eye rests on doesn't move.
	for !slices.Contains(lin.texts(), "line 1") {
		jump := eval[float64](lin, `(async () => {
			const log = document.querySelector('#log')
			const n = document.querySelectorAll('.m').length
			log.scrollTop = Math.min(log.scrollTop, 1000) - 300
			const m = [...log.querySelectorAll('.m')].find(m => m.getBoundingClientRect().bottom > 100)
			const before = m.getBoundingClientRect().top
			for (let i = 0; i < 30 && document.querySelectorAll('.m').length === n; i++) await new Promise(requestAnimationFrame)
			await new Promise(requestAnimationFrame)
			return Math.abs(m.getBoundingClientRect().top - before)
		})()`, "")
		if jump > 1.5 {
			t.Fatalf("the text jumped by %v px", jump)
		}
	}
	lin.until("the first unread below its line", `document.querySelector('#line').nextElementSibling.querySelector('.body').innerText.startsWith('line 1')`)
	if n := eval[int](lin, `document.querySelectorAll('.m').length`); n > 400 {
		t.Errorf("%d messages are drawn", n)
	}
	const place = `[...document.querySelectorAll('.m')].find(m => m.getBoundingClientRect().bottom > 200).getBoundingClientRect().top`
	still := eval[float64](lin, place)
	ann.say("something new")
	lin.sees("1 new")
	if now := eval[float64](lin, place); now < still-1 || now > still+1 {
		t.Errorf("a new message moved the text by %v px", now-still)
	}
	ann.tick("something new", "delivered")
	lin.shots("older", "en-GB")
	lin.click("Go to the newest message")
	lin.says("something new")
	ann.tick("something new", "read")
}

// longTalk is a chat of which Lin Wei has read nothing: more than one page of it.
func (r *room) longTalk() (lin, ann *tab) {
	r.t.Helper()
	lin, ann = r.owner(desk), r.guest("Ann", desk)
	ann.chat("Lin Wei")
	ann.write(260, "line %d")
	ann.tick("line 260", "delivered")
	lin.chat("Ann")
	return lin, ann
}

// write sends n messages as fast as the page takes them.
func (p *tab) write(n int, form string) {
	p.t.Helper()
	eval[chromedp.Void](p, `(() => { for (let i = 1; i <= $1; i++) {
		const box = document.querySelector('#box')
		box.value = $2.replace('%d', i)
		box.dispatchEvent(new Event('input', {bubbles: true}))
		box.form.requestSubmit()
	} })()`, n, form)
}
