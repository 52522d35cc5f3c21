package ui_test

import (
	"image/color"
	"testing"
)

func TestGivingUpFiles(t *testing.T) {
	t.Parallel()
	for _, lang := range langs {
		r := newRoom(t)
		l := desk
		l.lang = lang
		lin, ann := r.owner(l), r.guest("Ann", l)
		ann.chat("Lin Wei")
		lin.chat("Ann")
		ann.pick(photo(t, "red.png", 900, 600, color.RGBA{200, 30, 30, 255}), noise(t, "note.bin", 250_000))
		ann.fill("#box", "both")
		ann.post()
		lin.says("both")
		lin.settings()
		lin.click(lin.word("storage.open"))
		lin.until("what it takes", `['Ann', 'note.bin', '250 kB', $1].every(x => document.querySelector('dialog[open]')?.innerText.replaceAll('\n', '').includes(x))`, lin.word("storage.kind.picture"))
		lin.click(lin.word("storage.drop.all"))
		lin.until("the focus on the answer", `document.activeElement?.matches('dialog[open] form.dialog [autofocus]')`)
		lin.confirm()
		lin.chat("Ann")
		lin.says("both")
		lin.seesWord("file.gone")
		lin.until("the thumbnail", onePicture, "red.png")
		ann.until("the other side's files", `document.querySelector('.m a.file') && document.querySelector('.m .picture')`)
		lin.seesNoFile()
	}
}

// seesNoFile: there is nothing to be saved.
func (p *tab) seesNoFile() {
	p.t.Helper()
	p.until("nothing to save", `!document.querySelector('.m a.file')`)
}
