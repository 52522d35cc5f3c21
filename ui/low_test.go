package ui_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// low is as high as what a phone that lies on its side leaves above its keyboard.
const low = 160

// within tells whether all of an element is on screen.
const within = `(b => b.height > 0 && b.top >= 0 && b.left >= 0 && b.bottom <= innerHeight && b.right <= innerWidth)(document.querySelector($1).getBoundingClientRect())`

func TestALowWindowHoldsSendAndAMessage(t *testing.T) {
	t.Parallel()
	for _, l := range []look{{width: 700, height: low}, {width: 360, height: low}} {
		for _, lang := range langs {
			l.lang = lang
			r := newRoom(t)
			lin := r.owner(l)
			ann := r.member("Ann")
			ann.say(1, "hello")
			lin.place("#/chat/%d", ann.id)
			lin.says("hello")
			lin.until("a line of it on screen", `(b => Math.min(b.bottom, document.querySelector('#log').getBoundingClientRect().bottom) - Math.max(b.top, document.querySelector('#log').getBoundingClientRect().top) >= 16)(`+bubble+`.getBoundingClientRect())`, "hello")
			lin.until("Send on screen", within, ".send")

			// With all that can stand there at once.
			lin.menu("hello", lin.word("menu.reply"))
			lin.fill("#box", strings.Repeat("line\n", 40)+"end")
			lin.hand("drop", "plan.pdf", "application/pdf")
			lin.until("all of it", `document.querySelector('.tray li') && document.querySelector('.replying')`)
			for _, css := range []string{".send:enabled", "#emoji", "#box"} {
				lin.until(css+" on screen", within, css)
			}
			lin.shot(fmt.Sprintf("low-%d-%s", l.width, lang))
		}
	}
}

func TestNothingIsReadThatIsNotDrawn(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin, ann := r.facing(desk)
	ann.dress(look{width: 700, height: 90})
	ann.until("no room for a message", `innerHeight === 90 && document.querySelector('#log').clientHeight < 16`)
	lin.say("can you read this?")
	ann.says("can you read this?")
	lin.tick("can you read this?", "delivered")
	eval[chromedp.Void](ann, `document.querySelector('#box').focus()`)
	lin.say("and this?")
	ann.says("and this?")
	lin.tick("and this?", "delivered")
	lin.tick("can you read this?", "delivered")
	ann.dress(desk)
	lin.tick("and this?", "read")
}
