package ui_test

import (
	"math"
	"testing"
)

func TestWhatIsSentFarBackWhileCutOffIsSeenToWait(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin, ann := r.longTalk()
	lin.ponders()
	lin.click("Go to the newest message")
	lin.says("line 260")
	lin.until("the beginning, and the end out of reach", `(log => (log.scrollTop = Math.min(log.scrollTop, 1000), document.querySelector('.m[data-seq="1"]') && !document.querySelector('.m[data-seq="260"]')))(document.querySelector('#log'))`)
	lin.missesFor("Loading…")
	r.stop()
	lin.sees("No connection.")
	still := eval[[]any](lin, eye)
	same := func(when string) {
		t.Helper()
		lin.redrawn()
		if now := eval[[]any](lin, eye); now[0] != still[0] || math.Abs(now[1].(float64)-still[1].(float64)) > 1.5 {
			t.Errorf("%s: the eye rested on message %v at %v px, and now on %v at %v", when, still[0], still[1], now[0], now[1])
		}
	}
	lin.say("from far back")
	lin.sees("Your message stands at the end of the chat")
	lin.sees("1 message waits")
	lin.until("it drawn last, as waiting", bubble+`?.matches('.waiting') && [...document.querySelectorAll('.m, .day')].at(-1) === `+bubble, "from far back")
	same("after it was sent")

	r.start()
	ann.says("from far back")
	lin.missesFor("No connection.")
	lin.until("nothing that waits", `!document.querySelector('.m.waiting, .m.sending')`)
	same("after it was taken")
	lin.click("Go to the newest message")
	lin.says("from far back")
	lin.tick("from far back", "read")
}
