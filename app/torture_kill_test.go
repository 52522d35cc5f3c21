package app_test

import (
	"testing"
	"time"
)

// TestKill ends the host as the system does with a program that eats all
// memory, again and again, while eight people talk, two by two.
// DUOLOGUE_ROUNDS says how often.
func TestKill(t *testing.T) {
	o := childOptions{Data: t.TempDir(), Ballast: -1}
	h := startChild(t, o)
	k := newTalk(t, h.people(8))
	for range rounds(t, 5) {
		k.cut(h.URL, 5000, h.kill)
		h = restart(k, o)
		k.verify(h.URL)
		if len(k.problems) > 0 {
			break
		}
	}
	k.finish(h.URL)
	k.verifyAll(h.URL)
	k.report()
}

// restart starts the host again; now and then it is killed while it starts.
func restart(k *talk, o childOptions) *child {
	k.t.Helper()
	for k.rnd.IntN(4) == 0 {
		h := spawnChild(k.t, o)
		<-time.After(time.Duration(k.rnd.Int64N(int64(200 * time.Millisecond))))
		h.kill()
	}
	return startChild(k.t, o)
}
