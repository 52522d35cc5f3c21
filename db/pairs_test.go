package db

import (
	"fmt"
	"sync"
	"testing"
)

// Many tabs of several people send at once, with repeats: every ack names
// another place, places have no holes, both sides hold the same, and each
// tab's messages stand in the order in which it sent them.
func TestManySendersAtOnce(t *testing.T) {
	const people, each = 4, 150
	s := openWith(t, quick(t), people)
	type sent struct {
		ack  Ack
		from ID
	}
	var mu sync.Mutex
	acks := map[Pair]map[uint64]sent{}
	atOnce(8, func(tab int) error {
		from := ID(tab%people + 1)
		order := &SendOrder{}
		var wait sync.WaitGroup
		for i := range each {
			m := Send{From: from, To: ID((tab+i)%people + 1), CID: fmt.Sprintf("tab-%02d-%010d", tab, i),
				Content: fmt.Sprintf("%d:%d", tab, i), Order: order}
			for range 1 + i%7/6 { // now and then twice
				wait.Add(1)
				s.Send(m, func(a Ack, err error) {
					defer wait.Done()
					mu.Lock()
					defer mu.Unlock()
					pair := PairOf(from, a.Who)
					if acks[pair] == nil {
						acks[pair] = map[uint64]sent{}
					}
					old, had := acks[pair][a.Seq]
					if err != nil || had != a.Repeat || had && old.ack.CID != a.CID {
						t.Errorf("%+v, %v; before %+v", a, err, old)
					}
					acks[pair][a.Seq] = sent{a, from}
				})
			}
		}
		wait.Wait()
		return nil
	})
	stored := 0
	for pair, all := range acks {
		stored += len(all)
		low, high := historyOf(t, s, pair.Low, pair.High), historyOf(t, s, pair.High, pair.Low)
		if len(low) != len(all) || fmt.Sprint(low) != fmt.Sprint(high) {
			t.Fatalf("%v: %d acknowledged, %d and %d stored", pair, len(all), len(low), len(high))
		}
		last := map[int]int{}
		for i, m := range low {
			var tab, n int
			fmt.Sscanf(m.Content, "%d:%d", &tab, &n)
			if m.Seq != uint64(i+1) || all[m.Seq].ack.CID != m.CID || all[m.Seq].from != m.User {
				t.Fatalf("%v: message %d is %+v, acknowledged as %+v", pair, i+1, m, all[m.Seq])
			}
			if before, ok := last[tab]; ok && before >= n {
				t.Fatalf("%v: tab %d's message %d stands after %d", pair, tab, n, before)
			}
			last[tab] = n
		}
	}
	if stored != 8*each {
		t.Fatalf("%d stored of %d", stored, 8*each)
	}
}
