package ui_test

import (
	"image/color"
	"testing"

	"github.com/chromedp/chromedp"
)

func TestAMessageWithoutWords(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, in tongue, r *room, lin, ann *tab) {
		ann.place("#/")
		files := map[string]string{"en-GB": "Lin Wei: 1 file", "zh-CN": "Lin Wei: 1 个文件"}[in.lang]
		lin.say("look")
		lin.pick(photo(t, "one.png", 30, 20, color.RGBA{90, 40, 200, 255}))
		lin.post()
		ann.until("it said to a screen reader", `document.querySelector('#announcer').textContent === $1`, files)

		// It has nothing to copy, and something with words has.
		lin.until("it at the host", `document.querySelector('.m:last-of-type[data-seq] .picture')`)
		lin.menu("", in.say["select"])
		const copying = `(b => b && b.disabled === $2)([...document.querySelectorAll('.picks .button')].find(b => b.getAttribute('aria-label') === $1))`
		lin.until("nothing to copy", copying, in.say["copy"], true)
		eval[chromedp.Void](lin, bubble+`.click()`, "look")
		lin.until("something to copy", copying, in.say["copy"], false)
	})
}

func TestTheLineAtTheFirstUnreadCountsNothingThatWasReadElsewhere(t *testing.T) {
	t.Parallel()
	for _, lang := range []struct{ tag, many, line, end string }{
		{"en-GB", "260 new messages", "New messages", "Go to the newest message"},
		{"zh-CN", "260 条新消息", "新消息", "跳到最新消息"},
	} {
		l := desk
		l.lang = lang.tag
		r := newRoom(t)
		lin := r.owner(l)
		ann := r.member("Ann")
		for range 260 {
			ann.say(1, "hello")
		}
		lin.place("#/chat/%d", ann.id)
		lin.until("how many", `document.querySelector('#line')?.innerText === $1`, lang.many)
		other := r.again(lin, l)
		other.place("#/chat/%d", ann.id)
		other.click(lang.end)
		lin.until("no number", `document.querySelector('#line')?.innerText === $1`, lang.line)
	}
}
