package ui_test

import (
	"image/color"
	"testing"
)

// What comes while something lies over the conversation is new until that is
// put away.
func TestWhatComesBehindAPictureOrADialogIsNotReadYet(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin := r.owner(desk)
	ann := r.device("Ann", desk).rigged()
	ann.join(r)
	lin.chat("Ann")
	ann.chat("Lin Wei")
	lin.pick(photo(t, "red.png", 300, 200, color.RGBA{200, 30, 30, 255}))
	lin.post()
	ann.until("the picture", onePicture, "red.png")
	lin.say("what do you think?")
	lin.tick("what do you think?", "read")

	for i, over := range []struct{ text, put string }{{"behind a picture", "picture"}, {"behind a dialog", "dialog"}} {
		if over.put == "picture" {
			ann.clickOn("the picture", buttons+`[0]`)
			ann.looksAt(1, 1)
		} else {
			ann.menu("what do you think?", "Details")
			ann.until("the details", `document.querySelector('dialog[open] .details')`)
		}
		lin.say(over.text)
		lin.tick(over.text, "delivered")
		ann.until("one unread", `document.title.startsWith('(1)')`)
		counts("rung", i+1, ann)
		if eval[bool](lin, bubble+`.querySelector('.tick.read') !== null`, over.text) {
			t.Errorf("what came %s was called read unseen", over.text)
		}
		ann.press("Escape", false)
		ann.until("nothing over it", `!document.querySelector('dialog[open]')`)
		lin.tick(over.text, "read")
		ann.until("nothing unread", `!document.title.startsWith('(')`)
	}
}
