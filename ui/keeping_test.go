package ui_test

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// Ways in which a page loses its database.
var losses = map[string]string{
	"because another asks for it": `indexedDB.databases().then(all => Promise.all(all.map(d => new Promise(done => { indexedDB.deleteDatabase(d.name).onsuccess = () => done(true) }))))`,
	"without being told": `(() => { const { transaction } = IDBDatabase.prototype
		IDBDatabase.prototype.transaction = function (...how) {
			IDBDatabase.prototype.transaction = transaction
			this.close()
			return transaction.apply(this, how)
		} })()`,
}

// inOutbox counts the messages that this browser keeps.
const inOutbox = `(async () => {
	const found = (await indexedDB.databases()).find(d => !d.name.endsWith('-files'))
	const done = request => new Promise((yes, no) => { request.onsuccess = () => yes(request.result); request.onerror = no })
	const db = await done(indexedDB.open(found.name))
	const n = await done(db.transaction('outbox').objectStore('outbox').count())
	db.close()
	return n
})()`

// mute keeps messages from leaving the page.
const mute = `(() => { const { send } = WebSocket.prototype
	WebSocket.prototype.send = function (text) { if (JSON.parse(text).type !== 'send') send.call(this, text) } })()`

func TestWhatWaitsIsKeptAfterTheBrowserClosedItsDatabase(t *testing.T) {
	t.Parallel()
	for how, js := range losses {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			r := newRoom(t)
			lin, ann := r.facing(desk)
			lin.say("before")
			ann.says("before")
			eval[chromedp.Void](lin, mute)
			eval[any](lin, js)
			lin.say("after all")
			lin.eventually("it kept", func() bool { n, err := try[int](lin, inOutbox); return err == nil && n == 1 })
			lin.reload()
			ann.says("after all")
		})
	}
}

func TestABrowserThatKeepsNothingSaysSo(t *testing.T) {
	t.Parallel()
	for _, lang := range langs {
		l := desk
		l.lang = lang
		r := newRoom(t)
		lin, ann := r.facing(l)
		lin.ponders()
		eval[chromedp.Void](lin, `IDBDatabase.prototype.transaction = () => { throw new DOMException('no room', 'QuotaExceededError') }`)
		lin.say("sent all the same")
		lin.seesWord("unkept")
		ann.says("sent all the same")
	}
}
