package ui_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"hash/fnv"
	"image"
	"image/color"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// paper writes a file to be sent, and gives its path.
func paper(t testing.TB, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// photo is a picture of a size, in a colour.
func photo(t testing.TB, name string, width, height int, c color.Color) string {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for i := range width * height {
		img.Set(i%width, i/width, c)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return paper(t, name, b.Bytes())
}

// noise is a file of some parts.
func noise(t testing.TB, name string, size int) string {
	t.Helper()
	path := paper(t, name, nil)
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err == nil {
		_, err = io.CopyN(f, rand.Reader, int64(size))
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// pick chooses files as the browser's own window does.
func (p *tab) pick(paths ...string) {
	p.t.Helper()
	p.handIn("#pick", paths...)
	p.until("what was chosen", `document.querySelectorAll('.tray li').length >= $1`, len(paths))
}

func (p *tab) handIn(css string, paths ...string) {
	p.t.Helper()
	p.until("a way to choose", `document.querySelector($1)`, css)
	found, err := chromedp.Call(p.ctx, runtime.Evaluate, runtime.EvaluateParams{Expression: fmt.Sprintf("document.querySelector(%q)", css)})
	p.must(err)
	do(p, dom.SetFileInputFiles, dom.SetFileInputFilesParams{Files: paths, ObjectID: found.Result.ObjectID})
}

// hand gives files to the conversation by an event with a DataTransfer.
func (p *tab) hand(event, name, kind string) {
	p.t.Helper()
	eval[chromedp.Void](p, `(() => {
		const data = new DataTransfer()
		data.items.add(new File(['the ' + $2], $2, {type: $3}))
		const at = $1 === 'paste' ? document.querySelector('#box') : document.querySelector('#log')
		const init = {bubbles: true, cancelable: true}
		at.dispatchEvent($1 === 'paste' ? new ClipboardEvent('paste', {...init, clipboardData: data}) : new DragEvent($1, {...init, dataTransfer: data}))
	})()`, event, name, kind)
}

// pastes gives text and a file at once, and tells whether the page took them.
func (p *tab) pastes(text, name, kind string) bool {
	p.t.Helper()
	return eval[bool](p, `(() => {
		const data = new DataTransfer()
		data.items.add($1, 'text/plain')
		data.items.add(new File(['the ' + $2], $2, {type: $3}))
		return !document.querySelector('#box').dispatchEvent(new ClipboardEvent('paste', {bubbles: true, cancelable: true, clipboardData: data}))
	})()`, text, name, kind)
}

// post sends what is chosen.
func (p *tab) post() {
	p.t.Helper()
	p.clickOn("the button", `document.querySelector('.send:enabled')`)
}

const held = `
	window.letThrough = Infinity
	const through = window.fetch
	window.fetch = async (path, init) => {
		if (init?.method === 'PATCH' && String(path).startsWith('/api/files/') && window.letThrough-- <= 0)
			await new Promise((_, no) => init.signal.addEventListener('abort', () => no(new Error('cut'))))
		return through(path, init)
	}`

// hold lets so many parts of files through; the others hang like on a network that is gone.
func (p *tab) hold(parts int) {
	p.t.Helper()
	eval[chromedp.Void](p, `(() => { if (!window.letThrough && window.letThrough !== 0) { `+held+` } window.letThrough = $1 })()`, parts)
}

// same tells whether the last file of the conversation has these bytes.
func (p *tab) same(path string) {
	p.t.Helper()
	f, err := os.Open(path)
	p.must(err)
	defer f.Close()
	want := fnv.New32a()
	_, err = io.Copy(want, f)
	p.must(err)
	got := eval[uint32](p, `fetch([...document.querySelectorAll('.m a.file')].at(-1).href).then(async r => {
		let n = 0x811c9dc5
		for await (const part of r.body) for (let i = 0; i < part.length; i++) n = Math.imul(n ^ part[i], 0x01000193)
		return n >>> 0
	})`)
	if got != want.Sum32() {
		p.t.Errorf("%s: other bytes arrived", p.name)
	}
}

const onePicture = `[...document.querySelectorAll('.m .picture img')].find(i => i.alt.includes($1) && i.complete && i.naturalWidth > 0)`

func TestFilesGoFromHandToHand(t *testing.T) {
	t.Parallel()
	for _, lang := range langs {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			r := newRoom(t)
			l := desk
			l.lang = lang
			lin, ann := r.facing(l)
			red := photo(t, "red.png", 800, 400, color.RGBA{200, 30, 30, 255})
			report := paper(t, "2026 report – 报告 of the second quarter.pdf", []byte("%PDF-1.4 not really"))
			lin.pick(red, report)
			lin.sees("red.png")
			lin.fill("#box", "Look at this")
			lin.post()
			ann.says("Look at this")
			ann.until("the picture in its place", onePicture, "red.png")
			ann.until("the report by its name", `document.querySelector('a.file')?.innerText.replaceAll('\n', '').includes('second quarter.pdf')`)
			ann.same(report)
			lin.tick("Look at this", "read")
			if got := eval[int](ann, `document.querySelectorAll('.m').length`); got != 1 {
				t.Errorf("%d messages, not one", got)
			}
			// A picture has its place before it is loaded.
			size := eval[[]int](ann, `(i => [i.width, i.height])(document.querySelector('.m .picture img'))`)
			if size[0] != 340 || size[1] != 170 {
				t.Errorf("the picture takes %v", size)
			}
		})
	}
}

func TestPasteAndDrop(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin, ann := r.facing(desk)
	lin.hand("paste", "pasted.txt", "text/plain")
	lin.sees("1 file to send")
	// A table's cells come with a picture of themselves, a file from the
	// Finder with its name; only the file is meant.
	if lin.pastes("1 pallet\t20 sheets", "cells.png", "image/png") || !lin.pastes("copié.txt", "copie\u0301.txt", "text/plain") {
		t.Error("taken for the wrong thing")
	}
	lin.sees("2 files to send")
	lin.click("Leave out copie\u0301.txt")
	lin.hand("dragenter", "dropped.txt", "text/plain")
	lin.sees("Drop to add for Ann")
	lin.hand("drop", "dropped.txt", "text/plain")
	lin.missesFor("Drop to add for Ann")
	lin.sees("2 files to send")
	lin.click("Leave out pasted.txt")
	lin.sees("1 file to send")
	lin.post()
	ann.until("the file", `document.querySelector('.m a.file')?.getAttribute('download') === 'dropped.txt'`)
	lin.missesFor("to send")
}

func TestSendingShowsHowFarItIs(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin, ann := r.facing(desk)
	film := noise(t, "film.bin", 8<<20)
	lin.hold(1)
	lin.pick(film)
	lin.post()
	lin.sees("25% of 8.4 MB")
	// What is written meanwhile doesn't wait.
	lin.say("It comes in a moment")
	ann.says("It comes in a moment")
	lin.click("Pause")
	lin.sees("paused")
	lin.hold(1 << 20)
	lin.click("Continue")
	ann.until("the file", `document.querySelector('.m a.file')`)
	ann.same(film)
	lin.hold(1)
	lin.fill("#box", "Another one")
	lin.pick(noise(t, "other.bin", 8<<20))
	lin.post()
	lin.sees("25% of 8.4 MB")
	lin.click("Cancel")
	lin.until("the text back in the field", `document.querySelector('#box').value === 'Another one' && !document.querySelector('.way')`)
}

func TestFilesForSomebodyWhoIsAway(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin := r.owner(desk)
	ann := r.guest("Ann", desk)
	ann.until("the lists", `document.querySelector('#tab-people')`)
	do(ann, page.Navigate, page.NavigateParams{URL: "about:blank"})
	lin.chat("Ann")
	lin.pick(photo(t, "blue.png", 300, 300, color.RGBA{20, 40, 200, 255}), photo(t, "green.png", 300, 200, color.RGBA{20, 200, 40, 255}))
	lin.post()
	lin.until("the album on the host", `document.querySelectorAll('.m .album img').length === 2 && document.querySelector('.m .tick.host')`)
	ann.open(r.app.URL())
	ann.sees("2 files")
	ann.chat("Lin Wei")
	ann.until("both pictures", `document.querySelectorAll('.m .album img').length === 2`)
}

func TestAPhotoFromThePhone(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin, ann := r.owner(desk), r.guest("Ann", phone)
	lin.chat("Ann")
	ann.chat("Lin Wei")
	ann.click("Attach files")
	ann.sees("Take a photo")
	ann.key("Escape", 27, 0)
	ann.handIn("#photo", photo(t, "shelf.png", 300, 400, color.RGBA{90, 120, 40, 255}))
	ann.sees("1 file to send")
	ann.post()
	lin.until("the photo", onePicture, "shelf.png")
}
