package app_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"
)

// TestPowerCut is TestKill on a disk that loses all that was not flushed: the
// host goes on with what a computer finds after its power was cut.
// DUOLOGUE_ROUNDS says how often.
func TestPowerCut(t *testing.T) {
	d := newDisk(t)
	before := d.flushes()
	o := childOptions{Data: filepath.Join(d.dir, "data"), Ballast: -1}
	h := startChild(t, o)
	k := newTalk(t, h.people(8))
	for range rounds(t, 3) {
		k.cut(h.URL, 5000, func() { cutPower(k, d, h) })
		for k.rnd.IntN(4) == 0 { // once more while the host starts
			h = spawnChild(t, o)
			<-time.After(time.Duration(k.rnd.Int64N(int64(200 * time.Millisecond))))
			cutPower(k, d, h)
		}
		h = startChild(t, o)
		k.verify(h.URL)
		if len(k.problems) > 0 {
			break
		}
	}
	k.finish(h.URL)
	k.verifyAll(h.URL)
	k.report()
	t.Logf("the disk was flushed %d times", d.flushes()-before)
	h.kill()
}

// cutPower ends disk and host: mostly the disk first, in the middle of what
// the host does with it; a process that is killed finishes its call before.
// The kernel answers some of the calls that it cut off with success. With the
// power off nobody would hear of that, and so here nobody does.
func cutPower(k *talk, d *disk, h *child) {
	k.t.Helper()
	k.dark.Store(true)
	if k.rnd.IntN(4) == 0 {
		h.kill()
		d.cut()
	} else {
		d.cut()
		<-time.After(time.Duration(k.rnd.Int64N(int64(5 * time.Millisecond))))
		h.kill()
	}
	d.again()
}

// TestPowerCutAtFirstStart cuts the power in the middle of making the folder.
func TestPowerCutAtFirstStart(t *testing.T) {
	d := newDisk(t)
	for n := range rounds(t, 3) {
		o := childOptions{Data: filepath.Join(d.dir, fmt.Sprint("new", n), "data"), Ballast: -1}
		startAfter(t, o, func(h *child) {
			d.cut()
			h.kill()
			d.again()
		})
	}
}

// TestPowerCutBites cuts the power of a host that does not flush. What it
// acknowledged has to be missed, or TestPowerCut shows nothing.
func TestPowerCutBites(t *testing.T) {
	d := newDisk(t)
	o := childOptions{Data: filepath.Join(d.dir, "data"), Ballast: -1}
	h := startChild(t, o)
	k := newTalk(t, h.people(8))
	h.kill()
	d.flush() // the people themselves stay
	o.NoFlush = true
	h = startChild(t, o)
	k.cut(h.URL, 5000, func() {
		<-time.After(200 * time.Millisecond)
		cutPower(k, d, h)
	})
	_, acked, _ := k.sums()
	h = spawnChild(t, o)
	if err := h.await(); err != nil {
		t.Logf("after %d acknowledged messages not even the store is left: %v", acked, err)
		return
	}
	k.verify(h.URL)
	_, acked, stored := k.sums()
	if k.lost == 0 {
		t.Errorf("%d acknowledged messages survived without a flush: this test does not see a power cut", acked)
	}
	t.Logf("without flushing: acknowledged %d, stored %d, lost %d; the first of what was noticed: %q", acked, stored, k.lost, k.problems[:min(2, len(k.problems))])
	h.kill()
}
