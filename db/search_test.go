package db

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"duologue/db/history"
)

// find walks all hits of a search, page by page.
func find(t *testing.T, s *Store, owner ID, q string, who ID, limit int, between func()) (out []history.Hit) {
	t.Helper()
	for cursor := ""; ; {
		hits, next, err := s.Search(t.Context(), owner, q, who, cursor, limit)
		check(t, err)
		if len(hits) > limit {
			t.Fatalf("%d hits of at most %d", len(hits), limit)
		}
		out = append(out, hits...)
		if next == "" {
			return out
		}
		if next == cursor {
			t.Fatal("the cursor stands still")
		}
		cursor = next
		between()
	}
}

func nothing() {}

// Two characters in the middle of a sentence are found, in every chat, newest
// first by arrival, or in one chat alone.
func TestSearchAcrossChats(t *testing.T) {
	s := openWith(t, quick(t), 5)
	want := []string{}
	for i := range 60 {
		other := ID(2 + i%4)
		from, to := ID(1), other
		if i%3 == 0 {
			from, to = to, from
		}
		say(t, s, from, to, fmt.Sprintf("明天 %d 点的会议室已经订好了", i))
		say(t, s, to, from, "好的")
		want = append(want, fmt.Sprintf("%d:明天 %d 点的会议室已经订好了", other, i))
	}
	say(t, s, 2, 3, "别人的会议")
	slices.Reverse(want)
	for _, limit := range []int{1, 7, 60, 1000} {
		have := []string{}
		for _, h := range find(t, s, 1, "会议", 0, limit, nothing) {
			have = append(have, fmt.Sprintf("%d:%s", h.Who, h.Message.Content))
		}
		if !slices.Equal(have, want) {
			t.Fatalf("limit %d: %v", limit, have)
		}
	}
	if n := len(find(t, s, 1, "会议", 3, 4, nothing)); n != 15 {
		t.Fatalf("%d hits in one chat", n)
	}
	if n := len(find(t, s, 4, "别人", 0, 10, nothing)); n != 0 {
		t.Fatal("found what belongs to others")
	}
	for _, q := range []string{"", " ", "\u3000", "\u0301"} {
		_, _, err := s.Search(t.Context(), 1, q, 0, "", 10)
		wantCode(t, err, Invalid)
	}
	for _, cursor := range []string{"!", "-1", "zzzzzzzzzzzzzzzzz", "1.5"} {
		_, _, err := s.Search(t.Context(), 1, "会", 0, cursor, 10)
		wantCode(t, err, Invalid)
	}
	if hits, next, err := s.Search(t.Context(), 1, "会", 0, "0", 10); err != nil || len(hits) != 0 || next != "" {
		t.Fatal(hits, next, err)
	}
	if hits, next, err := s.Search(t.Context(), 1, "会", 99, "", 10); err != nil || len(hits) != 0 || next != "" {
		t.Fatal(hits, next, err)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	_, _, err := s.Search(stopped, 1, "nowhere", 0, "", 10)
	wantCode(t, err, Unavailable)
}

// While a search is walked page by page, messages come, go and are taken back
// in all chats: what was there from the start and stays is found exactly once.
func TestSearchWhileThingsChange(t *testing.T) {
	s := openWith(t, quick(t), 4)
	type place struct {
		who ID
		seq uint64
	}
	stays := map[place]int{}
	var goes []place
	for i := range 300 {
		who := ID(2 + i%3)
		a := say(t, s, 1, who, fmt.Sprint("needle ", i))
		if p := (place{who, a.Seq}); i%5 == 0 {
			goes = append(goes, p)
		} else {
			stays[p] = 0
		}
	}
	n := 0
	hits := find(t, s, 1, "NEEDLE", 0, 7, func() {
		n++
		say(t, s, ID(2+n%3), 1, "a new needle")
		if n <= len(goes) {
			p := goes[(n*37)%len(goes)]
			if n%2 == 0 {
				check(t, s.Remove(t.Context(), 1, p.who, p.seq))
			} else {
				_, err := s.Recall(t.Context(), 1, p.who, p.seq)
				if CodeOf(err) != NotFound {
					check(t, err)
				}
			}
		}
	})
	for _, h := range hits {
		p := place{h.Who, h.Message.Seq}
		if _, ok := stays[p]; ok {
			stays[p]++
		}
		if h.Message.Content == "" || h.Message.Content == "a new needle" {
			t.Fatalf("found %+v", h)
		}
	}
	for p, times := range stays {
		if times != 1 {
			t.Errorf("%+v was found %d times", p, times)
		}
	}
}

// What was recalled, removed or deleted is not found, an edit is found by its
// new text, and a chat that came back only from there on.
func TestSearchForgets(t *testing.T) {
	s := openWith(t, quick(t), 3)
	stopPurge(s)
	say(t, s, 1, 2, "needle one")
	say(t, s, 1, 2, "needle two")
	say(t, s, 1, 2, "needle three")
	say(t, s, 1, 3, "needle four")
	say(t, s, 1, 1, "needle five")
	_, err := s.Recall(t.Context(), 1, 2, 1)
	check(t, err)
	check(t, s.Remove(t.Context(), 1, 2, 2))
	_, err = s.Edit(t.Context(), 1, 2, 3, "thread three")
	check(t, err)
	found := func(owner ID, q string) string {
		out := []string{}
		for _, h := range find(t, s, owner, q, 0, 2, nothing) {
			out = append(out, strings.Fields(h.Message.Content)[1])
		}
		return strings.Join(out, " ")
	}
	for _, c := range []struct {
		owner   ID
		q, want string
	}{{1, "needle", "five four"}, {2, "needle", "two"}, {1, "thread", "three"}, {2, "thread", "three"}} {
		if have := found(c.owner, c.q); have != c.want {
			t.Errorf("%d looks for %q: %q, not %q", c.owner, c.q, have, c.want)
		}
	}
	check(t, s.DeleteChat(t.Context(), 1, 3))
	if have := found(1, "needle"); have != "five" {
		t.Fatal(have)
	}
	say(t, s, 3, 1, "needle six")
	if have := found(1, "needle"); have != "six five" {
		t.Fatal(have)
	}
	if have := found(3, "needle"); have != "six four" {
		t.Fatal(have)
	}
}
