package ui_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// views are the sizes and colours in which the page is looked at.
var views = []struct {
	name string
	look look
}{
	{"wide-light", look{width: 1280, height: 800}},
	{"wide-dark", look{width: 1280, height: 800, dark: true}},
	{"phone-light", look{width: 360, height: 740, touch: true}},
	{"phone-dark", look{width: 360, height: 740, touch: true, dark: true}},
}

// shot keeps a picture of the page where DUOLOGUE_SHOTS says, or nowhere.
func (p *tab) shot(name string) {
	p.t.Helper()
	dir := os.Getenv("DUOLOGUE_SHOTS")
	if dir == "" {
		return
	}
	p.must(os.MkdirAll(dir, 0o755))
	picture, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	p.must(err)
	p.must(os.WriteFile(filepath.Join(dir, name+".png"), picture, 0o644))
}

// shots keeps the same moment in every size and colour.
func (p *tab) shots(name, lang string) {
	p.t.Helper()
	for _, v := range views {
		v.look.lang = lang
		p.dress(v.look)
		p.until("the new size", `innerWidth === $1`, v.look.width)
		p.shot(name + "-" + v.name)
	}
	p.dress(look{width: 1280, height: 800, lang: lang})
}

func TestPictures(t *testing.T) {
	r := newRoom(t)
	r.late.Store(int64(20 * time.Hour))
	lin := r.device("Lin Wei", desk)
	lin.open(r.app.URL() + "#token=" + r.app.Token())
	lin.sees("Start a place to talk")
	lin.shots("start", "en-GB")
	lin.submit()
	lin.sees("Nobody else is here yet")
	lin.shots("alone", "en-GB")
	lin.click("Invite somebody")
	lin.until("an address", `document.querySelector('.copyrow')`)
	lin.shots("invite", "en-GB")

	join := r.device("somebody", desk)
	join.open(r.app.URL() + "#join=welcome")
	join.sees("A name is enough")
	join.shots("join", "en-GB")

	sam, rosa, wei := r.member("Sam Okafor"), r.member("Rosa Jiménez"), r.member("张伟")
	alice := r.guest("Alice Meyer", desk)
	sam.say(1, "The delivery is at the gate")
	alice.chat("Lin Wei")
	alice.say("Did the new labels arrive?")
	lin.chat("Sam Okafor")
	lin.say("see you at the door")
	lin.chat("Alice Meyer")
	lin.say("Yes, two boxes. They are behind the counter, left side.")
	lin.say("I counted 480, the note says 500.")
	alice.says("I counted 480, the note says 500.")

	r.late.Store(0)
	lin.chat("My devices")
	lin.say("https://192.168.1.5:7272/#join=welcome")
	wei.say(1, "你好，明天开会吗？")
	lin.chat("张伟")
	lin.says("你好，明天开会吗？")
	lin.fill("#box", "明天下午三点可以")
	lin.chat("Alice Meyer")
	lin.say("Delivery note 2291 says the same.")
	eval[chromedp.Void](lin, `history.back()`)
	for range 5 {
		rosa.say(1, "Are you there?")
	}
	alice.say("我数了一下，确实少了 20 张。I'll call them.")
	alice.say("They bring the rest on Thursday, look at https://example.org/orders/2291")
	eval[chromedp.Void](lin, `document.querySelector('#tab-chats').click()`)
	lin.until("what is new", `[...document.querySelectorAll('.n')].some(n => n.innerText === '2')`)
	lin.shots("lists", "en-GB")
	eval[chromedp.Void](lin, `document.querySelector('#tab-people').click()`)
	lin.shots("people", "en-GB")
	eval[chromedp.Void](lin, `document.querySelector('#tab-chats').click()`)
	lin.click("Alice Meyer")
	lin.says("I counted 480, the note says 500.")
	lin.sees("2 new messages")
	alice.fill("#box", "and")
	lin.sees("typing…")
	lin.shots("talk", "en-GB")
	lin.menu("Delivery note 2291 says the same.", "Edit")
	lin.shots("edit", "en-GB")
	lin.click("Cancel")
	eval[chromedp.Void](lin, bubble+`.dispatchEvent(new MouseEvent('contextmenu', {bubbles: true, cancelable: true, clientX: 900, clientY: 500}))`, "Delivery note 2291 says the same.")
	lin.sees("Remove from my side")
	lin.shot("menu-wide-light")
	lin.click("Take back from both")
	lin.shots("sure", "en-GB")
	lin.click("Cancel")
	lin.click("Settings, Lin Wei")
	lin.sees("this device")
	lin.shots("settings", "en-GB")
	lin.click("简体中文")
	lin.shots("settings-zh", "zh-CN")
	lin.click("Alice Meyer")
	lin.says("I counted 480, the note says 500.")
	lin.shots("talk-zh", "zh-CN")
	eval[chromedp.Void](lin, `document.querySelector('#tab-people').click()`)
	lin.shots("people-zh", "zh-CN")

	r.stop()
	lin.sees("连接已断开")
	lin.say("等网络恢复")
	lin.shots("offline-zh", "zh-CN")
	alice.sees("No connection.")
	alice.say("Are you there?")
	alice.shots("offline", "en-GB")
	r.start()
	lin.says("Are you there?")
	lin.click("设置，Lin Wei")
	lin.click("退出登录")
	lin.confirm()
	lin.sees("没有密码？")
	lin.shots("signin-zh", "zh-CN")
}
