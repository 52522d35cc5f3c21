package ui_test

import "testing"

// What was drawn and let go leaves nothing in the page, not even the comments
// that mark where a row begins and ends: with each that stays every drawing
// takes longer. The library that draws left one for each row from 3.3.1 to
// 3.3.3 (https://github.com/lit/lit/issues/5298).
func TestScrollingLeavesNothingInThePage(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin, _ := r.longTalk()
	lin.click("Go to the newest message")
	lin.says("line 260")
	for range 8 {
		eval[frames](lin, scroll+`(log => { log.scrollTop -= 2000; return log.scrollTop === 0 && document.querySelector('.m').dataset.seq === '1' })`)
		eval[frames](lin, scroll+`(log => { log.scrollTop += 2000; return [...document.querySelectorAll('.m')].at(-1).dataset.seq === '260' })`)
	}
	drawn := eval[struct{ Rows, Nodes int }](lin, `(col => ({ Rows: col.children.length, Nodes: col.childNodes.length }))(document.querySelector('.log .col'))`)
	if drawn.Nodes > 5*drawn.Rows {
		t.Errorf("%d rows stand among %d nodes", drawn.Rows, drawn.Nodes)
	}
}
