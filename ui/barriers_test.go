package ui_test

import (
	"os"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
)

// axe looks for barriers; it is the one that browsers' tools use, too.
const axe = "node_modules/axe-core/axe.min.js"

// TestNoBarriers looks through every scene for what would keep somebody from
// using it: in both languages, light and dark, wide and on a phone; and for
// what needs scrolling sideways at 320 px, or on a laptop whose owner has
// enlarged everything to twice its size. Each of these is looked at once in
// every scene, the wide and light one and the narrow and dark one for all
// barriers; all of them in both languages with DUOLOGUE_LOOKS=all.
func TestNoBarriers(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("skipped: looks at the whole page, many times")
	}
	script, err := os.ReadFile(axe)
	if err != nil {
		missing(t, axe+" (run npm ci in ui)")
	}
	small := []view{{"320", look{width: 320, height: 640, touch: true}}, {"twice", look{width: 640, height: 400}}}
	looks := map[string][]view{
		"en-GB": {views[0], small[0]},
		"zh-CN": {views[5], small[1]},
	}
	if os.Getenv("DUOLOGUE_LOOKS") == "all" {
		all := append(slices.Clone(views), small...)
		looks = map[string][]view{"en-GB": all, "zh-CN": all}
	}
	for _, lang := range langs {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			walk(t, lang, looks[lang], func(p *tab, scene, view string) {
				t.Helper()
				for _, wide := range eval[[]string](p, tooWide) {
					t.Errorf("%s %s: wider than the screen: %s", scene, view, wide)
				}
				if view == small[0].name || view == small[1].name {
					return
				}
				if !eval[bool](p, `'axe' in window`) {
					eval[chromedp.Void](p, string(script))
				}
				for _, found := range eval[[]string](p, violations) {
					t.Errorf("%s %s: %s", scene, view, found)
				}
			})
		})
	}
}

// violations names every element that breaks one of axe's rules, and how.
const violations = `axe.run(document, {resultTypes: ['violations']}).then(r => r.violations.flatMap(v =>
	v.nodes.map(n => v.id + ': ' + n.target.join(' ') + ': ' + [...n.any, ...n.all, ...n.none].map(c => c.message).join('; '))))`

// tooWide names what reaches beyond the sides of the window, or scrolls
// sideways though it isn't code.
const tooWide = `[...document.querySelectorAll('body *')].filter(e => e.checkVisibility({visibilityProperty: true}) && !e.closest('.offscreen, pre, svg')).filter(e => {
	const box = e.getBoundingClientRect()
	const scrolls = /auto|scroll/.test(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth + 1
	return box.width > 0 && (box.right > innerWidth + 1 || box.left < -1 || scrolls)
}).map(e => e.tagName + '#' + e.id + '.' + e.getAttribute('class') + ' ' + (e.innerText ?? '').slice(0, 30))`
