package ui_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

func TestReloadInTheMiddleOfSending(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin, ann := r.facing(desk)
	ann.say("ready")
	lin.says("ready")
	ann.write(60, "number %d")
	ann.until("some on disk", `document.querySelectorAll('.m').length > 40`)
	p := chromedp.Reload()
	ann.must(chromedp.Do(ann.ctx, p))

	want := []string{"ready"}
	for i := range 60 {
		want = append(want, fmt.Sprintf("number %d", i+1))
	}
	for _, p := range []*tab{lin, ann} {
		p.tickAll()
		if got := p.texts(); !slices.Equal(got, want) {
			t.Errorf("%s has %d messages:\n%s", p.name, len(got), strings.Join(got, "\n"))
		}
	}
	ann.until("an empty field", `document.querySelector('#box').value === ''`)
}

// tickAll waits until the last of them is there and nothing is on its way.
func (p *tab) tickAll() {
	p.t.Helper()
	p.says("number 60")
	p.until("nothing on its way", `!document.querySelector('.tick.sending, .tick.waiting, .tick.failed')`)
}

func TestHostRestartsUnderBoth(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin, ann := r.facing(desk)
	ann.say("before")
	lin.says("before")

	r.stop()
	for _, p := range []*tab{lin, ann} {
		p.sees("No connection.")
		p.say("written by " + p.name + " meanwhile")
		p.tick("written by "+p.name+" meanwhile", "waiting")
	}
	r.start()
	for _, p := range []*tab{lin, ann} {
		p.says("written by Lin Wei meanwhile")
		p.says("written by Ann meanwhile")
		p.missesFor("No connection.")
		if n := len(p.texts()); n != 3 {
			t.Errorf("%s sees %d messages: %q", p.name, n, p.texts())
		}
	}
	lin.tick("written by Lin Wei meanwhile", "read")
}
