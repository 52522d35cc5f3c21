package db

import (
	"fmt"
	"testing"

	"duologue/db/history"
)

func seqs(messages []Message) []uint64 {
	out := []uint64{}
	for _, m := range messages {
		out = append(out, m.Seq)
	}
	return out
}

// Pages of a history, with holes and a deleted beginning. The newest page
// comes from a reverse iteration, which in Badger has to begin behind the
// last key; so does the head of the log.
func TestPages(t *testing.T) {
	s := openWith(t, quick(t), 3)
	stopPurge(s)
	for range 3 {
		say(t, s, 1, 2, "deleted")
	}
	check(t, s.DeleteChat(t.Context(), 1, 2))
	for i := 4; i <= 12; i++ {
		say(t, s, ID(1+i%2), ID(2-i%2), fmt.Sprint(i))
	}
	for _, seq := range []uint64{4, 7, 12} {
		check(t, s.Remove(t.Context(), 1, 2, seq))
	}
	say(t, s, 1, 3, "another chat, whose keys come next")
	for _, c := range []struct {
		r    history.Range
		want string
	}{
		{history.Range{}, "[5 6 8 9 10 11] false"},
		{history.Range{Limit: 2}, "[10 11] true"},
		{history.Range{Limit: 6}, "[5 6 8 9 10 11] false"},
		{history.Range{Limit: 5}, "[6 8 9 10 11] true"},
		{history.Range{Limit: -3}, "[11] true"},
		{history.Range{Before: 10, Limit: 2}, "[8 9] true"},
		{history.Range{Before: 6}, "[5] false"},
		{history.Range{Before: 5}, "[] false"},
		{history.Range{Before: 1}, "[] false"},
		{history.Range{Before: 1 << 63, Limit: 1}, "[11] true"},
		{history.Range{After: 1, Limit: 3}, "[5 6 8] true"},
		{history.Range{After: 8, Limit: 3}, "[9 10 11] false"},
		{history.Range{After: 11}, "[] false"},
		{history.Range{After: 12}, "[] false"},
		{history.Range{After: ^uint64(0)}, "[] false"},
		{history.Range{Around: 8, Limit: 4}, "[5 6 8 9] true"},
		{history.Range{Around: 7, Limit: 3}, "[6 8 9] true"},
		{history.Range{Around: 1, Limit: 4}, "[5 6] true"},
		{history.Range{Around: 12, Limit: 4}, "[8 9 10 11] true"},
		{history.Range{Around: ^uint64(0), Limit: 1}, "[11] true"},
		{history.Range{Around: 8, Limit: 50}, "[5 6 8 9 10 11] false"},
	} {
		page, more, err := s.History(1, 2, c.r)
		check(t, err)
		if have := fmt.Sprint(seqs(page), more); have != c.want {
			t.Errorf("%+v: %s, not %s", c.r, have, c.want)
		}
	}
	if n := len(historyOf(t, s, 2, 1)); n != 12 {
		t.Fatalf("the other side has %d", n)
	}
	if page, more, err := s.History(2, 3, history.Range{}); len(page) != 0 || more || err != nil {
		t.Fatal("there is no such chat", page, more, err)
	}
	head, _, err := s.Head(1)
	check(t, err)
	if events, err := s.Events(1, head-1, 10); err != nil || len(events) != 1 || events[0].Ev != head {
		t.Fatal(events, err)
	}
	if head, floor, err := s.Head(99); head != 0 || floor != 0 || err != nil {
		t.Fatal("a log that is not there", head, floor, err)
	}
}
