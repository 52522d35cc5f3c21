package ui_test

import (
	"fmt"
	"image/color"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// bothWays are a wide page in one language and a narrow one in the other.
var bothWays = []look{desk, {width: 360, height: 740, touch: true, lang: "zh-CN"}}

const (
	viewed  = `document.querySelector('#viewer[open]')`
	zoomed  = `document.querySelector('#viewer img').style.transform.includes($1)`
	buttons = `document.querySelectorAll('.m button.picture')`
)

// gallery is a page of Ann's with as many pictures from Lin Wei.
func (r *room) gallery(l look, n int) (lin, ann *tab) {
	r.t.Helper()
	lin, ann = r.owner(l), r.guest("Ann", l)
	lin.chat("Ann")
	ann.chat("Lin Wei")
	for i := range n {
		name := fmt.Sprintf("%d.png", i+1)
		lin.pick(photo(r.t, name, 300, 200, color.RGBA{90, 40, uint8(200 - 40*i), 255}))
		lin.post()
		ann.until(name, onePicture, name)
	}
	return lin, ann
}

// looksAt waits until one of so many pictures is looked at.
func (p *tab) looksAt(at, n int) {
	p.t.Helper()
	p.sees(strings.NewReplacer("{at}", fmt.Sprint(at), "{n}", fmt.Sprint(n)).Replace(p.word("viewer")))
	p.until("the picture itself", `document.querySelector('#viewer img')?.complete && document.querySelector('#viewer img').naturalWidth > 0`)
}

func TestLookingAtPictures(t *testing.T) {
	t.Parallel()
	for _, l := range bothWays {
		t.Run(l.lang, func(t *testing.T) {
			t.Parallel()
			lin, ann := newRoom(t).gallery(l, 2)
			ann.clickOn("the second", `(b => (b.focus(), b))([...`+buttons+`][1])`)
			ann.looksAt(2, 2)
			ann.key("ArrowLeft", 37, 0)
			ann.looksAt(1, 2)
			ann.key("ArrowRight", 39, 0)
			ann.looksAt(2, 2)
			ann.key("+", 187, 0)
			ann.until("it larger", zoomed, "scale(1.5)")
			ann.key("0", 48, 0)
			ann.until("the whole", `document.querySelector('#viewer img').style.transform === ''`)
			ann.click(ann.word("viewer.zoom"))
			ann.until("it larger", zoomed, "scale(2.5)")
			ann.key("Escape", 27, 0)
			ann.until("the page, with the focus where it was", `!`+viewed+` && document.activeElement === `+buttons+`[1]`)
			ann.clickOn("the first", buttons+`[0]`)
			ann.click(ann.word("viewer.show"))
			ann.until("the message in the chat", `!`+viewed+` && document.activeElement === document.querySelector('.m')`)
			ann.clickOn("the first", buttons+`[0]`)
			ann.looksAt(1, 2)
			lin.recallFirst()
			ann.until("nothing to look at any longer", `!`+viewed)
			do(ann, page.BringToFront, cdp.Empty{})
		})
	}
}

func TestFingersOnAPicture(t *testing.T) {
	t.Parallel()
	_, ann := newRoom(t).gallery(phone, 3)
	ann.clickOn("the second", buttons+`[1]`)
	ann.looksAt(2, 3)
	ann.swipe(280, 80)
	ann.looksAt(3, 3)
	ann.swipe(280, 80) // there is no fourth
	ann.looksAt(3, 3)
	ann.swipe(80, 280)
	ann.looksAt(2, 3)
	ann.swipe(80, 100) // no more than a tap that slipped
	ann.looksAt(2, 3)
	// Two fingers that part make it larger; then a finger moves it.
	ann.touches(input.DispatchTouchEventTypeTouchStart, at(150, 350), at(210, 350))
	ann.touches(input.DispatchTouchEventTypeTouchMove, at(120, 350), at(240, 350))
	ann.touches(input.DispatchTouchEventTypeTouchEnd)
	ann.until("it twice as large", zoomed, "scale(2)")
	ann.swipe(280, 180)
	ann.until("it moved", zoomed, "translate(-100px")
	ann.looksAt(2, 3)
}

func at(x, y float64) *input.TouchPoint { return &input.TouchPoint{X: x, Y: y} }

// touches puts fingers on the page, each known by its place in the order.
func (p *tab) touches(what input.DispatchTouchEventType, fingers ...*input.TouchPoint) {
	p.t.Helper()
	for i, f := range fingers {
		f.ID = new(float64(i))
	}
	do(p, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: what, TouchPoints: append([]*input.TouchPoint{}, fingers...)})
}

// swipe draws a finger over the middle of the page.
func (p *tab) swipe(from, to float64) {
	p.t.Helper()
	p.touches(input.DispatchTouchEventTypeTouchStart, at(from, 350))
	for i := range 5 {
		p.touches(input.DispatchTouchEventTypeTouchMove, at(from+(to-from)*float64(i+1)/5, 350))
	}
	p.touches(input.DispatchTouchEventTypeTouchEnd)
}

// recallFirst takes the first message of the conversation back.
func (p *tab) recallFirst() {
	p.t.Helper()
	eval[chromedp.Void](p, `document.querySelector('.m .more').click()`)
	p.click(p.word("menu.recall"))
	p.confirm()
}
