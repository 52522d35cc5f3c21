package ui_test

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

func TestOnAMacCommandsHaveTheirOwnKey(t *testing.T) {
	t.Parallel()
	const modMeta = 4
	r := newRoom(t)
	lin := r.owner(desk)
	ann := r.member("Ann")
	ann.say(1, "hello")
	do(lin, emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{UserAgent: "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36", AcceptLanguage: "en-GB", Platform: "MacIntel"})
	lin.place("#/chat/%d", ann.id)
	lin.reload()
	lin.until("the cursor in the field", `document.activeElement?.id === 'box' && navigator.platform === 'MacIntel'`)
	eval[chromedp.Void](lin, `window.kept = []; addEventListener('keydown', e => { if (/^[efk]$/.test(e.key)) kept.push(e.key + e.defaultPrevented) })`)

	// With Ctrl the cursor moves there.
	lin.key("f", 70, modCtrl)
	lin.key("k", 75, modCtrl)
	lin.key("e", 69, modCtrl)
	lin.until("the browser's own keys", `kept.join() === 'ffalse,kfalse,efalse'`)
	lin.key("e", 69, modMeta)
	lin.until("the emoji", `document.activeElement?.matches('.picker .look')`)
	lin.press("Escape", false)
	lin.until("the cursor in the field", `document.activeElement?.id === 'box' && !document.querySelector('.picker')`)
	lin.key("f", 70, modMeta)
	lin.until("the cursor in the bar", `document.activeElement?.id === 'infind'`)
	lin.key("k", 75, modMeta)
	lin.until("the cursor in the field on the left", `document.activeElement?.id === 'find'`)

	// It has no key for a menu, and its key for deleting is another.
	eval[chromedp.Void](lin, `document.querySelector('.row').focus()`)
	lin.key("m", 77, 0)
	lin.until("what can be done with a chat", choices+` > 3`)
	lin.press("Escape", false)
	lin.until("the row again", `document.activeElement.matches('.row') && !document.querySelector('#menu:popover-open')`)
	eval[chromedp.Void](lin, bubble+`.focus()`, "hello")
	lin.key("Backspace", 8, 0)
	lin.until("the way back", `document.querySelector('.undobar button')`)

	eval[chromedp.Void](lin, `document.querySelector('#tab-chats').focus()`)
	do(lin, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyDown, Key: "?", Text: "?", WindowsVirtualKeyCode: 191, Modifiers: modShift})
	lin.until("the keys by their names there", `(k => k.includes('⌘') && !k.includes('Ctrl'))([...document.querySelectorAll('#shortcuts[open] kbd')].map(k => k.innerText))`)
}
