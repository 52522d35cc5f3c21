package ui_test

import (
	"io/fs"
	"path"
	"regexp"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"duologue/ui"
)

// aged takes away what came after the oldest browsers that the page runs in.
const aged = `(() => {
	const drop = (from, ...names) => { for (const name of names) if (from) delete from[name] }
	drop(HTMLElement.prototype, 'showPopover', 'hidePopover', 'togglePopover', 'popover')
	drop(Element.prototype, 'checkVisibility', 'ariaNotify', 'setHTMLUnsafe', 'moveBefore')
	drop(Document.prototype, 'startViewTransition', 'caretPositionFromPoint')
	drop(HTMLDialogElement.prototype, 'requestClose', 'closedBy')
	drop(Intl, 'Segmenter', 'DurationFormat')
	drop(Array.prototype, 'with', 'toSorted', 'toReversed', 'toSpliced')
	drop(Array, 'fromAsync')
	drop(Object, 'groupBy')
	drop(Map, 'groupBy')
	drop(Map.prototype, 'getOrInsert', 'getOrInsertComputed')
	drop(Set.prototype, 'union', 'intersection', 'difference', 'symmetricDifference', 'isSubsetOf', 'isSupersetOf', 'isDisjointFrom')
	drop(String.prototype, 'isWellFormed', 'toWellFormed')
	drop(Promise, 'withResolvers', 'try')
	drop(AbortSignal, 'any')
	drop(URL, 'canParse', 'parse')
	drop(Response, 'json')
	drop(RegExp, 'escape')
	drop(CSS, 'highlights')
	drop(window, 'Highlight', 'Iterator', 'ToggleEvent', 'CloseWatcher', 'scheduler', 'navigation', 'CookieStore', 'URLPattern')
	const each = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()))
	drop(each, ...Object.getOwnPropertyNames(each).filter(name => name !== 'constructor'))
	for (const name of ['matches', 'closest', 'querySelector', 'querySelectorAll']) {
		const real = Element.prototype[name]
		Element.prototype[name] = function (css) {
			if (/:popover-open|:open|:modal/.test(css)) throw new DOMException(css + ' is not a valid selector', 'SyntaxError')
			return real.call(this, css)
		}
	}
})()`

// before runs a script in every page that is yet to be opened.
func (p *tab) before(script string) *tab {
	p.t.Helper()
	do(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
	return p
}

func TestAConversationInAnOldBrowser(t *testing.T) {
	t.Parallel()
	ownClipboard(t)
	r := newRoom(t)
	lin := r.first(r.device("Lin Wei", desk).before(aged))
	lin.ponders()
	ann := r.member("Ann")
	ann.say(1, "hello, see `go vet` and https://example.org/")
	lin.chat("Ann")
	lin.until("a link and code", `document.querySelector('.m a[href]') && document.querySelector('.m code')`)
	lin.say("one")
	lin.pick(paper(t, "a rather long name of a file.txt", []byte("text")))
	lin.until("its name", `document.querySelector('.tray .filename').textContent === 'a rather long name of a file.txt'`)
	lin.post()
	lin.until("the file at the host", `document.querySelector('.m[data-seq] a.file .filename')`)

	// The menu is there only while it is open, and the focus returns from it.
	const menu = `document.querySelector('#menu').getClientRects().length`
	if eval[int](lin, menu) != 0 {
		t.Error("the menu is seen before it is opened")
	}
	lin.menu("one", "Edit")
	lin.until("no menu", menu+` === 0`)
	lin.fill("#box", "two")
	lin.enter()
	lin.says("two")
	eval[chromedp.Void](lin, bubble+`.focus()`, "two")
	lin.enter()
	lin.until("the menu over the messages", `(m => m.matches('[role=menuitem]') && (b => document.elementFromPoint(b.left + 9, b.top + 9).closest('#menu'))(m.getBoundingClientRect()))(document.activeElement)`)
	lin.press("Escape", false)
	lin.until("the message again", menu+` === 0 && document.activeElement === `+bubble, "two")

	lin.key("k", 75, modCtrl)
	lin.until("the field for searching", `document.activeElement?.id === 'find'`)
	lin.types("hello")
	lin.until("what was found", `document.querySelector('#lists .row mark')`)

	// Over a dialog, where nothing outside it is seen.
	lin.settings()
	lin.choose("theme", "dark")
	lin.click("Sign in another device")
	lin.until("a link", `document.querySelector('dialog[open] code')`)
	eval[chromedp.Void](lin, `document.querySelector('dialog[open] .copyrow button').click()`)
	lin.until("the line in the dialog", `document.querySelector('dialog[open] #toast p')`)
	lin.press("Escape", false)
	lin.until("the line on the page", `document.querySelector('body > #toast p')?.getClientRects().length`)
}

func TestABrowserThatIsTooOldIsTold(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin := r.device("Lin Wei", desk).before(`delete AbortSignal.timeout`)
	lin.open(r.app.URL())
	lin.until("a sentence for each, and nothing else", `document.body.innerText.replace(/\n+/g, ' ') === $1`,
		"This browser is too old for Duologue. It needs Chrome 105, Firefox 115 or Safari 16, or a newer one. 此浏览器版本过旧，无法使用 Duologue。请使用 Chrome 105、Firefox 115、Safari 16 或更新的版本。")
	// The page itself finds no place to begin.
	lin.eventually("it stopped", func() bool { return len(lin.complaints()) > 0 })
}

// complaints are what the page complained about so far, which is forgiven.
func (p *tab) complaints() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	said := p.said
	p.said = nil
	return said
}

// newer is syntax that the bundler cannot write in an older way, by the
// endings of the files that it must not be in.
var newer = map[string]*regexp.Regexp{
	".js":  regexp.MustCompile(`\(\?<[=!]`),
	".css": regexp.MustCompile(`color-mix\(|light-dark\(|@container|@scope|@starting-style|field-sizing|text-wrap|:popover-open|:has\(`),
}

func TestWhatIsServedHasNoNewerSyntax(t *testing.T) {
	t.Parallel()
	served := ui.Page()
	err := fs.WalkDir(served, ".", func(name string, d fs.DirEntry, err error) error {
		what := newer[path.Ext(name)]
		if err != nil || what == nil {
			return err
		}
		data, err := fs.ReadFile(served, name)
		if found := what.Find(data); found != nil {
			t.Errorf("%s: %s", name, found)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	// What tells the old ones has to be understood by all of them.
	data, err := fs.ReadFile(served, "js/dom/oldbrowser.js")
	if err != nil {
		t.Fatal(err)
	}
	if found := regexp.MustCompile("=>|`|\\?[.?]|\\b(?:const|let|class|async)\\b|catch\\s*\\{").Find(data); found != nil {
		t.Errorf("oldbrowser.js: %s", found)
	}
}
