package app_test

import (
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"duologue/app"
	"duologue/app/apptest"
)

// TestSlowReader lets 20,000 events arrive for somebody whose socket is open
// and never read. That costs the host no memory to speak of and nobody else
// any time; the socket is closed, and its person then hears of all of it.
func TestSlowReader(t *testing.T) {
	const (
		writers, each = 4, 5000
		growth        = 20 << 20
		stalled       = 4 * time.Second
	)
	o := app.Options{JoinCode: "TESTCODE"}
	o.Sockets.Write = stalled
	h := apptest.Start(t, o)
	slow, err := apptest.SetUp(h.URL, h.App.Token(), "Slow")
	if err != nil {
		t.Fatal(err)
	}
	ann, ben := join(t, h, "Ann"), join(t, h, "Ben")
	var from []*apptest.Client
	for i := range writers {
		from = append(from, join(t, h, fmt.Sprint("Writer ", i)))
	}
	sockets := make([]*apptest.Socket, writers)
	for i, c := range from {
		sockets[i] = live(t, c)
		flood(t, sockets[i], i, ann.ID, 0, 200) // what a busy host holds anyway
	}
	sa, sb := live(t, ann), live(t, ben)
	flush(t, sa)
	before := hostMemory()

	state, err := slow.Sync()
	if err != nil {
		t.Fatal(err)
	}
	deaf := dial(t, slow)
	if f, err := deaf.Hello(state.Epoch, state.Ev); err != nil || f.Type != "welcome" {
		t.Fatalf("%s %v", f.Raw, err)
	}
	// Two others go on talking meanwhile.
	over := make(chan struct{})
	took := make(chan []time.Duration)
	go func() { took <- chatter(t, sa, sb, ben.ID, over) }()
	var wg sync.WaitGroup
	for i, s := range sockets {
		wg.Go(func() { flood(t, s, i, slow.ID, 1000, each) })
	}
	wg.Wait()
	checkGrowth(t, before, growth)

	// The host closes a socket that takes nothing; its person is then gone.
	start := time.Now()
	watch := live(t, from[0])
	if isOnline(t, ben, slow.ID) {
		_, _, err := watch.Until(func(f *apptest.Frame) bool {
			return f.Type == "presence" && !f.Online && string(f.UserValue) == fmt.Sprint(slow.ID)
		})
		if err != nil {
			t.Fatal("the socket stays open: ", err)
		}
	}
	t.Logf("the socket was closed after %v", time.Since(start))
	close(over)
	times := <-took
	slices.Sort(times)
	t.Logf("%d messages of others took %v in the middle, %v at most", len(times), times[len(times)/2], times[len(times)-1])
	// Who waits for the slow one waits until that one is closed.
	if times[len(times)-1] >= stalled {
		t.Error("others had to wait")
	}

	// What lay in the network's buffers is still heard, the rest on a new socket.
	ev, seqs := state.Ev, map[int]int{}
	hear := func(f *apptest.Frame) {
		if f.Type != "event" {
			return
		}
		m := f.Message()
		if f.Ev != ev+1 || f.Kind != "message" || m.Seq != seqs[f.Who]+1 {
			t.Fatalf("after event %d and seq %d: %.200s", ev, seqs[f.Who], f.Raw)
		}
		ev, seqs[f.Who] = f.Ev, m.Seq
	}
	for {
		f, err := deaf.Read()
		if err != nil {
			break
		}
		hear(&f)
	}
	t.Logf("%d events were on their way when the socket was closed", ev-state.Ev)
	if ev-state.Ev >= writers*each {
		t.Error("the network took everything: nothing was slow")
	}
	s, err := slow.Connect(state.Epoch, ev)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for ev < state.Ev+writers*each {
		f, err := s.Read()
		if err != nil {
			t.Fatal(err)
		}
		hear(&f)
	}
	rest, err := s.Flush()
	if err != nil || len(events(rest, "message")) > 0 {
		t.Errorf("after the last: %d frames, %v", len(rest), err)
	}
	checkGrowth(t, before, growth)
}

func checkGrowth(t *testing.T, before, most uint64) {
	t.Helper()
	after := hostMemory()
	t.Logf("the memory went from %d to %d KB", before>>10, after>>10)
	if after > before+most {
		t.Errorf("that is more than %d KB", most>>10)
	}
}

func isOnline(t *testing.T, c *apptest.Client, id int) bool {
	t.Helper()
	state, err := c.Sync()
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(state.People, func(u apptest.User) bool { return u.ID == id && u.Online })
}

// flood sends n messages of 1,500 bytes, many at once, and waits for their acks.
func flood(t testing.TB, s *apptest.Socket, who, to, first, n int) {
	const flight = 32
	text := strings.Repeat("x", 1500)
	for sent, acked := 0, 0; acked < n; {
		for ; sent < n && sent-acked < flight; sent++ {
			err := s.Write(m{"type": "send", "cid": fmt.Sprintf("flood-%d-%012d", who, first+sent), "to": to, "content": text})
			if err != nil {
				t.Error(err)
				return
			}
		}
		f, err := s.Read()
		switch {
		case err != nil:
			t.Error(err)
			return
		case f.Type == "error":
			t.Errorf("%s", f.Raw)
			return
		case f.Type == "ack":
			acked++
		}
	}
}

// chatter sends messages from one to another, each after the other arrived,
// until over, and gives how long each took.
func chatter(t testing.TB, from, to *apptest.Socket, who int, over <-chan struct{}) (took []time.Duration) {
	for n := 0; ; n++ {
		select {
		case <-over:
			return took
		case <-time.After(2 * time.Millisecond):
		}
		name := fmt.Sprintf("chatter-%012d", n)
		start := time.Now()
		if _, _, err := from.Send(name, who, "are you there?"); err != nil {
			t.Error(err)
			return took
		}
		_, _, err := to.Until(func(f *apptest.Frame) bool {
			return f.Type == "event" && f.Kind == "message" && f.Message().CID == name
		})
		if err != nil {
			t.Error(err)
			return took
		}
		took = append(took, time.Since(start))
	}
}

// hostMemory is what this process holds, host and test, but for what Badger
// itself sets aside: tens of megabytes at a time, whoever reads or doesn't,
// and between them unused room in the heap.
func hostMemory() uint64 {
	runtime.GC()
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	held := stats.HeapAlloc + stats.StackInuse
	records := make([]runtime.MemProfileRecord, 4096)
	n, ok := runtime.MemProfile(records, false)
	if !ok {
		return held
	}
	for _, r := range records[:n] {
		frames := runtime.CallersFrames(r.Stack())
		for more := true; more; {
			var f runtime.Frame
			if f, more = frames.Next(); strings.HasPrefix(f.Function, "duologue/") {
				break
			} else if strings.HasPrefix(f.Function, "github.com/dgraph-io/") {
				held -= min(held, inUse(&r))
				break
			}
		}
	}
	return held
}

// inUse is what a sample of allocations stands for.
func inUse(r *runtime.MemProfileRecord) uint64 {
	if r.InUseObjects() == 0 {
		return 0
	}
	size := float64(r.InUseBytes())
	each := size / float64(r.InUseObjects())
	return uint64(size / (1 - math.Exp(-each/float64(runtime.MemProfileRate))))
}
