package ui_test

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// eye is the message that the eye rests on, and where.
const eye = `(m => [m.dataset.seq, m.getBoundingClientRect().top])([...document.querySelectorAll('.m')].find(m => m.getBoundingClientRect().bottom > 200))`

func TestReadingOlderTextGoesOnAfterAReset(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin, ann := r.longTalk()
	lin.click("Go to the newest message")
	lin.says("line 260")
	lin.until("a place in the middle", `(log => (log.scrollTop = 1000, document.querySelector('.m[data-seq="120"]')))(document.querySelector('#log'))`)
	lin.missesFor("Loading…")
	lin.until("the button back", `document.querySelector('.newest')`)
	still := eval[[]any](lin, eye)

	// It says hello with a place that the host doesn't know, as after a long absence.
	eval[chromedp.Void](lin, `(() => { const send = WebSocket.prototype.send
		WebSocket.prototype.send = function (text) {
			if (!text.includes('"type":"hello"')) return send.call(this, text)
			WebSocket.prototype.send = send
			send.call(this, text.replace(/"since":\d+/, '"since":99999999'))
		} })()`)
	before := eval[int](lin, `performance.getEntriesByName(location.origin + '/api/sync').length`)
	r.stop()
	r.start()
	lin.until("everything asked for anew", `performance.getEntriesByName(location.origin + '/api/sync').length > $1`, before)
	lin.until("the same part read again", `performance.getEntriesByType('resource').some(e => e.name.includes('limit=200'))`)
	ann.say("something new")
	lin.sees("1 new")
	if now := eval[[]any](lin, eye); now[0] != still[0] || now[1].(float64)-still[1].(float64) > 1.5 || still[1].(float64)-now[1].(float64) > 1.5 {
		t.Errorf("the eye rested on message %v at %v px, and now on %v at %v", still[0], still[1], now[0], now[1])
	}
	lin.click("Go to the newest message")
	lin.says("something new")
	ann.tick("something new", "read")
}

func TestAPageThatFailsSaysSoWhereItIsMissing(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, in tongue, r *room, lin, ann *tab) {
		ann.write(130, "line %d")
		lin.says("line 130")
		lin.must(chromedp.Do(lin.ctx, chromedp.Reload()))
		lin.says("line 130")
		// Pages come from now on only when they may.
		eval[chromedp.Void](lin, `(() => { const get = window.fetch; window.mend = () => { window.fetch = get }
			window.fetch = (path, ...rest) => String(path).includes('/messages?') ? Promise.reject(new TypeError('cut')) : get(path, ...rest) })()`)
		lin.chat(lin.word("devices"))
		lin.sees(in.say["failed"])
		eval[chromedp.Void](lin, `window.mend()`)
		lin.click(in.say["retry"])
		lin.missesFor(in.say["failed"])
	})
}
