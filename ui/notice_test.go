package ui_test

import (
	"net"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// rig stands in for what a test cannot hear or see: the sound card, the
// system's pop-ups, and whether the window is in front.
const rig = `(() => {
	Object.assign(window, {rung: 0, pops: [], asked: 0, answer: 'granted', focused: true, cut: false, sockets: []})
	document.hasFocus = () => focused
	const knob = {setValueAtTime() {}, exponentialRampToValueAtTime() {}}
	window.AudioContext = class {
		currentTime = 0
		state = 'suspended'
		async resume() {
			// Where a press counts only at its end, what is asked for before it waits.
			if (window.atEnd && !this.allowed && !(window.event?.isTrusted && event.type === 'touchend')) return new Promise(() => {})
			Object.assign(this, {state: 'running', allowed: true})
		}
		async suspend() { this.state = 'suspended' }
		createGain() { return {gain: knob, connect: to => to} }
		createOscillator() { return {frequency: knob, connect: to => to, start: at => { if (at === 0) { rung++; localStorage.setItem('rig-minutes', minutes() + 1) } }, stop() {}} }
	}
	// A minute passes with each sound, in all tabs: what a test says next is no burst.
	const now = Date.now
	const minutes = () => Number(localStorage.getItem('rig-minutes'))
	Date.now = () => now() + minutes() * 60_000
	window.Notification = class {
		static get permission() { return localStorage.getItem('rig-leave') ?? 'default' }
		static async requestPermission() { asked++; localStorage.setItem('rig-leave', answer) }
		constructor(title, more) { Object.assign(this, more, {title}); pops = [...pops.filter(p => p.tag !== this.tag), this] }
		close() { pops = pops.filter(p => p !== this); this.onclose?.() }
	}
	window.WebSocket = class extends WebSocket { constructor(url) { super(cut ? url + '-cut' : url); sockets.push(this) } }
})()`

// rigged makes the notices of a page that is yet to be opened countable.
func (p *tab) rigged() *tab {
	p.t.Helper()
	do(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: rig})
	return p
}

// join lets a rigged device in as a new person, and touches the page, without
// which browsers allow no sound.
func (p *tab) join(r *room) {
	p.t.Helper()
	p.open(r.app.URL() + "#join=welcome")
	p.fill("input[name=name]", p.name)
	p.submit()
	p.until("the two lists", `document.querySelector('#tab-people')`)
	p.press("Tab", false)
}

// front brings the window to the front, or away from it.
func (p *tab) front(yes bool) {
	p.t.Helper()
	eval[chromedp.Void](p, `focused = $1; dispatchEvent(new Event($1 ? 'focus' : 'blur'))`, yes)
}

// agreeing counts what the tabs have agreed on, who is to ring: then it has
// rung or it won't.
func (p *tab) agreeing() {
	p.t.Helper()
	eval[chromedp.Void](p, `window.agreed = 0; window.tabs = new BroadcastChannel('duologue-notices'); tabs.onmessage = e => { if (e.data.done) agreed++ }`)
}

// counts waits until something has happened that often in all these tabs
// together, and fails when it was more.
func counts(what string, want int, tabs ...*tab) {
	tabs[0].t.Helper()
	sum := func() (n int) {
		for _, p := range tabs {
			n += eval[int](p, what)
		}
		return n
	}
	tabs[0].eventually(what, func() bool { return sum() >= want })
	if got := sum(); got != want {
		tabs[0].t.Fatalf("%s: %d, want %d", what, got, want)
	}
}

func TestOneSoundAndOnePopUpOverAllTabs(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin := r.owner(desk)
	ann := r.device("Ann", desk).rigged()
	ann.join(r)
	second, _ := r.tab(ann.ctx, "Ann's second tab", desk)
	second.rigged().open(r.app.URL())
	second.until("the two lists", `document.querySelector('#tab-people')`)
	second.press("Tab", false)
	both := []*tab{ann, second}

	// Nobody is asked for anything before a switch was turned.
	ann.click("Settings, Ann")
	ann.sees("Pop-ups for new messages")
	counts("asked", 0, both...)
	eval[chromedp.Void](ann, `document.querySelector('input[name=popups]').click()`)
	ann.until("the switch on", `asked === 1 && document.querySelector('input[name=popups]').checked`)
	for _, p := range both {
		p.front(false)
	}
	lin.chat("Ann")
	for i, text := range []string{"one", "two", "three"} {
		lin.say(text)
		counts("rung", i+1, both...)
		counts("pops.length", 1, both...)
	}

	// A click leads to the chat, and what was read needs no pop-up.
	for _, p := range both {
		if eval[bool](p, `pops.length > 0`) {
			if got := eval[[]string](p, `pops.map(p => p.title + ': ' + p.body)`); got[0] != "Lin Wei: three" {
				t.Errorf("the pop-up says %q", got)
			}
			p.front(true)
			eval[chromedp.Void](p, `pops[0].onclick()`)
			p.says("three")
			p.until("no pop-up", `pops.length === 0`)
			break
		}
	}
	lin.tick("three", "read")
}

func TestABurstIsOneSound(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	r.owner(desk)
	bob := r.member("Bob")
	ann := r.device("Ann", desk).rigged().before(`window.time = Date.now(); Date.now = () => time`)
	ann.join(r)
	id := eval[int](ann, `fetch('/api/sync').then(r => r.json()).then(s => s.me.id)`)
	ann.agreeing()
	for range 16 {
		bob.say(id, "one of many")
	}
	ann.until("all told of", `agreed === 16`)
	counts("rung", 1, ann)
	eval[chromedp.Void](ann, `time += 1500`)
	bob.say(id, "and one more")
	counts("rung", 2, ann)
}

func TestAPhoneRingsOnceAPressHasEnded(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin := r.owner(desk)
	ann := r.device("Ann", phone).rigged().before(`window.atEnd = true`)
	ann.join(r)
	ann.agreeing()
	lin.chat("Ann")
	lin.say("one")
	ann.until("it told of", `agreed === 1`)
	counts("rung", 0, ann)
	ann.finger("the list of people", `document.querySelector('#tab-people')`)()
	lin.say("two")
	counts("rung", 1, ann)
}

func TestNothingRingsForWhatIsMutedOrLookedAt(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin := r.owner(desk)
	bob, eve := r.member("Bob"), r.member("Eve")
	ann := r.device("Ann", desk).rigged()
	ann.join(r)
	id := eval[int](ann, `fetch('/api/sync').then(r => r.json()).then(s => s.me.id)`)

	lin.chat("Ann")
	ann.chat("Lin Wei")
	lin.say("you are looking at this")
	lin.tick("you are looking at this", "read")
	bob.say(id, "not at this")
	counts("rung", 1, ann)
	counts("pops.length", 0, ann)
	ann.until("one unread", `document.title.startsWith('(1) ')`)

	eval[chromedp.Void](ann, `document.querySelector('#tab-chats').click()`)
	ann.rowMenu("Bob", "Mute")
	ann.until("nothing in the title", `!document.title.startsWith('(')`)
	bob.say(id, "nor at this")
	ann.until("a quiet count", `document.querySelector('.n.quiet')?.innerText === '2'`)
	eve.say(id, "but hear this")
	counts("rung", 2, ann)
	ann.until("one unread", `document.title.startsWith('(1) ')`)

	ann.click("Settings, Ann")
	ann.until("the switch", `document.querySelector('input[name=quiet]')`)
	eval[chromedp.Void](ann, `document.querySelector('input[name=quiet]').click()`)
	eve.say(id, "and not this")
	ann.until("two unread", `document.title.startsWith('(2) ')`)
	eval[chromedp.Void](ann, `document.querySelector('input[name=quiet]').click()`)
	eve.say(id, "and this again")
	counts("rung", 3, ann)
}

func TestWhatCameMeanwhileIsToldOnceAndReadingElsewhereTakesItAway(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin := r.owner(desk)
	bob := r.member("Bob")
	ann := r.device("Ann", desk).rigged()
	ann.join(r)
	id := eval[int](ann, `fetch('/api/sync').then(r => r.json()).then(s => s.me.id)`)
	ann.click("Settings, Ann")
	ann.until("the switch", `document.querySelector('input[name=popups]')`)
	eval[chromedp.Void](ann, `document.querySelector('input[name=popups]').click()`)
	ann.until("the switch on", `document.querySelector('input[name=popups]').checked`)
	ann.front(false)

	eval[chromedp.Void](ann, `cut = true; sockets.at(-1).close()`)
	ann.sees("No connection.")
	bob.say(id, "one")
	bob.say(id, "two")
	lin.chat("Ann")
	lin.say("three")
	eval[chromedp.Void](ann, `cut = false`)
	ann.click("Try now")
	ann.until("the summary", `pops.length === 1 && pops[0].body === '3 new messages'`)
	counts("rung", 1, ann)

	phone := r.again(ann, phone)
	phone.click("Bob")
	phone.says("two")
	ann.until("one unread", `document.title.startsWith('(1) ')`)
	counts("pops.length", 1, ann)
	phone.click("Back")
	phone.click("Lin Wei")
	phone.says("three")
	ann.until("no pop-up", `pops.length === 0`)
}

func TestWhyThereAreNoPopUps(t *testing.T) {
	t.Parallel()
	denied := map[string]string{"en-GB": "this browser was told to block them", "zh-CN": "此浏览器已设为屏蔽"}
	insecure := map[string]string{"en-GB": "this is plain http on the network", "zh-CN": "局域网上的普通 http"}
	r, plain := newRoom(t), newRoomAt(t, net.JoinHostPort(outward(t), "0"))
	r.owner(desk)
	plain.owner(desk)
	for _, lang := range langs {
		l := desk
		l.lang = lang
		ann := r.device("Ann "+lang, l).rigged()
		ann.join(r)
		eval[chromedp.Void](ann, `answer = 'denied'; document.querySelector('#me').click()`)
		ann.until("the switch", `document.querySelector('input[name=popups]')`)
		eval[chromedp.Void](ann, `document.querySelector('input[name=popups]').click()`)
		ann.sees(denied[lang])
		ann.until("no dead switch", `!document.querySelector('input[name=popups]')`)

		bob := plain.device("Bob "+lang, l).rigged()
		bob.join(plain)
		eval[chromedp.Void](bob, `document.querySelector('#me').click()`)
		bob.sees(insecure[lang])
		if eval[bool](bob, `Boolean(document.querySelector('input[name=popups]'))`) {
			t.Error("a switch that cannot do anything")
		}
	}
}

func TestAClickOnAPopUpDismissesTheQuestionAboutAnother(t *testing.T) {
	t.Parallel()
	for _, lang := range langs {
		r := newRoom(t)
		lin := r.owner(desk)
		l := desk
		l.lang = lang
		ann := r.device("Ann", l).rigged()
		ann.join(r)
		eval[chromedp.Void](ann, `localStorage.setItem('duologue-notice-popups', 'on'), localStorage.setItem('rig-leave', 'granted')`)
		ann.must(chromedp.Do(ann.ctx, chromedp.Reload()))
		ann.until("the two lists", `document.querySelector('#tab-people')`)
		bob := r.member("Bob")
		bob.say(2, "from Bob")
		ann.place("#/chat/%d", bob.id)
		ann.says("from Bob")
		ann.rowMenu("Bob", ann.word("menu.deleteChat"))
		ann.until("a question", `document.querySelector('dialog[open]')`)
		ann.front(false)
		lin.chat("Ann")
		lin.say("from Lin")
		counts("pops.length", 1, ann)
		ann.front(true)
		eval[chromedp.Void](ann, `pops[0].onclick()`)
		ann.says("from Lin")
		ann.until("no question over it", `!document.querySelector('dialog[open]')`)
		lin.tick("from Lin", "read")
		eval[chromedp.Void](ann, `history.back()`)
		ann.until("the list", `document.body.dataset.route === 'home'`)
		ann.place("#/chat/%d", bob.id)
		ann.says("from Bob")
	}
}
