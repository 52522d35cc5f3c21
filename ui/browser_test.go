package ui_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

var phone = look{width: 360, height: 740, touch: true}

func TestFirstStartToFirstMessage(t *testing.T) {
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
	r := newRoom(t)
	lin, ann := r.owner(desk), r.guest("Ann", desk)
	lin.chat("Ann")
	ann.chat("Lin Wei")
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
	r := newRoom(t)
	lin, ann := r.owner(desk), r.guest("Ann", desk)
	ann.chat("Lin Wei")
	ann.write(260, "line %d")
	ann.tick("line 260", "delivered")
	lin.chat("Ann")
	// So much that is unread is begun at its beginning, and isn't read yet.
	lin.sees("260 new messages")
	lin.until("the first unread on screen", `(l => l && l.getBoundingClientRect().top > 60 && l.getBoundingClientRect().top < 500)(document.querySelector('#line'))`)
	lin.says("line 1")
	lin.click("Go to the newest message")
	lin.says("line 260")
	lin.until("the end", `(l => l.scrollHeight - l.scrollTop - l.clientHeight < 40)(document.querySelector('#log'))`)
	ann.tick("line 260", "read")

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

func TestReloadInTheMiddleOfSending(t *testing.T) {
	r := newRoom(t)
	lin, ann := r.owner(desk), r.guest("Ann", desk)
	lin.chat("Ann")
	ann.chat("Lin Wei")
	ann.say("ready")
	lin.says("ready")
	ann.write(60, "number %d")
	ann.until("some on disk", `document.querySelectorAll('.m').length > 40`)
	p := chromedp.Reload()
	ann.must(chromedp.Do(ann.ctx, p))

	want := []string{"ready"}
	for i := range 60 {
		want = append(want, fmt.Sprintf("number %d", i+1))
	}
	for _, p := range []*tab{lin, ann} {
		p.tickAll()
		if got := p.texts(); !slices.Equal(got, want) {
			t.Errorf("%s has %d messages:\n%s", p.name, len(got), strings.Join(got, "\n"))
		}
	}
	ann.until("an empty field", `document.querySelector('#box').value === ''`)
}

// tickAll waits until the last of them is there and nothing is on its way.
func (p *tab) tickAll() {
	p.t.Helper()
	p.says("number 60")
	p.until("nothing on its way", `!document.querySelector('.tick.sending, .tick.waiting, .tick.failed')`)
}

func TestHostRestartsUnderBoth(t *testing.T) {
	r := newRoom(t)
	lin, ann := r.owner(desk), r.guest("Ann", desk)
	lin.chat("Ann")
	ann.chat("Lin Wei")
	ann.say("before")
	lin.says("before")

	r.stop()
	for _, p := range []*tab{lin, ann} {
		p.sees("No connection.")
		p.say("written by " + p.name + " meanwhile")
		p.tick("written by "+p.name+" meanwhile", "waiting")
	}
	r.start()
	for _, p := range []*tab{lin, ann} {
		p.says("written by Lin Wei meanwhile")
		p.says("written by Ann meanwhile")
		p.missesFor("No connection.")
		if n := len(p.texts()); n != 3 {
			t.Errorf("%s sees %d messages: %q", p.name, n, p.texts())
		}
	}
	lin.tick("written by Lin Wei meanwhile", "read")
}

func TestEnterThatEndsACompositionDoesNotSend(t *testing.T) {
	r := newRoom(t)
	lin, ann := r.owner(desk), r.guest("Ann", desk)
	lin.chat("Ann")
	ann.chat("Lin Wei")
	ann.until("the cursor in the field", `document.activeElement?.id === 'box'`)
	do(ann, input.ImeSetComposition, input.ImeSetCompositionParams{Text: "zhong wen", SelectionStart: 9, SelectionEnd: 9})
	ann.until("a composition", `document.querySelector('#box').value === 'zhong wen'`)
	eval[chromedp.Void](ann, `addEventListener('keydown', e => { window.sawComposing = e.isComposing || e.keyCode === 229 }, {capture: true})`)
	ann.enter()
	if !eval[bool](ann, `window.sawComposing === true`) {
		t.Fatal("the browser did not call that Enter part of a composition, so this shows nothing")
	}
	do(ann, input.InsertText, input.InsertTextParams{Text: "中文"})
	ann.until("the chosen word", `document.querySelector('#box').value.trim() === '中文'`)
	if got := ann.texts(); len(got) != 0 {
		t.Fatalf("sent: %q", got)
	}
	ann.enter()
	ann.says("中文")
	lin.says("中文")
	if got := lin.texts(); len(got) != 1 {
		t.Errorf("arrived: %q", got)
	}
}

func TestDeletingMyCopyLeavesTheirs(t *testing.T) {
	r := newRoom(t)
	lin, ann := r.owner(desk), r.guest("Ann", desk)
	lin.chat("Ann")
	ann.chat("Lin Wei")
	ann.say("one")
	ann.say("two")
	lin.says("two")
	lin.menu("one", "Remove from my side")
	lin.sees("Ann keeps their copy.")
	lin.click("Delete")
	lin.until("one message less", `document.querySelectorAll('.m').length === 1`)
	ann.says("one")

	lin.click("What to do with this chat")
	lin.click("Delete chat on my side")
	lin.sees("Ann keeps theirs")
	lin.click("Delete")
	lin.missesFor("two")
	lin.until("no chat in the list", `document.querySelector('#tab-chats').click(), !document.querySelector('.row')`)
	ann.says("two")
	ann.say("three")
	lin.click("Ann")
	lin.says("three")
	if got := lin.texts(); !slices.Equal(got, []string{"three"}) {
		t.Errorf("the chat came back with %q", got)
	}
	if got := ann.texts(); !slices.Equal(got, []string{"one", "two", "three"}) {
		t.Errorf("the other side has %q", got)
	}
}

func TestChatWithOneselfOnTwoDevices(t *testing.T) {
	r := newRoom(t)
	lin := r.owner(desk)
	lin.click("Settings, Lin Wei")
	lin.click("Sign in another device")
	lin.until("a link", `document.querySelector('dialog .copyrow code')?.innerText.includes('#link=')`)
	link := eval[string](lin, `new URL(document.querySelector('dialog .copyrow code').innerText).hash`)
	other := r.device("Lin Wei's phone", phone)
	other.open(r.app.URL() + link)
	other.chat("My devices")
	other.fill("#box", "buy milk")
	other.click("Send")
	other.says("buy milk")

	lin.click("Close")
	lin.chat("My devices")
	lin.says("buy milk")
	lin.say("done")
	other.says("done")
	lin.until("no count", `!document.title.startsWith('(')`)

	// The link was for one use.
	thief := r.device("somebody else", desk)
	thief.open(r.app.URL() + link)
	thief.sees("This link has been used already")

	// A device that is signed out goes at once, and says so.
	lin.click("Settings, Lin Wei")
	lin.until("two devices", `document.querySelectorAll('.devices li').length === 2`)
	eval[chromedp.Void](lin, `document.querySelector('.devices li button').click()`)
	lin.confirm()
	other.sees("This device has been signed out.")
}

func TestThePageInChinese(t *testing.T) {
	r := newRoom(t)
	chinese := desk
	chinese.lang = "zh-CN"
	lin := r.owner(chinese)
	wei := r.device("张伟", look{width: 360, height: 740, touch: true, lang: "zh-CN"})
	wei.open(r.app.URL() + "#join=welcome")
	wei.sees("起个名字就行")
	wei.fill("input[name=name]", "张伟")
	wei.click("加入")
	wei.sees("联系人")
	wei.click("联系人 · 1 人在线")
	wei.click("Lin Wei")
	wei.fill("#box", "明天下午三点可以")
	wei.click("发送")
	lin.until("one unread", `document.querySelector('.row .n')?.getAttribute('aria-label') === '1 条新消息'`)
	lin.click("张伟")
	lin.says("明天下午三点可以")
	lin.sees("今天")
	if got := eval[string](lin, `document.documentElement.lang`); got != "zh-CN" {
		t.Errorf("the page calls its language %q", got)
	}
	// Another choice holds.
	lin.click("设置，Lin Wei")
	lin.click("English")
	lin.sees("Sign in another device")
	lin.must(chromedp.Do(lin.ctx, chromedp.Reload()))
	lin.sees("Sign in another device")
}

func TestEditingAndTakingBack(t *testing.T) {
	r := newRoom(t)
	lin, ann := r.owner(desk), r.guest("Ann", desk)
	lin.chat("Ann")
	ann.chat("Lin Wei")
	ann.say("at thre")
	lin.says("at thre")
	ann.fill("#box", "half a thought")
	ann.menu("at thre", "Edit")
	ann.until("its text in the field", `document.querySelector('#box').value === 'at thre'`)
	ann.fill("#box", "at three")
	ann.enter()
	lin.says("at three")
	lin.sees("edited")
	ann.until("the draft back in the field", `document.querySelector('#box').value === 'half a thought'`)
	ann.menu("at three", "Take back from both")
	ann.click("Take back")
	lin.sees("Ann took this message back")
	ann.sees("You took this message back")
	lin.missesFor("at three")
}

func TestADraftIsOnEveryDeviceUntilItIsSent(t *testing.T) {
	r := newRoom(t)
	lin, ann := r.owner(desk), r.guest("Ann", desk)
	lin.chat("Ann")
	lin.fill("#box", "tomorrow at")
	lin.chat("My devices")
	lin.until("the draft in the list", `document.querySelector('#tab-chats').click(), document.querySelector('.row em')?.parentElement.innerText.includes('tomorrow at')`)
	lin.must(chromedp.Do(lin.ctx, chromedp.Reload()))
	lin.chat("Ann")
	lin.until("the draft", `document.querySelector('#box').value === 'tomorrow at'`)
	lin.fill("#box", "tomorrow at nine")
	lin.enter()
	lin.tick("tomorrow at nine", "delivered")
	lin.must(chromedp.Do(lin.ctx, chromedp.Reload()))
	lin.says("tomorrow at nine")
	lin.until("an empty field", `document.querySelector('#box').value === ''`)
	ann.chat("Lin Wei")
	ann.says("tomorrow at nine")
}

func TestEvilTextIsOnlyText(t *testing.T) {
	r := newRoom(t)
	lin, ann := r.owner(desk), r.guest("Ann", desk)
	lin.chat("Ann")
	ann.chat("Lin Wei")
	evil := []string{
		`<img src=x onerror=alert(1)><script>alert(2)</script>`,
		`javascript:alert(1) data:text/html,<b>x</b>`,
		"e" + strings.Repeat("\u0301", 500),
		"\u202Etxt.exe",
		strings.Repeat("W", 4000),
		`${alert(1)} {{x}} $lit$`,
	}
	for _, text := range evil {
		eval[chromedp.Void](ann, `(() => { const box = document.querySelector('#box'); box.value = $1
			box.dispatchEvent(new Event('input', {bubbles: true})); box.form.requestSubmit() })()`, text)
	}
	lin.until("all of them", `document.querySelectorAll('.m').length === $1`, len(evil))
	if n := eval[int](lin, `document.querySelectorAll('.m img, .m script, .m b, .m a').length`); n != 0 {
		t.Errorf("%d elements were made of text", n)
	}
	if n := eval[int](lin, `document.querySelector('.m:nth-of-type(3) .body').innerText.match(/\u0301/g)?.length ?? 0`); n > 2 {
		t.Errorf("%d marks stand on one letter", n)
	}
	if wide := eval[bool](lin, `document.documentElement.scrollWidth > innerWidth || document.querySelector('#log').scrollWidth > document.querySelector('#log').clientWidth`); wide {
		t.Error("a long word made the page wider than the window")
	}
	ann.say("see https://example.org/a, or not")
	lin.until("a link", `(a => a?.href === 'https://example.org/a' && a.rel === 'noopener noreferrer' && a.target === '_blank')(document.querySelector('.m a'))`)
}

func TestBackOnAPhone(t *testing.T) {
	r := newRoom(t)
	lin, ann := r.owner(desk), r.guest("Ann", phone)
	lin.chat("Ann")
	lin.say("hello")
	ann.click("Lin Wei")
	ann.says("hello")
	ann.click("Back")
	ann.until("the list alone", `document.querySelector('#side').checkVisibility() && !document.querySelector('#pane').checkVisibility()`)
	eval[chromedp.Void](ann, `history.forward()`)
	ann.until("the chat alone", `!document.querySelector('#side').checkVisibility() && document.querySelector('#box')?.checkVisibility()`)
	ann.must(chromedp.Do(ann.ctx, chromedp.Reload()))
	ann.says("hello")
	ann.click("Back")
	ann.until("the list again", `document.querySelector('#side').checkVisibility()`)
	// Enter breaks the line where keys are glass.
	ann.click("Lin Wei")
	ann.fill("#box", "one")
	ann.enter()
	do(ann, input.InsertText, input.InsertTextParams{Text: "two"})
	ann.until("two lines", `document.querySelector('#box').value === 'one\ntwo'`)
}
