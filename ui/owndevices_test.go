package ui_test

import (
	"image/color"
	"testing"
)

// fromThis and fromThere tell on which side the last message with a text
// stands, and what is said over it.
const (
	fromThis  = `(m => m?.matches('.me') && [...document.querySelectorAll('.sender.me')].at(-1)?.innerText === $2)(` + bubble + `)`
	fromThere = `(m => m && !m.matches('.me') && [...document.querySelectorAll('.sender:not(.me)')].at(-1)?.innerText === $2)(` + bubble + `)`
)

// On a phone that was just signed in, the chat with oneself is one tap away.
// What one device sends stands on the other as from there, ready to be copied
// or saved without a menu; in other chats nothing of this is shown.
func TestHandingThingsToMyOtherDevice(t *testing.T) {
	t.Parallel()
	for _, lang := range langs {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			ownClipboard(t)
			r := newRoom(t)
			l, small := desk, phone
			l.lang, small.lang = lang, lang
			lin := r.owner(l)
			ann := r.member("Ann")
			ann.say(1, "first")
			hand := r.again(lin, small)
			hand.until("the empty chat with myself, below", `[...document.querySelectorAll('.lists .row')].at(-1)?.innerText.includes($1)`, hand.word("devices.here"))
			hand.clickOn("the way to my devices", `document.querySelector('#own')`)
			hand.until("the conversation", `document.body.dataset.route === 'chat' && document.querySelector('.head h1')?.innerText === $1 && document.querySelector('#log[aria-busy=false]')`, hand.word("devices"))
			hand.fill("#box", "https://example.org/from-the-phone")
			hand.post()
			hand.until("as from here", fromThis, "https://example.org/from-the-phone", hand.word("sender.this"))

			lin.place("#/chat/%d", 1)
			lin.until("as from there", fromThere, "https://example.org/from-the-phone", "Chrome · Linux")
			lin.say("from the desk")
			lin.until("as from here", fromThis, "from the desk", lin.word("sender.this"))
			hand.until("as from there", fromThere, "from the desk", "Chrome · Linux")

			// On a phone there is no mouse that could call a button up.
			hand.until("a button that is seen and can be hit", `(r => r?.width >= 44 && r.height >= 44 && r.left >= 0 && r.right <= innerWidth)(`+bubble+`?.querySelector('.take')?.getBoundingClientRect())`, "from the desk")
			hand.clickOn("copy", bubble+`?.querySelector('.take')`, "from the desk")
			hand.seesWord("copied")

			lin.pick(photo(t, "one.png", 800, 400, color.RGBA{200, 30, 30, 255}), photo(t, "two.png", 400, 400, color.RGBA{30, 130, 30, 255}), photo(t, "three.png", 300, 400, color.RGBA{30, 30, 130, 255}))
			lin.post()
			hand.until("each picture with a way to save it", `[...document.querySelectorAll('.m .album a[download]')].map(a => a.download).join() === 'one.png,two.png,three.png'`)
			hand.until("its bytes", `fetch(document.querySelector('.m .album a[download]').href).then(a => a.ok)`)

			// Both are the same after a reload, and when the phone is signed out.
			eval[any](lin, `fetch('/api/me/sessions').then(a => a.json()).then(a => fetch('/api/me/sessions/' + a.sessions.find(s => !s.current).id, {method: 'DELETE'})).then(() => null)`)
			hand.until("signed out", `document.body.dataset.phase === 'signin'`)
			lin.reload()
			lin.until("as from there", `document.querySelector('.sender:not(.me)')?.innerText === 'Chrome · Linux'`)
			lin.place("#/chat/%d", ann.id)
			lin.says("first")
			lin.say("and back")
			lin.until("nothing of devices", `!document.querySelector('.sender, .take, .saved')`)
		})
	}
}
