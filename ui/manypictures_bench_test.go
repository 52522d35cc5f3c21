package ui_test

import (
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/performance"
)

// BenchmarkPictures scrolls through the same chat as fast as it can be drawn.
// Run it with -run xxx -bench Pictures -benchtime 1x; it prints what it found.
func BenchmarkPictures(b *testing.B) {
	lin := bothWithPictures(b)[0]
	do(lin, performance.Enable, performance.EnableParams{TimeDomain: "threadTicks"})
	for b.Loop() {
		before := lin.heap()
		nodes := eval[int](lin, `document.getElementsByTagName('*').length`)
		fling := lin.scrolls("a fling of 240 px a frame", `(n => log => { log.scrollTop -= 240; return ++n === 400 })(0)`)
		top := lin.scrolls("to the top, as fast as pages come", `log => { log.scrollTop -= 4000; return log.scrollTop === 0 && document.querySelector('.m').dataset.seq === '1' }`)
		mid := lin.heap()
		back := lin.scrolls("back to the end, 240 px a frame", fmt.Sprintf(`log => { log.scrollTop += 240; return [...document.querySelectorAll('.m')].at(-1).dataset.seq === '%d' }`, pictureMessages))
		after := lin.heap()
		b.Logf("elements before: %d; scripts hold %.1f MB before, %.1f at the top, %.1f after", nodes, before, mid, after)
		b.ReportMetric(fling.Longest, "fling-longest-ms")
		b.ReportMetric(fling.Busy, "fling-busy-ms/frame")
		b.ReportMetric(back.Longest, "back-longest-ms")
		b.ReportMetric(float64(max(fling.Nodes, top.Nodes, back.Nodes)), "elements")
		b.ReportMetric(after-before, "heap-growth-MB")
	}
}
