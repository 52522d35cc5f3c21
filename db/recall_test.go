package db

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// A message can be taken back however many long answers quote it: they don't
// fit one transaction, which is capped at a part of the memtable.
func TestRecallUnderManyLongAnswers(t *testing.T) {
	s := openWith(t, quick(t), 2)
	first := say(t, s, 1, 2, "the secret")
	long := strings.Repeat("x", MaxContent)
	for i := range 60 {
		answer(t, s, ID(1+i%2), ID(2-i%2), long, first.Seq)
	}
	m, err := s.Recall(t.Context(), 1, 2, first.Seq)
	if err != nil || !m.Recalled || m.Content != "" {
		t.Fatalf("%+v, %v", m, err)
	}
	for _, side := range []Pair{{Low: 1, High: 2}, {Low: 2, High: 1}} {
		page := historyOf(t, s, side.Low, side.High)
		if len(page) != 61 {
			t.Fatalf("%d messages", len(page))
		}
		for _, m := range page[1:] {
			if m.Content != long || m.Reply.Seq != first.Seq || m.Reply.Content != "" {
				t.Fatalf("message %d of %d quotes %+v", m.Seq, side.Low, m.Reply)
			}
		}
	}
}

// The quote goes also out of the answers of somebody who deleted the message
// itself, or the whole chat before the answer came.
func TestRecallReachesAnswersWhereTheMessageIsGone(t *testing.T) {
	for name, forget := range map[string]func(s *Store, seq uint64) error{
		"removed":      func(s *Store, seq uint64) error { return s.Remove(t.Context(), 2, 1, seq) },
		"chat deleted": func(s *Store, _ uint64) error { return s.DeleteChat(t.Context(), 2, 1) },
	} {
		t.Run(name, func(t *testing.T) {
			s := openWith(t, quick(t), 2)
			first := say(t, s, 1, 2, "the secret")
			check(t, forget(s, first.Seq))
			answer(t, s, 1, 2, "see above", first.Seq)
			if have := fmt.Sprint(historyOf(t, s, 2, 1)[0].Reply.Content); have != "the secret" {
				t.Fatalf("nothing to take back: %q", have)
			}
			_, err := s.Recall(t.Context(), 1, 2, first.Seq)
			check(t, err)
			if have := historyOf(t, s, 2, 1); len(have) != 1 || have[0].Reply.Content != "" {
				t.Fatalf("still quoted: %+v", have[0].Reply)
			}
		})
	}
}

// A deleted text is gone for its owner at once, also while it waits to be
// purged: it can neither be edited, taken back nor quoted.
func TestDeletedIsGoneBeforeThePurge(t *testing.T) {
	s := openWith(t, quick(t), 2)
	stopPurge(s)
	first := say(t, s, 1, 2, "the secret")
	check(t, s.DeleteChat(t.Context(), 1, 2))
	_, err := s.Edit(t.Context(), 1, 2, first.Seq, "other")
	wantCode(t, err, NotFound)
	_, err = s.Recall(t.Context(), 1, 2, first.Seq)
	wantCode(t, err, NotFound)
	answer(t, s, 1, 2, "see above", first.Seq)
	mine, theirs := historyOf(t, s, 1, 2), historyOf(t, s, 2, 1)
	if len(mine) != 1 || mine[0].Reply.Content != "" || len(theirs) != 2 || theirs[0].Content != "the secret" {
		t.Fatalf("%+v\n%+v", mine, theirs)
	}
}

func TestTooLate(t *testing.T) {
	o, now := quick(t), newClock()
	o.Now = now.Now
	s := openWith(t, o, 2)
	a := say(t, s, 1, 2, "one")
	now.add(5 * time.Minute)
	b := say(t, s, 1, 2, "two")
	_, err := s.Recall(t.Context(), 1, 2, a.Seq)
	check(t, err)
	now.add(5*time.Minute + time.Millisecond)
	_, err = s.Recall(t.Context(), 1, 2, b.Seq)
	wantCode(t, err, Invalid)
	_, err = s.Recall(t.Context(), 1, 2, a.Seq) // it is done already
	check(t, err)
	_, err = s.Edit(t.Context(), 1, 2, a.Seq, "revived")
	wantCode(t, err, Invalid)
	now.add(10 * time.Minute)
	_, err = s.Edit(t.Context(), 1, 2, b.Seq, "late")
	wantCode(t, err, Invalid)
	_, err = s.Edit(t.Context(), 2, 1, b.Seq, "foreign")
	wantCode(t, err, Forbidden)
}
