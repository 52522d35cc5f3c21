package ui_test

import (
	"image/color"
	"testing"

	"github.com/chromedp/chromedp"
)

// counting tells how often bytes were written to the browser's disk, and how
// many of them the page holds by an address.
const counting = `
	window.written = window.addresses = 0
	const { createObjectURL, revokeObjectURL } = URL
	URL.createObjectURL = blob => (window.addresses++, createObjectURL(blob))
	URL.revokeObjectURL = url => (window.addresses--, revokeObjectURL(url))
	const put = IDBObjectStore.prototype.put
	IDBObjectStore.prototype.put = function (value, ...key) {
		const holds = x => x instanceof Blob || (x !== null && typeof x === 'object' && Object.values(x).some(holds))
		if (holds(value)) window.written++
		return put.call(this, value, ...key)
	}`

// kept counts what this browser holds in the store of files on their way.
const kept = `(async () => {
	const found = (await indexedDB.databases()).find(d => d.name.endsWith('-files'))
	const done = request => new Promise((yes, no) => { request.onsuccess = () => yes(request.result); request.onerror = no })
	const db = await done(indexedDB.open(found.name))
	const tx = db.transaction([...db.objectStoreNames])
	const counts = await Promise.all([...db.objectStoreNames].map(name => done(tx.objectStore(name).count())))
	db.close()
	return counts.reduce((n, c) => n + c, 0)
})()`

func TestTheBytesOfFilesAreWrittenOnce(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin, _ := r.facing(desk)
	eval[chromedp.Void](lin, counting)
	lin.hold(1)
	lin.pick(noise(t, "film.bin", 8<<20), photo(t, "one.png", 30, 20, color.RGBA{90, 40, 200, 255}), paper(t, "note.txt", []byte("a note")))
	lin.fill("#box", "three files")
	lin.post()
	lin.click("Pause")
	lin.sees("paused")
	eval[chromedp.Void](lin, `window.letThrough = Infinity`)
	lin.click("Continue")
	lin.tick("three files", "read")
	lin.eventually("nothing kept", func() bool { return eval[int](lin, kept) == 0 })
	if got := eval[int](lin, `window.written`); got != 1 {
		t.Errorf("bytes were written %d times", got)
	}
	lin.until("the picture from the host", onePicture+`?.src.includes('/api/files/')`, "one.png")
	lin.until("no address left", `window.addresses === 0`)
}

func TestAPictureStaysInItsPlaceUntilItIsSent(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin := r.owner(desk)
	r.guest("Ann", desk)
	lin.chat("Ann")
	eval[chromedp.Void](lin, `(() => {
		const { send } = WebSocket.prototype
		WebSocket.prototype.send = function (text) { if (JSON.parse(text).type === 'send') window.asked = true; else send.call(this, text) }
	})()`)
	lin.pick(photo(t, "one.png", 300, 200, color.RGBA{90, 40, 200, 255}))
	lin.post()
	lin.until("the outbox at work", `window.asked && !document.querySelector('.way')`)
	lin.until("the picture", onePicture, "one.png")
}
