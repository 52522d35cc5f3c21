package app_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"duologue/app"
	"duologue/app/apptest"
)

// deed is one call, from when it was begun to when it was answered. A message
// has its seq, a look at the history the newest seq in it.
type deed struct {
	begun, done time.Duration
	look        bool
	seq         int
}

// TestOneOrder lets two people, with two devices each, send and look at the
// same time. The seqs have to name an order in which it all could have
// happened, one thing at a time: what was done before something else was begun
// stands before it, and is seen by whoever looks. DUOLOGUE_ROUNDS says how
// often each device does something, in hundreds.
func TestOneOrder(t *testing.T) {
	_, ann, ben := two(t, app.Options{})
	start := time.Now()
	var mu sync.Mutex
	var all []deed
	var wg sync.WaitGroup
	n := 100 * rounds(t, 3)
	for device := range 8 {
		me, other := ann, ben
		if device%2 == 1 {
			me, other = ben, ann
		}
		var s *apptest.Socket // half of the devices send by calls
		if device/2%2 == 0 {
			s = live(t, me)
		}
		wg.Go(func() {
			for i := range n {
				d, err := do(me, other, s, fmt.Sprintf("order-%d-%012d", device, i), start)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				all = append(all, d)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	for _, p := range impossible(all) {
		t.Error(p)
	}
	looks := 0
	for _, d := range all {
		if d.look {
			looks++
		}
	}
	t.Logf("%d messages, %d looks", len(all)-looks, looks)
}

func do(me, other *apptest.Client, s *apptest.Socket, name string, start time.Time) (d deed, err error) {
	d.begun, d.look = time.Since(start), rand.IntN(2) == 0
	switch {
	case d.look:
		var page apptest.Page
		page, err = me.History(other.ID, "limit=1")
		if len(page.Messages) > 0 {
			d.seq = page.Messages[0].Seq
		}
	case s != nil:
		var ack apptest.Ack
		ack, _, err = s.Send(name, other.ID, name)
		d.seq = ack.Seq
	default:
		var ack apptest.Ack
		ack, err = post(me, name, other.ID, name)
		d.seq = ack.Seq
	}
	d.done = time.Since(start)
	return d, err
}

// impossible names the deeds that fit into no order. The seqs leave only one:
// the messages by seq, and each look right after the message that it saw.
func impossible(all []deed) (out []string) {
	ends := slices.SortedFunc(slices.Values(all), func(a, b deed) int { return int(a.done - b.done) })
	begins := slices.SortedFunc(slices.Values(all), func(a, b deed) int { return int(a.begun - b.begun) })
	newest, i := 0, 0 // the newest that was done before this one was begun
	for _, d := range begins {
		for ; ends[i].done < d.begun; i++ {
			newest = max(newest, ends[i].seq)
		}
		if d.seq < newest || !d.look && d.seq == newest {
			out = append(out, fmt.Sprintf("%+v was begun after %d was there", d, newest))
		}
	}
	newest, i = 0, 0 // the newest that was begun before this one was done
	for _, d := range ends {
		for ; i < len(begins) && begins[i].begun <= d.done; i++ {
			if !begins[i].look {
				newest = max(newest, begins[i].seq)
			}
		}
		if d.seq > newest {
			out = append(out, fmt.Sprintf("%+v was done before %d was begun", d, d.seq))
		}
	}
	return out
}
