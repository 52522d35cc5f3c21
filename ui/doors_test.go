package ui_test

import (
	"testing"

	"github.com/chromedp/chromedp"

	"duologue/app"
)

func TestGettingInAndOut(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	early := r.device("somebody early", desk)
	early.open(r.app.URL())
	early.sees("Almost there")
	lin := r.owner(desk)
	early.sees("Sign in")

	// A wrong code asks for another, and what was typed stays.
	ann := r.device("Ann", phone)
	ann.open(r.app.URL() + "#join=wrong")
	ann.fill("input[name=name]", "Ann")
	ann.submit()
	ann.sees("This code is not valid")
	ann.fill("input[name=code]", "welcome")
	ann.until("the name as typed", `document.querySelector('input[name=name]').value === 'Ann'`)
	ann.submit()
	ann.until("the two lists", `document.querySelector('#tab-people')`)

	// The same name again is refused with a reason, and with another one to take.
	second := r.device("ann 2", desk)
	second.open(r.app.URL() + "#join=welcome")
	second.fill("input[name=name]", "ann")
	second.submit()
	second.sees("That name is taken")
	second.click("Use “ann 2”")
	second.until("the two lists", `document.querySelector('#tab-people')`)

	// A password, out, and in again.
	ann.click("Settings, Ann")
	ann.fill("input[name=new]", "correct horse")
	ann.click("Save")
	ann.sees("Saved")
	ann.fill("input[name=new]", "battery staple")
	ann.fill("input[name=old]", "wrong horse")
	ann.click("Save")
	ann.sees("The old password is not right.")
	ann.click("Sign out")
	ann.confirm()
	ann.sees("With your name and the password you chose.")
	if eval[bool](ann, `document.body.innerText.includes('has been signed out')`) {
		t.Error("who leaves is told so as if somebody else had done it")
	}
	ann.fill("input[name=name]", "Ann")
	ann.fill("input[name=password]", "wrong horse")
	ann.submit()
	ann.sees("Name or password is wrong.")
	ann.fill("input[name=password]", "correct horse")
	ann.submit()
	ann.chat("Lin Wei")

	// The owner helps somebody back in, and removes somebody.
	lin.chat("Ann")
	lin.click("What to do with this chat")
	lin.click("Help Ann sign in")
	lin.sees("Whoever opens this address is Ann.")
	help := eval[string](lin, `new URL(document.querySelector('dialog .copyrow code').innerText).hash`)
	lin.click("Close")
	other := r.device("another device of Ann", desk)
	other.open(r.app.URL() + help)
	other.chat("Lin Wei")
	lin.click("What to do with this chat")
	lin.click("Remove Ann from here")
	lin.confirm()
	lin.sees("not a member any more")
	ann.sees("This device has been signed out.")
	other.sees("This device has been signed out.")
}

func TestNobodyJoinsAHostThatIsFull(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	r.stop()
	r.change = func(o *app.Options) { o.Store.MaxMembers = 1 }
	r.start()
	lin := r.owner(desk)
	for lang, says := range map[string]string{"en-GB": "There are as many people here as there can be.", "zh-CN": "这里的人数已达上限"} {
		l := desk
		l.lang = lang
		ann := r.device("Ann", l)
		ann.open(r.app.URL() + "#join=welcome")
		ann.fill("input[name=name]", "Ann")
		ann.submit()
		ann.sees(says)
	}
	lin.missesFor("Ann")
}

// refused changes messages on their way so that the host refuses them, until mend.
const refused = `(() => { const send = WebSocket.prototype.send
	window.mend = () => { WebSocket.prototype.send = send }
	WebSocket.prototype.send = function (text) { send.call(this, text.replace(/("type":"send".*"to":)\d+/, '$1999')) } })()`

func TestAMessageThatFailsSaysSoAndCanBeTriedAgain(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin, ann := r.facing(desk)
	ann.until("the cursor in the field", `document.activeElement?.id === 'box'`)
	eval[chromedp.Void](ann, refused)
	ann.say("does this arrive?")
	ann.sees("Not sent:")
	ann.tick("does this arrive?", "failed")
	ann.shots("failed", "en-GB")
	eval[chromedp.Void](ann, `window.mend()`)
	ann.say("this does")
	lin.says("this does")
	ann.click("Try again")
	lin.says("does this arrive?")
	ann.tick("does this arrive?", "read")
	ann.missesFor("Not sent:")
}
