package ui_test

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

func TestGoingToADate(t *testing.T) {
	t.Parallel()
	inBoth(t, func(t *testing.T, in tongue, r *room, lin, ann *tab) {
		// Three days, the middle one far from either end.
		day := func(ago int, n int, text string) {
			r.late.Store(int64(ago) * int64(24*time.Hour))
			ann.write(n, text)
			ann.says(text[:len(text)-2] + "60")
			ann.until("all at the host", `!document.querySelector('.tick.sending, .tick.waiting')`)
		}
		day(10, 60, "older %d")
		day(6, 60, "middle %d")
		day(2, 60, "newer %d")
		r.late.Store(0)
		lin.must(chromedp.Do(lin.ctx, chromedp.Reload()))
		lin.says("newer 60")
		lin.click(in.say["chat"])
		lin.click(in.say["date"])
		lin.until("a field for the day", `document.querySelector('dialog[open] input[type=date]')`)
		lin.shots("date-"+in.lang, in.lang)
		when := time.Now().Add(-6 * 24 * time.Hour).Format(time.DateOnly)
		eval[chromedp.Void](lin, `document.querySelector('dialog input[type=date]').value = $1`, when)
		lin.click(in.say["go"])
		lin.until("the first of that day, marked", `document.querySelector('.m[data-hit]')?.querySelector('.body').firstChild && document.querySelector('.m[data-hit] .body').innerText.startsWith('middle 1\n')`)
		lin.until("it on screen", `(b => b.top > 60 && b.bottom < innerHeight)(document.querySelector('.m[data-seq="61"]').getBoundingClientRect())`)
		lin.click(in.say["end"])
		lin.says("newer 60")
	})
}
