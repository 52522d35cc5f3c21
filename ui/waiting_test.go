package ui_test

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

func TestAnUploadThatWaitsCountsAsWaiting(t *testing.T) {
	t.Parallel()
	for _, lang := range []struct{ tag, mine, out, lost string }{
		{"en-GB", "You: 1 file", "Sign out", "1 message has not been sent yet and would be lost."},
		{"zh-CN", "你：1 个文件", "退出登录", "有 1 条消息还没发出，退出会丢失。"},
	} {
		l := desk
		l.lang = lang.tag
		r := newRoom(t)
		lin := r.owner(l)
		ann, bob := r.member("Ann"), r.member("Bob")
		bob.say(1, "hello")
		lin.place("#/chat/%d", ann.id)
		lin.hold(0)
		lin.pick(paper(t, "note.txt", []byte("a note")))
		lin.post()
		lin.until("it on its way", `document.querySelector('.way')`)
		lin.place("#/settings")
		lin.until("the chat still in the list, above what came before", order+`.startsWith('Ann, Bob')`)
		lin.sees(lang.mine)
		lin.click(lang.out)
		lin.sees(lang.lost)
	}
}

func TestAnUploadOfYesterdayBeginsNoDayBelowToday(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin := r.owner(desk)
	ann := r.member("Ann")
	r.late.Store(int64(24 * time.Hour))
	ann.say(1, "yesterday's")
	r.late.Store(0)
	ann.say(1, "today's")
	lin.place("#/chat/%d", ann.id)
	lin.says("today's")
	const days = `[...document.querySelectorAll('#log .day')].map(d => d.innerText).join()`
	lin.until("two days", days+` === 'Yesterday,Today'`)
	lin.hold(0)
	lin.pick(paper(t, "note.txt", []byte("a note")))
	eval[chromedp.Void](lin, `window.now = Date.now, Date.now = () => now() - 86400000`)
	lin.post()
	lin.until("it on its way", `document.querySelector('.way')`)
	eval[chromedp.Void](lin, `Date.now = now`)
	if got := eval[string](lin, days); got != "Yesterday,Today" {
		t.Errorf("the days are %s", got)
	}
}
