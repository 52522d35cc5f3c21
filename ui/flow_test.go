package ui_test

import (
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// visible is whether what has the focus shows it, by itself or by its label.
const visible = `(e => e.id === 'box' || [e, e.closest('label')].some(x => x && getComputedStyle(x).outlineStyle !== 'none'))(document.activeElement)`

// tabTo presses Tab until what is wanted has the focus. Every stop on the way
// has to show that it has it.
func (p *tab) tabTo(what, js string) {
	p.t.Helper()
	for range 60 {
		p.press("Tab", false)
		if !eval[bool](p, visible) {
			p.t.Errorf("on the way to %s the focus cannot be seen: %s", what, eval[string](p, `document.activeElement.outerHTML.slice(0, 160)`))
		}
		if eval[bool](p, `Boolean(`+js+`)`) {
			return
		}
	}
	p.t.Fatalf("%s: Tab does not lead to %s", p.name, what)
}

// types writes where the cursor is.
func (p *tab) types(text string) {
	p.t.Helper()
	do(p, input.InsertText, input.InsertTextParams{Text: text})
}

// TestTheWholeFlowWithoutAMouse: from the first start to signing out.
func TestTheWholeFlowWithoutAMouse(t *testing.T) {
	t.Parallel()
	for _, lang := range langs {
		r := newRoom(t)
		lin := r.device("Lin Wei", look{width: 1280, height: 800, lang: lang})
		lin.open(r.app.URL() + "#token=" + r.app.Token())
		lin.until("the cursor in the name", `document.activeElement?.name === 'name' && document.activeElement.value === 'Lin Wei'`)
		lin.enter()
		lin.seesWord("side.alone")
		ann := r.member("Ann")
		ann.say(1, "明天下午三点可以吗？")
		lin.until("a row", `document.querySelector('.row .n')`)

		// To the chat, and an answer to what stands there.
		lin.tabTo("the row of Ann", `document.activeElement.matches('.row')`)
		lin.enter()
		lin.until("the cursor in the field", `document.activeElement?.id === 'box'`)
		lin.types("Let me see")
		lin.enter()
		lin.tick("Let me see", "host")
		lin.walk("the conversation", `document.activeElement.id === 'log'`, true)
		lin.press("ArrowUp", false)
		lin.press("ArrowUp", false)
		lin.until("the question", `document.activeElement.matches('.m') && document.activeElement.innerText.includes('三点')`)
		lin.key("r", 82, 0)
		lin.until("the question above the field", `document.activeElement?.id === 'box' && document.querySelector('.replying .q')?.innerText.includes('三点')`)
		lin.types("可以")
		lin.enter()
		lin.until("the answer with what it answers", bubble+`?.querySelector('.q')?.innerText.includes('三点')`, "可以")

		// Searching leads back to it.
		lin.key("k", 75, modCtrl)
		lin.until("the field for searching", `document.activeElement?.id === 'find'`)
		lin.types("三点")
		lin.until("what was found", `document.querySelector('#lists .row mark')`)
		lin.press("ArrowDown", false)
		lin.until("a hit", `document.activeElement.matches('.row')`)
		lin.enter()
		lin.until("the message", `document.activeElement?.matches('.m') && document.activeElement.innerText.includes('三点')`)

		// The sheet of shortcuts, from a message.
		do(lin, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyDown, Key: "?", Text: "?", WindowsVirtualKeyCode: 191, Modifiers: modShift})
		lin.until("the sheet", `document.querySelector('#shortcuts[open]')?.contains(document.activeElement)`)
		lin.press("Escape", false)
		lin.until("the message again", `document.activeElement?.matches('.m')`)

		// Settings: another theme by the arrows of a radio button, and out.
		lin.walk("the settings", `document.activeElement.id === 'me'`, true)
		lin.enter()
		lin.until("the settings", `document.querySelector('.devices li')`)
		lin.tabTo("the theme", `document.activeElement.name === 'theme'`)
		lin.key("ArrowRight", 39, 0)
		lin.key("ArrowRight", 39, 0)
		lin.until("dark", `document.documentElement.dataset.theme === 'dark' && document.activeElement.value === 'dark'`)
		lin.tabTo("the way out", `document.activeElement.matches('.button.danger') && document.activeElement.innerText.trim() === '`+lin.word("settings.signout")+`'`)
		lin.enter()
		lin.until("the question", `document.querySelector('dialog[open]')?.contains(document.activeElement)`)
		lin.tabTo("its answer", `document.activeElement.matches('dialog[open] .danger')`)
		lin.enter()
		lin.until("the door", `document.activeElement?.name === 'name' && document.querySelector('input[name=password]')`)
	}
}

func TestTheFieldGrowsToEightLines(t *testing.T) {
	t.Parallel()
	for _, l := range []look{desk, phone} {
		r := newRoom(t)
		lin := r.owner(desk)
		ann := r.member("Ann")
		lin.wear(l)
		lin.place("#/chat/%d", ann.id)
		lin.until("the field", `document.querySelector('#box')`)
		height := func(text string) float64 {
			lin.fill("#box", text)
			eval[chromedp.Void](lin, `new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))`)
			return eval[float64](lin, `document.querySelector('#box').getBoundingClientRect().height`)
		}
		one, two, eight, twenty := height("1"), height("1\n2"), height("1\n2\n3\n4\n5\n6\n7\n8"), height("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n17\n18\n19\n20")
		if !(one < two && two < eight && twenty-eight < 2) {
			t.Errorf("one line is %v px high, two %v, eight %v, twenty %v", one, two, eight, twenty)
		}
		if !eval[bool](lin, `(b => b.scrollHeight > b.clientHeight && b.scrollTop + b.clientHeight > b.scrollHeight - 30)(document.querySelector('#box'))`) {
			t.Error("the cursor's line cannot be seen")
		}
		if again := height("1"); again != one {
			t.Errorf("emptied it is %v px high, it was %v", again, one)
		}
	}
}
