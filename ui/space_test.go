package ui_test

import (
	"testing"

	"github.com/chromedp/chromedp"

	"duologue/app"
)

// takes announces a file of so many bytes; the host counts it from then on.
func (p *tab) takes(size int) {
	p.t.Helper()
	if status := eval[int](p, `fetch('/api/files', {method: 'POST', headers: {'Tus-Resumable': '1.0.0', 'Upload-Length': String($1)}}).then(a => a.status)`, size); status != 201 {
		p.t.Fatalf("%s: a file of %d bytes was answered with %d", p.name, size, status)
	}
}

// cap sets what all files may take in the dialog of files, which is open.
func (p *tab) cap(gb string) {
	p.t.Helper()
	p.until("a field for the cap", `document.querySelector('dialog[open] input[name=cap]')`)
	eval[chromedp.Void](p, `document.querySelector('dialog[open] input[name=cap]').value = $1`, gb)
	p.clickOn("save", `document.querySelector('dialog[open] form button[type=submit]')`)
	p.seesWord("saved")
}

// roomy is a host on a disk with so much room, whatever this one has.
func roomy(t testing.TB) *room {
	t.Helper()
	r := newRoom(t)
	r.stop()
	r.change = func(o *app.Options) { o.Store.FreeSpace = func(string) (int64, error) { return 1 << 40, nil } }
	r.start()
	return r
}

// The owner says what all files may take, is warned when little of it is left,
// and sees the warning go; whom it keeps from sending is told why.
func TestTheOwnersCapOnFiles(t *testing.T) {
	t.Parallel()
	for _, lang := range langs {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			r := roomy(t)
			l, small := desk, phone
			l.lang, small.lang = lang, lang
			lin, ann := r.owner(small), r.guest("Ann", l)
			lin.settings()
			lin.click(lin.word("storage.open"))
			lin.until("no keyboard over half of the screen", `document.querySelector('dialog[open] .storage > p') === document.activeElement`)
			lin.cap("0.5")
			lin.until("the cap", `document.querySelector('dialog[open] .storage').innerText.includes('500')`)
			lin.until("no warning", `!document.querySelector('.spacenote')`)
			ann.takes(499_900_000)
			ann.chat("Lin Wei")
			ann.pick(noise(t, "note.bin", 250_000))
			ann.post()
			ann.until("why not", `document.querySelector('.m [role=alert]')?.innerText.includes($1)`, ann.word("files.failed.cap"))
			ann.until("no form for the owner", `!document.querySelector('input[name=cap]')`)

			lin.reload()
			lin.place("#/")
			lin.until("a warning", `document.querySelector('#side .spacenote')?.innerText.includes($1)`, lin.word("space.level.warn"))
			lin.clickOn("the warning", `document.querySelector('#side .spacenote')`)
			lin.seesWord("space.relief")
			lin.cap("")
			lin.until("no warning", `!document.querySelector('.spacenote')`)
			ann.click(ann.word("retry"))
			lin.press("Escape", false)
			lin.place("#/chat/%d", 2)
			lin.until("the file", `document.querySelector('.m a.file')`)
		})
	}
}
