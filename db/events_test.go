package db

import (
	"testing"

	"duologue/db/kv"
	"duologue/db/record"
)

// A log that grew too long loses its oldest part, in whole runs: the floor
// says so, what is above it stays contiguous, and asking for what is gone is
// an error and not a hole. It stays so after a restart.
func TestLogIsTrimmed(t *testing.T) {
	o := quick(t)
	o.KeepEvents = 50
	s := open(t, o)
	populate(t, s, 2)
	var errs []error
	for range 10 {
		inTurn(s, sends(20, "x", &errs)...) // a run of 20 events in each log
	}
	check(t, s.trimLog(t.Context()))
	s.Close()
	s = open(t, o)
	head, floor, err := s.Head(2)
	check(t, err)
	if head != 200 || floor != 140 {
		t.Fatalf("head %d, floor %d", head, floor)
	}
	for since := range head + 1 {
		events, err := s.Events(2, since, 1000)
		if since < floor {
			wantCode(t, err, Gone)
			continue
		}
		check(t, err)
		if uint64(len(events)) != head-since {
			t.Fatalf("%d events after %d", len(events), since)
		}
		for i, e := range events {
			if e.Ev != since+uint64(i)+1 {
				t.Fatalf("event %d after %d comes as number %d", e.Ev, since, i)
			}
		}
	}
	if events, err := s.Events(2, head-15, 3); err != nil || len(events) != 3 || events[0].Ev != head-14 {
		t.Fatal("a part in the middle of a run", events, err)
	}
	if events, err := s.Events(2, head+5, 3); err != nil || len(events) != 0 {
		t.Fatal("beyond the head", events, err)
	}
	check(t, got(t.Context(), s, 2, 10)) // below the floor
	check(t, got(t.Context(), s, 2, head))
	if chat, err := s.Chat(1, 2); err != nil || chat.PeerGot != 200 {
		t.Fatalf("%+v, %v", chat, err)
	}
	if a := say(t, s, 1, 2, "next"); a.Seq != 201 {
		t.Fatalf("%+v", a)
	}
}

// What arrives while somebody looks is read in its own event: one for each
// side, and no other.
func TestReadOnArrival(t *testing.T) {
	told := map[ID][]Event{}
	o := quick(t)
	o.Looking = func(owner, who ID) bool { return owner == 2 && who == 1 }
	o.Committed = func(c Committed) {
		for id, events := range c.Events {
			told[id] = append(told[id], events...)
		}
	}
	s := openWith(t, o, 2)
	check(t, s.settleDown())
	clear(told)
	say(t, s, 1, 2, "seen")
	check(t, s.settleDown())
	if len(told[1]) != 1 || len(told[2]) != 1 {
		t.Fatalf("%d and %d events", len(told[1]), len(told[2]))
	}
	mine, theirs := told[1][0].Chat, told[2][0].Chat
	if mine.PeerRead != 1 || mine.PeerGot != 1 || mine.New != 0 || theirs.Read != 1 || theirs.New != 0 {
		t.Fatalf("%+v\n%+v", mine, theirs)
	}
	say(t, s, 2, 1, "not seen")
	if chat, err := s.Chat(1, 2); err != nil || chat.New != 1 || chat.PeerRead != 1 {
		t.Fatalf("%+v %v", chat, err)
	}
}

// Whoever turns read receipts off neither gives nor gets them; delivery is
// told all the same.
func TestReceipts(t *testing.T) {
	s := openWith(t, quick(t), 2)
	off, on := false, true
	_, err := s.ChangePerson(t.Context(), 1, PersonChange{Receipts: &off}, "")
	check(t, err)
	say(t, s, 1, 2, "a")
	say(t, s, 2, 1, "b")
	check(t, read(t.Context(), s, 1, 2, 2))
	check(t, read(t.Context(), s, 2, 1, 2))
	marks := func(owner, who ID) [2]uint64 {
		c, err := s.Chat(owner, who)
		check(t, err)
		return [2]uint64{c.PeerGot, c.PeerRead}
	}
	if marks(1, 2) != [2]uint64{2, 0} || marks(2, 1) != [2]uint64{2, 0} {
		t.Fatal(marks(1, 2), marks(2, 1))
	}
	_, err = s.ChangePerson(t.Context(), 1, PersonChange{Receipts: &on}, "")
	check(t, err)
	say(t, s, 1, 2, "c")
	check(t, read(t.Context(), s, 2, 1, 3))
	if marks(1, 2) != [2]uint64{3, 3} {
		t.Fatal(marks(1, 2))
	}
}

// Reading a long chat step by step costs no look at the whole of it with
// every step: copies between the steps and the end are never looked at.
func TestReadMarksLookAtTheShorterPart(t *testing.T) {
	s := openWith(t, quick(t), 2)
	const all = 1000
	fillChat(t, s, 1, 2, all)
	var damage []kv.Change
	for seq := uint64(11); seq <= all-10; seq++ { // nobody can read these any more
		damage = append(damage, kv.Change{Key: record.MessageKey(2, 1, seq), Value: []byte("damaged")})
	}
	commitRaw(t, s, damage...)
	for _, upto := range []uint64{1, 2, 3, 10, all - 10, all - 9, all - 1, all} {
		check(t, read(t.Context(), s, 2, 1, upto))
		if chat, err := s.Chat(2, 1); err != nil || chat.Read != upto || chat.New != int(all-upto) {
			t.Fatalf("upto %d: %+v, %v", upto, chat, err)
		}
	}
}

// Read marks: past the end is the end, lower is nothing, nobody is an error.
func TestReadMarks(t *testing.T) {
	s := openWith(t, quick(t), 3)
	fillChat(t, s, 1, 2, 10)
	for _, c := range []struct {
		upto, read uint64
		left       int
	}{{0, 0, 10}, {4, 4, 6}, {3, 4, 6}, {4, 4, 6}, {1 << 63, 10, 0}, {2, 10, 0}} {
		check(t, read(t.Context(), s, 2, 1, c.upto))
		if chat, err := s.Chat(2, 1); err != nil || chat.Read != c.read || chat.New != c.left {
			t.Fatalf("upto %d: %+v, %v", c.upto, chat, err)
		}
	}
	fillChat(t, s, 2, 1, 3) // one's own are never new
	fillChat(t, s, 1, 2, 3)
	check(t, read(t.Context(), s, 2, 1, 11))
	if chat, err := s.Chat(2, 1); err != nil || chat.Read != 11 || chat.New != 3 {
		t.Fatalf("%+v, %v", chat, err)
	}
	wantCode(t, read(t.Context(), s, 2, 9, 1), NotFound)
	check(t, read(t.Context(), s, 2, 3, 1)) // no chat
	_, err := s.Chat(2, 3)
	wantCode(t, err, NotFound)
}
