package ui_test

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
)

const (
	// hits are the messages found, their matches in brackets.
	hits = `[...document.querySelectorAll('.hit')].map(h => h.querySelector('b').innerText + ': ' + [...h.querySelector('.snippet').childNodes].filter(n => n.nodeType !== 8).map(n => n.nodeName === 'MARK' ? '[' + n.innerText + ']' : n.textContent).join('').trim()).join(' | ')`
	// lit is what is marked in the conversation.
	lit = `[...(CSS.highlights.get('found') ?? [])].map(r => r.toString()).join(', ')`
	// shown asks whether a message that begins like this is in sight.
	shown = `(m => m && (b => b.top >= 0 && b.bottom <= innerHeight)(m.getBoundingClientRect()))([...document.querySelectorAll('.m')].find(m => m.querySelector('.body').innerText.startsWith($1)))`
)

func TestSearchingEverywhere(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin := r.owner(desk)
	zhang, ann := r.member("张三"), r.member("Ann Meyer")
	zhang.say(1, "会议改到周四下午，在三楼")
	zhang.say(1, "ＡＢＣ　１２３")
	ann.say(1, "The Crème Brûlée was late")
	for i := range 80 {
		ann.say(1, fmt.Sprintf("line %d", i))
	}
	for _, c := range []struct{ query, want string }{
		{"周四", "张三: 会议改到[周四]下午，在三楼"},
		{"abc 123", "张三: [ＡＢＣ １２３]"},
		{"CREME BRULEE", "Ann Meyer: The [Crème Brûlée] was late"},
	} {
		lin.fill("#find", c.query)
		lin.until(c.want, hits+` === $1`, c.want)
		lin.sees("1 message in all.")
	}
	lin.fill("#find", "nowhere at all")
	lin.sees("Nothing found for “nowhere at all”.")

	// A hit leads to its message, which is not among the newest.
	lin.fill("#find", "brulee")
	lin.click("Ann Meyer")
	lin.until("the message", shown, "The Crème Brûlée was late")
	lin.until("the match marked in it", lit+` === 'Brûlée'`)
	lin.until("the result still there", hits+` !== ''`)
	eval[chromedp.Void](lin, `document.querySelector('#find').focus()`)
	lin.press("Escape", false)
	lin.until("the lists again", `document.querySelector('#tab-chats') && document.querySelector('#find').value === ''`)
	lin.until("no marks", lit+` === ''`)
}

func TestFindingPeopleByWhatOneTypes(t *testing.T) {
	t.Parallel()
	for _, lang := range langs {
		l := desk
		l.lang = lang
		r := newRoom(t)
		lin := r.owner(l)
		for _, name := range []string{"张三", "欧阳娜娜", "Alice 王", "Rosa Jiménez"} {
			r.member(name)
		}
		people := lin.word("side.people")
		for query, want := range map[string]string{"zs": "张三", "oynn": "欧阳娜娜", "aw": "Alice 王", "jimenez": "Rosa Jiménez", "张": "张三"} {
			lin.fill("#find", query)
			lin.until(query+" to mean "+want, `document.querySelector('#found-people')?.innerText === $2 && `+order+` === $1`, want, people)
		}
		lin.fill("#find", "w")
		lin.seesWord("search.short")
		lin.fill("#find", "zs")
		lin.until("one", order+` === '张三'`)
		lin.enter()
		lin.until("the chat", `document.querySelector('.head h1')?.innerText === '张三' && document.querySelector('#find').value === ''`)
	}
}

func TestAllPeopleFoundCanBeShown(t *testing.T) {
	t.Parallel()
	for _, l := range []look{desk, {width: 360, height: 740, touch: true, lang: "zh-CN"}} {
		r := newRoom(t)
		lin := r.owner(l)
		for i := range 12 {
			r.member(fmt.Sprintf("Li %d", i+1))
		}
		lin.fill("#find", "li ")
		lin.until("some of them", `document.querySelectorAll('#found-people + ul .row').length === 4`)
		const more = `document.querySelector('#lists .link.more')`
		lin.until("a button that can be seen", more+`?.checkVisibility({opacityProperty: true, visibilityProperty: true})`)
		lin.clickOn("the button where it is seen", `document.elementFromPoint(...(b => [b.left + b.width / 2, b.top + b.height / 2])(`+more+`.getBoundingClientRect()))`)
		lin.until("all of them", `document.querySelectorAll('#found-people + ul .row').length === 12`)
	}
}

func TestASearchCanBeStopped(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin := r.owner(desk)
	ann := r.member("Ann")
	ann.say(1, "a needle, old")
	ann.say(1, "a needle, new")
	// The host's answers come in two pages; the second waits until it is let go.
	eval[chromedp.Void](lin, `(() => { const real = fetch; window.asked = []; window.aborted = 0
		window.fetch = (path, init) => {
			if (!String(path).startsWith('/api/search')) return real(path, init)
			const q = new URL(path, location).searchParams
			asked.push(q.get('q') + (q.get('before') ?? ''))
			const answer = hits => new Response(JSON.stringify(hits), {status: 200})
			const page = cut => real('/api/search?q=needle').then(r => r.json()).then(cut).then(answer)
			if (!q.get('before')) return page(all => ({hits: all.hits.slice(0, 1), more: '-next'}))
			return new Promise((yes, no) => {
				window.go = () => yes(page(all => ({hits: all.hits.slice(1), more: null})))
				init.signal.addEventListener('abort', () => { aborted++; no(new Error('aborted')) })
			})
		} })()`)
	lin.fill("#find", "needle")
	lin.sees("1 found, still searching…")
	lin.until("the first", hits+` === 'Ann: a [needle], new'`)
	lin.click("Stop searching")
	lin.sees("Stopped. Older messages were not searched.")
	lin.until("the call given up", `aborted === 1`)
	lin.click("Keep searching")
	lin.until("where it was", `asked.join() === 'needle,needle-next,needle-next'`)
	eval[chromedp.Void](lin, `go()`)
	lin.until("both", hits+` === 'Ann: a [needle], new | Ann: a [needle], old'`)
	lin.sees("2 messages in all.")

	// A new question ends the one before.
	lin.fill("#find", "needle,")
	lin.until("the second page asked for", `asked.at(-1) === 'needle,-next'`)
	eval[chromedp.Void](lin, `aborted = 0`)
	lin.fill("#find", "needles")
	lin.until("the call given up", `aborted === 1`)
}

func TestWhatIsTakenBackIsFoundNoMore(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin, ann := r.owner(desk), r.guest("Ann", desk)
	ann.chat("Lin Wei")
	ann.say("the secret needle")
	ann.say("another needle")
	lin.fill("#find", "needle")
	lin.until("both", hits+` === 'Ann: another [needle] | Ann: the secret [needle]'`)
	ann.menu("the secret needle", "Take back from both")
	ann.confirm()
	lin.until("one", hits+` === 'Ann: another [needle]'`)
}

func TestSearchingInOneChat(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		look                              look
		open, one, two, older, newer, end string
	}{
		{desk, "Search in this chat", "1 of 3", "2 of 3", "Older match", "Newer match", "End the search"},
		{look{width: 360, height: 740, touch: true, lang: "zh-CN"}, "在此聊天中搜索", "1/3", "2/3", "更早的一条", "更新的一条", "结束搜索"},
	} {
		r := newRoom(t)
		lin := r.owner(c.look)
		ann, bob := r.member("Ann"), r.member("Bob")
		for i := range 150 {
			text := fmt.Sprintf("line %d", i)
			if i%50 == 10 {
				text = fmt.Sprintf("会议 %d 开始", i)
			}
			ann.say(1, text)
		}
		bob.say(1, "会议 of another chat")
		eval[chromedp.Void](lin, `document.querySelector('[data-who="2"]').click()`)
		lin.says("line 0")
		lin.click(c.open)
		lin.until("the cursor in the bar", `document.activeElement.id === 'infind'`)
		lin.fill("#infind", "会议")
		lin.sees(c.one)
		lin.until("the newest of them", shown, "会议 110")
		lin.until("its match marked", lit+`.includes('会议')`)
		lin.enter()
		lin.sees(c.two)
		lin.until("an older one", shown, "会议 60")
		lin.until("the cursor where it was", `document.activeElement.id === 'infind'`)
		lin.click(c.older)
		lin.until("the oldest", shown, "会议 10 ")
		lin.until("no way to older ones", `[...document.querySelectorAll('.searchbar .ic')][0].disabled`)
		lin.click(c.newer)
		lin.until("the one between", shown, "会议 60")
		lin.click(c.end)
		lin.until("no bar and no marks", `!document.querySelector('.searchbar') && `+lit+` === ''`)
	}
}

func TestCtrlFIsTheChatsOnlyInAChat(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin := r.owner(desk)
	r.member("Ann").say(1, "hello")
	eval[chromedp.Void](lin, `window.kept = []; addEventListener('keydown', e => { if (e.key === 'f') kept.push(e.defaultPrevented) })`)
	kept := func(want bool) {
		t.Helper()
		lin.key("f", 70, modCtrl)
		lin.until("the key to have come", `kept.length === 1`)
		if got := eval[bool](lin, `kept.pop()`); got != want {
			t.Errorf("the page kept Ctrl+F: %v, want %v", got, want)
		}
	}
	lin.until("the row", order+` === 'Ann, My devices'`)
	kept(false)
	lin.click("Ann")
	lin.says("hello")
	kept(true)
	lin.until("the cursor in the bar", `document.activeElement.id === 'infind'`)
	kept(false)
	lin.press("Escape", false)
	lin.until("no bar", `!document.querySelector('.searchbar') && document.activeElement.id === 'box'`)
	lin.key("k", 75, modCtrl)
	lin.until("the cursor in the field on the left", `document.activeElement.id === 'find'`)
}
