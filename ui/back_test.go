package ui_test

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// back is what a phone's gesture and a mouse's fourth button do.
func (p *tab) back() {
	p.t.Helper()
	eval[chromedp.Void](p, `history.back()`)
}

func TestBackClosesWhatLiesOverTheChatFirst(t *testing.T) {
	t.Parallel()
	for _, l := range bothWays {
		t.Run(l.lang, func(t *testing.T) {
			t.Parallel()
			_, ann := newRoom(t).gallery(l, 1)
			const dialog = `document.querySelector('dialog[open]')`
			const chat = `document.body.dataset.route === 'chat' && document.querySelector('#box') && !` + dialog
			ann.clickOn("the picture", buttons+`[0]`)
			ann.looksAt(1, 1)
			ann.back()
			ann.until("the chat, and no picture", chat)

			// What was closed in another way is no place to go back to.
			ann.clickOn("the picture", buttons+`[0]`)
			ann.looksAt(1, 1)
			ann.click(ann.word("close"))
			ann.until("the chat again", chat+` && !history.state.over`)
			eval[chromedp.Void](ann, `document.querySelector('.m .more').click()`)
			ann.click(ann.word("details"))
			ann.until("the details", dialog)
			ann.back()
			ann.until("the chat, and no dialog", chat)
			ann.back()
			ann.until("the list", `document.body.dataset.route === 'home'`)
			eval[chromedp.Void](ann, `history.forward()`)
			ann.until("the chat", chat)

			ann.click(ann.word("emoji"))
			ann.until("the emoji", `document.querySelector('#picker')`)
			ann.back()
			ann.until("the chat, and no emoji", chat+` && !document.querySelector('#picker')`)

			// So it is with a menu, with choosing several, and with the search.
			const menu = `document.querySelector('#menu:popover-open')`
			eval[chromedp.Void](ann, `document.querySelector('.m .more').click()`)
			ann.until("a menu", menu)
			ann.back()
			ann.until("the chat, and no menu", chat+` && !`+menu)
			eval[chromedp.Void](ann, `document.querySelector('.m .more').click()`)
			ann.click(ann.word("menu.pick"))
			ann.until("one chosen", `document.querySelector('.picks')`)
			ann.back()
			ann.until("the chat, and nothing chosen", chat+` && !document.querySelector('.picks')`)
			ann.click(ann.word("find.here"))
			ann.until("the search", `document.querySelector('#infind')`)
			ann.back()
			ann.until("the chat, and no search", chat+` && !document.querySelector('#infind') && !history.state.over`)

			// A question that is answered leads where it leads without one.
			eval[chromedp.Void](ann, `document.querySelector('#chat-menu').click()`)
			ann.click(ann.word("menu.deleteChat"))
			ann.until("a question", dialog)
			// The next one may be asked before the browser tells that the last
			// one was closed.
			eval[chromedp.Void](ann, `new Promise(done => {
				new MutationObserver((_, watch) => {
					watch.disconnect()
					document.querySelector('#chat-menu').click();
					`+find+`.click()
					done()
				}).observe(document.querySelector('#dialog'), {attributeFilter: ['open']})
				history.back()
			})`, ann.word("menu.deleteChat"))
			ann.until("a question again", dialog)
			ann.back()
			ann.until("no question, and the chat", chat)
			eval[chromedp.Void](ann, `document.querySelector('#chat-menu').click()`)
			ann.click(ann.word("menu.deleteChat"))
			ann.confirm()
			ann.until("the list", `document.body.dataset.route === 'home' && location.hash === '#/'`)
		})
	}
}
