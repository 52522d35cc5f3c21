package ui_test

import (
	"net"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

func TestCodeAndEmojiInAMessage(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, in tongue, r *room, lin, ann *tab) {
		ownClipboard(t)
		const code = "func main() {\n\tprintln(\"`hi`\")\n}"
		ann.fill("#box", "try `go vet` and\n```go\n"+code+"\n```\nthen https://example.org/a")
		ann.enter()
		lin.until("code within a line", `[...document.querySelectorAll('.m .body > code')].some(c => c.innerText === 'go vet')`)
		lin.until("code in lines of its own", `document.querySelector('.m .block pre')?.textContent === $1`, code)
		lin.until("a link beside it", `document.querySelector('.m a')?.href === 'https://example.org/a'`)
		lin.click(in.say["code"])
		lin.sees(in.say["copied"])
		do(lin, page.BringToFront, cdp.Empty{})
		eval[chromedp.Void](lin, `document.querySelector('#box').focus()`)
		lin.paste()
		lin.until("the code in the field", `document.querySelector('#box').value === $1`, code)
		lin.fill("#box", "")

		ann.say("👍🏽😀")
		ann.say("👍 yes")
		lin.says("👍 yes")
		size := func(text string) float64 {
			return eval[float64](lin, `parseFloat(getComputedStyle(`+bubble+`.querySelector('.body')).fontSize)`, text)
		}
		if big, small := size("👍🏽😀"), size("👍 yes"); big < 2*small {
			t.Errorf("emoji alone are %v px high, text %v", big, small)
		}
		lin.say("שלום, מה שלומך? (ok)")
		ann.until("text from the right", `getComputedStyle(`+bubble+`.querySelector('.body')).direction === 'rtl'`, "שלום, מה שלומך? (ok)")
		lin.say("😀")
		ann.shots("rich-"+in.lang, in.lang)
	})
}

// Plain http on the network is not a secure context; copying goes the old way.
func TestCopyingOnPlainHTTP(t *testing.T) {
	t.Parallel()
	ownClipboard(t)
	r := newRoomAt(t, net.JoinHostPort(outward(t), "0"))
	lin, ann := r.owner(desk), r.guest("Ann", desk)
	if eval[bool](lin, `isSecureContext`) {
		t.Fatal("the browser calls this a secure context, so it shows nothing")
	}
	lin.chat("Ann")
	ann.chat("Lin Wei")
	lin.ponders()
	ann.say("copy me by the menu")
	ann.say("and me by the keys")
	lin.says("and me by the keys")
	do(lin, page.BringToFront, cdp.Empty{})
	lin.menu("copy me by the menu", "Copy")
	lin.sees("Copied")
	eval[chromedp.Void](lin, `document.querySelector('#box').focus()`)
	lin.paste()
	lin.until("the message in the field", `document.querySelector('#box').value === 'copy me by the menu'`)
	lin.fill("#box", "")

	eval[chromedp.Void](lin, bubble+`.focus()`, "and me by the keys")
	lin.copyKeys()
	lin.until("the message still in hand", `document.activeElement?.matches('.m')`)
	eval[chromedp.Void](lin, `document.querySelector('#box').focus()`)
	lin.paste()
	lin.until("the message in the field", `document.querySelector('#box').value === 'and me by the keys'`)
}
