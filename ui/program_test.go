package ui_test

import (
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"duologue/app"
)

// testSwitch is a switch of a computer that a test has.
type testSwitch struct{ on atomic.Bool }

func (s *testSwitch) On() bool          { return s.on.Load() }
func (s *testSwitch) Set(on bool) error { s.on.Store(on); return nil }
func (s *testSwitch) Offered() bool     { return true }
func (s *testSwitch) Hold(bool) error   { return nil }

func TestTheOwnerSeesTheProgramAndEndsIt(t *testing.T) {
	t.Parallel()
	for _, w := range []struct{ lang, settings, people, quit, others, ended, offline string }{
		{"en-GB", "Settings", "2 people, 2 here now", "Quit Duologue", "1 other person is here now.", "Duologue has ended.", "No connection."},
		{"zh-CN", "设置", "2 人，2 人在线", "退出 Duologue", "还有 1 人在线。", "Duologue 已退出", "连接已断开"},
	} {
		t.Run(w.lang, func(t *testing.T) {
			t.Parallel()
			startup := &testSwitch{}
			r := newRoom(t)
			r.stop()
			r.change = func(o *app.Options) { o.Startup, o.Awake, o.Version = startup, startup, "1.4.2" }
			r.start()
			l := desk
			l.lang = w.lang
			lin, ann := r.owner(l), r.guest("Ann", l)
			comma := map[string]string{"en-GB": ", ", "zh-CN": "，"}[w.lang]

			ann.click(w.settings + comma + "Ann")
			ann.until("the settings", `document.querySelector('.devices li')`)
			if eval[bool](ann, `document.querySelector('.program') !== null`) {
				t.Error("a member sees the owner's part")
			}

			lin.click(w.settings + comma + "Lin Wei")
			folder, _ := filepath.Abs(r.dir)
			for _, text := range []string{w.people, "1.4.2", folder, r.app.URL()} {
				lin.sees(text)
			}
			ann.sees("1.4.2")
			lin.until("the version once", words+`.split('1.4.2').length === 2`)
			eval[chromedp.Void](lin, `document.querySelector('.sheet').scrollTop = 1e5`)
			lin.shots("program-"+w.lang, w.lang)
			eval[chromedp.Void](lin, `document.querySelector('.program input[name=startup]').click()`)
			lin.until("the switch on", `document.querySelector('.program input[name=startup]').checked`)
			do(lin, page.Reload, page.ReloadParams{})
			lin.until("the switch still on", `document.querySelector('.program input[name=startup]')?.checked`)
			lin.sees(w.people)
			if !startup.On() || eval[bool](lin, `document.querySelector('.program input[name=awake]').checked`) {
				t.Error("the wrong switch was turned")
			}

			lin.click(w.quit)
			lin.sees(w.others)
			lin.confirm()
			lin.sees(w.ended)
			ann.sees(w.offline)
			r.stop()
			r.start()
			lin.sees(w.quit)
			lin.missesFor(w.ended)
		})
	}
}
