package db

import (
	"errors"
	"fmt"
	"testing"

	"duologue/db/kv"
	"duologue/db/record"
)

// fillChat stores n short messages between two people, quickly.
func fillChat(t testing.TB, s *Store, from, to ID, n int) {
	t.Helper()
	var failed error
	for i := range n {
		s.Send(Send{From: from, To: to, CID: newCID(), Content: fmt.Sprint("message ", i)}, func(_ Ack, err error) {
			failed = errors.Join(failed, err)
		})
	}
	check(t, s.settleDown())
	check(t, failed)
}

// Deleting a long chat is answered at once, the copies go in the background,
// also after a restart in the middle; the other side keeps all, and the chat
// comes back with what is new and nothing else.
func TestDeleteALongChat(t *testing.T) {
	n := 20_000
	if testing.Short() {
		n = 2_000
	}
	o := quick(t)
	s := open(t, o)
	populate(t, s, 2)
	fillChat(t, s, 1, 2, n)
	mine := record.PairKey(record.PrefixMessage, 1, 2)
	old, err := s.Chat(1, 2)
	check(t, err)

	halfway, goOn := make(chan struct{}), make(chan struct{})
	parts := 0
	engineOf(s).onCommit(func(changes []kv.Change, commit func([]kv.Change) error) error {
		if parts++; parts == 3 { // the mark, and two parts of the purge
			close(halfway)
			<-goOn
		}
		return commit(changes)
	})
	check(t, s.DeleteChat(t.Context(), 1, 2))
	<-halfway
	if n := len(historyOf(t, s, 1, 2)); n != 0 {
		t.Fatalf("%d messages are still shown", n)
	}
	stopPurge(s)
	close(goOn)
	check(t, s.Close())
	s = open(t, o)
	stopPurge(s)
	left := countKeys(t, s, mine)
	if left == 0 || left == n {
		t.Fatalf("%d of %d copies are left: not the middle", left, n)
	}
	if n := len(historyOf(t, s, 1, 2)); n != 0 {
		t.Fatalf("%d messages are shown again", n)
	}
	_, err = s.Chat(1, 2)
	wantCode(t, err, NotFound)

	back := say(t, s, 2, 1, "back again")
	if back.Seq != uint64(n+1) {
		t.Fatalf("seq %d is used again", back.Seq)
	}
	chat, err := s.Chat(1, 2)
	if err != nil || chat.ID == old.ID || chat.New != 1 || chat.Last.Content != "back again" {
		t.Fatalf("%+v %v", chat, err)
	}
	if have := fmt.Sprint(texts(historyOf(t, s, 1, 2))); have != "[back again]" {
		t.Fatal(have)
	}

	check(t, s.Close())
	s = open(t, o)
	within(t, "the rest is purged", func() bool { return countKeys(t, s, []byte{record.PrefixPurge}) == 0 })
	if left := countKeys(t, s, mine); left != 1 {
		t.Fatalf("%d copies are left", left)
	}
	if have := fmt.Sprint(texts(historyOf(t, s, 1, 2))); have != "[back again]" {
		t.Fatal(have)
	}
	theirs := historyOf(t, s, 2, 1)
	if len(theirs) != n+1 || theirs[0].Content != "message 0" {
		t.Fatalf("%d messages are left on the other side", len(theirs))
	}
}

// A chat that is deleted again while the purge runs is purged to its new end.
func TestDeleteAgainDuringThePurge(t *testing.T) {
	s := openWith(t, quick(t), 2)
	fillChat(t, s, 1, 2, 1200)
	check(t, s.DeleteChat(t.Context(), 1, 2))
	fillChat(t, s, 1, 2, 1200)
	check(t, s.DeleteChat(t.Context(), 1, 2))
	within(t, "all is purged", func() bool { return countKeys(t, s, []byte{record.PrefixPurge}) == 0 })
	if left := countKeys(t, s, record.PairKey(record.PrefixMessage, 1, 2)); left != 0 {
		t.Fatalf("%d copies are left", left)
	}
	if n := len(historyOf(t, s, 2, 1)); n != 2400 {
		t.Fatalf("the other side has %d", n)
	}
	check(t, s.DeleteChat(t.Context(), 1, 2)) // what is gone is gone
}
