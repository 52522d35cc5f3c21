package ui_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

// view is one size and colour.
type view struct {
	name string
	look look
}

// views are the sizes and colours in which the page is looked at.
var views = []view{
	{"wide-light", look{width: 1280, height: 800}},
	{"wide-dark", look{width: 1280, height: 800, dark: true}},
	{"middle-light", look{width: 768, height: 1024}},
	{"middle-dark", look{width: 768, height: 1024, dark: true}},
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

// TestPictures keeps a picture of every scene in every size, colour and
// language, for people to look at.
func TestPictures(t *testing.T) {
	if os.Getenv("DUOLOGUE_SHOTS") == "" {
		t.Skip("skipped: DUOLOGUE_SHOTS does not say where to keep pictures")
	}
	for _, lang := range langs {
		walk(t, lang, views, func(p *tab, scene, view string) { p.shot(scene + "-" + lang[:2] + "-" + view) })
	}
}
