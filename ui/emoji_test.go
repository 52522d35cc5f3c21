package ui_test

import (
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

func TestEmojiAreFoundInBothLanguages(t *testing.T) {
	t.Parallel()
	for _, lang := range langs {
		r := newRoom(t)
		lin, ann := r.owner(look{width: 1280, height: 800, lang: lang}), r.member("Ann")
		lin.place("#/chat/%d", ann.id)
		lin.until("the cursor in the field", `document.activeElement?.id === 'box'`)
		if n := eval[int](lin, `performance.getEntriesByType('resource').filter(e => e.name.includes('emoji-picker-element-data')).length`); n != 0 {
			t.Error("the emoji are loaded before anybody wants one")
		}
		lin.fill("#box", "ab")
		lin.key("ArrowLeft", 37, 0)
		lin.key("e", 69, modCtrl)
		lin.until("the card", `document.activeElement?.matches('.picker .look') && document.querySelector('.emojis [role=option]')`)

		// Found by a word, chosen by Enter, in the middle of the text.
		do(lin, input.InsertText, input.InsertTextParams{Text: "smile"})
		lin.until("a smile", `[...document.querySelectorAll('.emojis [role=option]')].some(b => b.innerText === '😀')`)
		lin.fill(".look", "披萨")
		lin.until("a pizza", `document.querySelector('.emojis [role=option]')?.innerText === '🍕'`)
		lin.enter()
		lin.until("it in the text", `document.querySelector('#box').value === 'a🍕b'`)
		lin.fill(".look", "笑")
		lin.until("laughter", `[...document.querySelectorAll('.emojis [role=option]')].some(b => b.innerText === '😄')`)

		// By arrows to another, which follows the first.
		lin.press("ArrowDown", false)
		lin.until("the first of them", `document.activeElement === document.querySelector('.emojis [role=option]')`)
		lin.key("ArrowRight", 39, 0)
		lin.until("the second", `document.activeElement === document.querySelectorAll('.emojis [role=option]')[1]`)
		lin.press("ArrowDown", false)
		lin.until("one in the row below", `(b => b.offsetTop > document.querySelector('.emojis [role=option]').offsetTop && b.matches('[role=option]'))(document.activeElement)`)
		chosen := eval[string](lin, `document.activeElement.innerText`)
		lin.enter()
		lin.until("both", `document.querySelector('#box').value === 'a🍕' + $1 + 'b'`, chosen)
		lin.press("Escape", false)
		lin.until("the cursor in the field", `document.activeElement?.id === 'box' && !document.querySelector('.picker')`)
		lin.enter()
		lin.says("a🍕" + chosen + "b")

		// Next time what was used stands first.
		lin.reload()
		lin.clickOn("the emoji", `document.querySelector('#emoji')`)
		lin.until("what was used lately", `[...document.querySelectorAll('.emojis [role=option]')].map(b => b.innerText).join() === $1 + ',🍕'`, chosen)
	}
}

func TestAnEmojiByMouseLeavesTheCursorInTheText(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, in tongue, r *room, lin, ann *tab) {
		lin.clickOn("the emoji", `document.querySelector('#emoji')`)
		lin.until("the card", `document.activeElement?.matches('.picker .look') && document.querySelector('.emojis [role=option]')`)
		lin.fill(".look", "pizza")
		lin.mouse("a pizza", `[document.querySelector('.emojis [role=option]')].find(b => b?.innerText === '🍕')`)
		lin.until("the cursor behind it, and the card still there", `(box => document.activeElement === box && box.value === '🍕' && box.selectionStart === 2)(document.querySelector('#box')) && document.querySelector('.picker')`)
		do(lin, input.InsertText, input.InsertTextParams{Text: "!"})
		lin.enter()
		ann.says("🍕!")
		lin.until("nothing left", `document.querySelector('#box').value === ''`)
	})
}

// mouse clicks with a real one on what an expression finds.
func (p *tab) mouse(what, js string) {
	p.t.Helper()
	p.until(what, js)
	at := eval[[2]float64](p, `(b => [b.left + b.width / 2, b.top + b.height / 2])(`+js+`.getBoundingClientRect())`)
	for _, how := range []input.DispatchMouseEventType{input.DispatchMouseEventTypeMousePressed, input.DispatchMouseEventTypeMouseReleased} {
		do(p, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: how, X: at[0], Y: at[1], Button: input.MouseButtonLeft, ClickCount: 1})
	}
}

func TestEmojiOnAPhone(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	r.owner(desk)
	ann := r.guest("Ann", phone)
	ann.place("#/chat/%d", 1)
	ann.until("the conversation", `document.querySelector('#box')`)
	ann.clickOn("the emoji", `document.querySelector('#emoji')`)
	ann.until("hands", `document.querySelector('.emojis [role=option]')`)
	ann.until("the sheet below the field", `document.querySelector('.picker').getBoundingClientRect().top >= document.querySelector('#box').getBoundingClientRect().bottom && document.querySelector('.picker').getBoundingClientRect().bottom <= innerHeight + 1`)
	eval[chromedp.Void](ann, `document.querySelectorAll('.kinds [role=tab]')[2].click()`)
	ann.clickOn("a tone", `document.querySelector('.tones input[value="2"]')`)
	ann.finger("a hand in that tone", `[...document.querySelectorAll('.emojis [role=option]')].find(b => b.innerText === '👋🏼')`)()
	ann.until("it in the text", `document.querySelector('#box').value === '👋🏼'`)
	if eval[bool](ann, `document.activeElement.id === 'box'`) {
		t.Error("the phone's keyboard comes up over the emoji")
	}
	ann.clickOn("the way back to the keyboard", `document.querySelector('#emoji')`)
	ann.until("the cursor in the field", `document.activeElement?.id === 'box' && !document.querySelector('.picker')`)
	ann.click("Send")
	ann.says("👋🏼")
}

// TestEmojiHaveRoomInALowWindow: above a phone's keyboard, in a page that is
// twice as large, and on a low wide screen.
func TestEmojiHaveRoomInALowWindow(t *testing.T) {
	t.Parallel()
	for i, l := range []look{{width: 360, height: 370, touch: true}, {width: 640, height: 360}, {width: 900, height: 360}} {
		l.lang = langs[i%len(langs)]
		r := newRoom(t)
		lin := r.owner(l)
		lin.place("#/chat/1")
		lin.until("the conversation", `document.querySelector('#box')`)
		lin.clickOn("the emoji", `document.querySelector('#emoji')`)
		lin.until("hands", `document.querySelector('.emojis [role=option]')`)
		rows := eval[int](lin, `new Set([...document.querySelectorAll('.emojis [role=option]')].map(e => e.getBoundingClientRect()).filter(b => {
			const card = document.querySelector('.picker').getBoundingClientRect()
			const list = document.querySelector('.emojis').getBoundingClientRect()
			return b.bottom <= Math.min(card.bottom, list.bottom, innerHeight)
		}).map(b => b.top)).size`)
		if rows < 2 {
			t.Errorf("in %d×%d there are %d rows", l.width, l.height, rows)
		}
		// What is below the list is there too.
		eval[chromedp.Void](lin, `document.querySelector('.tones input').focus()`)
		lin.until("the tones on screen", `(b => b.bottom <= Math.min(innerHeight, document.querySelector('.picker').getBoundingClientRect().bottom) + 1)(document.querySelector('.tones').getBoundingClientRect())`)
	}
}

// TestAnEmojiUnderAFileIsWriting: large is what stands by itself.
func TestAnEmojiUnderAFileIsWriting(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, in tongue, r *room, lin, ann *tab) {
		lin.say("👍")
		lin.until("it large", bubble+`?.matches('.big[data-seq]')`, "👍")
		lin.hold(0)
		lin.pick(paper(t, "note.txt", []byte("text")))
		lin.fill("#box", "👌")
		lin.post()
		const plain = `(m => m?.querySelector('.file') && m.matches($2) && !m.matches('.big') && getComputedStyle(m).backgroundColor !== 'rgba(0, 0, 0, 0)')(` + bubble + `)`
		lin.until("on its way, a bubble like others", plain, "👌", ":not([data-seq])")
		lin.click(lin.word("files.pause"))
		eval[chromedp.Void](lin, `window.letThrough = Infinity`)
		lin.click(lin.word("files.go"))
		for _, p := range []*tab{lin, ann} {
			p.until("at the host, a bubble like others", plain, "👌", "[data-seq]")
		}
	})
}
