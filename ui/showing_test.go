package ui_test

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

func TestThePageInChinese(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	chinese := desk
	chinese.lang = "zh-CN"
	lin := r.owner(chinese)
	wei := r.device("张伟", look{width: 360, height: 740, touch: true, lang: "zh-CN"})
	wei.open(r.app.URL() + "#join=welcome")
	wei.sees("起个名字就行")
	wei.fill("input[name=name]", "张伟")
	wei.click("加入")
	wei.sees("联系人")
	wei.click("联系人 · 1 人在线")
	wei.click("Lin Wei")
	wei.fill("#box", "明天下午三点可以")
	wei.click("发送")
	lin.until("one unread", `document.querySelector('.row .n')?.getAttribute('aria-label') === '1 条新消息'`)
	lin.click("张伟")
	lin.says("明天下午三点可以")
	lin.sees("今天")
	if got := eval[string](lin, `document.documentElement.lang`); got != "zh-CN" {
		t.Errorf("the page calls its language %q", got)
	}
	// Another choice holds.
	lin.click("设置，Lin Wei")
	lin.click("English")
	lin.sees("Sign in another device")
	lin.must(chromedp.Do(lin.ctx, chromedp.Reload()))
	lin.sees("Sign in another device")
}

func TestEvilTextIsOnlyText(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin, ann := r.facing(desk)
	evil := []string{
		`<img src=x onerror=alert(1)><script>alert(2)</script>`,
		`javascript:alert(1) data:text/html,<b>x</b>`,
		"e" + strings.Repeat("\u0301", 500),
		"\u202Etxt.exe",
		strings.Repeat("W", 4000),
		`${alert(1)} {{x}} $lit$`,
	}
	for _, text := range evil {
		eval[chromedp.Void](ann, `(() => { const box = document.querySelector('#box'); box.value = $1
			box.dispatchEvent(new Event('input', {bubbles: true})); box.form.requestSubmit() })()`, text)
	}
	lin.until("all of them", `document.querySelectorAll('.m').length === $1`, len(evil))
	if n := eval[int](lin, `document.querySelectorAll('.m img, .m script, .m b, .m a').length`); n != 0 {
		t.Errorf("%d elements were made of text", n)
	}
	if n := eval[int](lin, `document.querySelector('.m:nth-of-type(3) .body').innerText.match(/\u0301/g)?.length ?? 0`); n > 2 {
		t.Errorf("%d marks stand on one letter", n)
	}
	if wide := eval[bool](lin, `document.documentElement.scrollWidth > innerWidth || document.querySelector('#log').scrollWidth > document.querySelector('#log').clientWidth`); wide {
		t.Error("a long word made the page wider than the window")
	}
	ann.say("see https://example.org/a, or not")
	lin.until("a link", `(a => a?.href === 'https://example.org/a' && a.rel === 'noopener noreferrer' && a.target === '_blank')(document.querySelector('.m a'))`)
}

func TestBackOnAPhone(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin, ann := r.owner(desk), r.guest("Ann", phone)
	lin.chat("Ann")
	lin.say("hello")
	ann.click("Lin Wei")
	ann.says("hello")
	ann.click("Back")
	ann.until("the list alone", `document.querySelector('#side').checkVisibility() && !document.querySelector('#pane').checkVisibility()`)
	eval[chromedp.Void](ann, `history.forward()`)
	ann.until("the chat alone", `!document.querySelector('#side').checkVisibility() && document.querySelector('#box')?.checkVisibility()`)
	ann.must(chromedp.Do(ann.ctx, chromedp.Reload()))
	ann.says("hello")
	ann.click("Back")
	ann.until("the list again", `document.querySelector('#side').checkVisibility()`)
	// Enter breaks the line where keys are glass.
	ann.click("Lin Wei")
	ann.fill("#box", "one")
	ann.enter()
	do(ann, input.InsertText, input.InsertTextParams{Text: "two"})
	ann.until("two lines", `document.querySelector('#box').value === 'one\ntwo'`)
}
