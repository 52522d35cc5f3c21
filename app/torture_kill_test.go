package app_test

import (
	"math/rand/v2"
	"runtime"
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
		k.cut(h.URL, 5000, func() {
			if k.rnd.IntN(4) == 0 && runtime.GOOS != "windows" { // in the middle of a clean end
				k.closing.Store(true)
				h.terminate()
				<-time.After(time.Duration(k.rnd.Int64N(int64(500 * time.Millisecond))))
			}
			h.kill()
		})
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

// TestKillAtFirstStart kills a host in the middle of making its folder.
func TestKillAtFirstStart(t *testing.T) {
	for range rounds(t, 5) {
		o := childOptions{Data: t.TempDir(), Ballast: -1}
		startAfter(t, o, func(h *child) { h.kill() })
	}
}

// startAfter starts a host three times and ends it at some moment, before it
// starts it in earnest. The host has to be whole, and to keep who joins.
func startAfter(t *testing.T, o childOptions, end func(*child)) {
	t.Helper()
	for range 3 {
		h := spawnChild(t, o)
		<-time.After(time.Duration(rand.Int64N(int64(150 * time.Millisecond))))
		end(h)
	}
	h := startChild(t, o)
	people := h.people(2)
	end(h)
	h = startChild(t, o)
	for _, c := range people {
		c.Base = h.URL
		if state, err := c.Sync(); err != nil || len(state.People) != 2 {
			t.Errorf("%+v %v", state, err)
		}
	}
	h.kill()
}
