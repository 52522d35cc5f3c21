package ui_test

import (
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// The line on top tells who is cut off, and what waits.
func TestTheLineOnTopSaysWhatIsCutOffAndWhatWaits(t *testing.T) {
	t.Parallel()
	for _, lang := range []struct{ tag, host, none, two, own string }{
		{"en-GB", "No connection.", "What you write waits and goes out by itself.", "2 messages wait and go out by themselves.", "This device has no network."},
		{"zh-CN", "连接已断开。", "你写的内容会先留着，连上后自动发出。", "有 2 条消息等待，连上后自动发出。", "此设备没有网络。"},
	} {
		r := newRoom(t)
		l := desk
		l.lang = lang.tag
		lin := r.owner(l)
		lin.chat(map[string]string{"en-GB": "My devices", "zh-CN": "我的设备"}[lang.tag])
		lin.missesFor(lang.host)
		r.stop()
		lin.sees(lang.host)
		lin.sees(lang.none)
		lin.until("a button that a finger hits", `document.querySelector('.banner button').getBoundingClientRect().height >= 44`)
		lin.say("one")
		lin.say("two")
		lin.sees(lang.two)
		do(lin, network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: true, DownloadThroughput: -1, UploadThroughput: -1})
		lin.sees(lang.own)
		do(lin, network.OverrideNetworkState, network.OverrideNetworkStateParams{DownloadThroughput: -1, UploadThroughput: -1})
		lin.sees(lang.host)
		r.start()
		lin.missesFor(lang.host)
		lin.until("nothing waiting", `document.querySelectorAll('.m').length === 2 && !document.querySelector('.m.waiting, .m.sending')`)
	}
}

func TestALineOfTheMomentStandsAboveADialog(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin := r.owner(desk)
	lin.click("Settings, Lin Wei")
	lin.click("Sign in another device")
	lin.until("a link", `document.querySelector('dialog[open] code')`)
	eval[chromedp.Void](lin, `document.querySelector('dialog[open] .copyrow button').click()`)
	lin.until("the line on top of all", `(p => p && document.querySelector('#toast').matches(':popover-open') && p.innerText)(document.querySelector('#toast p'))`)
	if eval[bool](lin, `getComputedStyle(document.querySelector('#toast')).display === 'none'`) {
		t.Error("the line cannot be heard")
	}
}
