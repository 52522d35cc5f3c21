package ui_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// heard is what a screen reader says of what has the focus.
func (p *tab) heard() string {
	p.t.Helper()
	found, err := chromedp.Call(p.ctx, runtime.Evaluate, runtime.EvaluateParams{Expression: `document.activeElement`})
	p.must(err)
	got, err := chromedp.Call(p.ctx, accessibility.GetPartialAXTree, accessibility.GetPartialAXTreeParams{ObjectID: found.Result.ObjectID, FetchRelatives: new(false)})
	p.must(err)
	if len(got.Nodes) == 0 || got.Nodes[0].Name == nil {
		return ""
	}
	var name string
	p.must(json.Unmarshal(got.Nodes[0].Name.Value, &name))
	return name
}

func TestAMessageThatGetsTheFocusIsHeardWhole(t *testing.T) {
	t.Parallel()
	for _, lang := range langs {
		l := desk
		l.lang = lang
		r := newRoom(t)
		lin, ann := r.facing(l)
		ann.say("shall we meet at three?")
		lin.say("gladly")
		lin.tick("gladly", "read")
		ann.pick(paper(t, "map.txt", []byte("a map")))
		ann.post()
		lin.until("the file", `document.querySelector('.m a.file')`)
		lin.until("all of it at rest", `!document.querySelector('.m.sending, .m.waiting')`)
		eval[chromedp.Void](lin, `document.querySelector('#log').focus()`)
		for _, parts := range [][]string{{"Ann", "map.txt"}, {lin.word("you"), "gladly", lin.word("tick.read")}, {"Ann", "shall we meet at three?"}} {
			before := eval[string](lin, `document.activeElement.id`)
			lin.press("ArrowUp", false)
			lin.until("the next one", `document.activeElement.matches('.m') && document.activeElement.id !== $1`, before)
			got := lin.heard()
			for _, part := range parts {
				if !strings.Contains(got, part) {
					t.Errorf("heard is %q, without %q", got, part)
				}
			}
		}
	}
}

// Its two halves are one for the ear.
func TestAFileIsHeardByItsWholeName(t *testing.T) {
	t.Parallel()
	const name = "minutes of the second quarter.pdf"
	lin, ann := newRoom(t).facing(desk)
	ann.pick(paper(t, name, []byte("a paper")))
	ann.until("it is chosen", `document.querySelector('.tray .filename')`)
	ann.post()
	lin.until("the file", `document.querySelector('.m[data-seq] a.file')`)
	eval[chromedp.Void](lin, `document.querySelector('.m a.file').focus()`)
	if got := lin.heard(); !strings.Contains(got, name) || strings.Count(got, "quarter.pdf") != 1 {
		t.Errorf("heard is %q, want %q in it, once", got, name)
	}
}
