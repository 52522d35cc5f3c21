package db

import (
	"errors"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"
)

// disk is a disk whose free space the test says.
type disk struct{ free atomic.Int64 }

func (d *disk) freeSpace(string) (int64, error) { return d.free.Load(), nil }

const plenty = 10 << 30

// withDisk gives options over such a disk, and the disk.
func withDisk(t *testing.T) (Options, *disk) {
	d := &disk{}
	d.free.Store(plenty)
	o := quick(t)
	o.Reserve, o.FreeSpace, o.SpaceTick = 256<<20, d.freeSpace, time.Millisecond
	t.Cleanup(func() { d.free.Store(plenty) }) // before the store is closed: cleanups run backwards
	return o, d
}

// within asks until it is so, at most for a while.
func within(t *testing.T, what string, so func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !so(); {
		if time.Now().After(end) {
			t.Fatal("never: ", what)
		}
		time.Sleep(time.Millisecond)
	}
}

// Little space left: what is stored can be read, changes answer storage_full,
// and writing goes on by itself when there is room again (trap 4).
func TestLowSpaceIsReadOnly(t *testing.T) {
	o, d := withDisk(t)
	s := openWith(t, o, 2)
	t.Cleanup(func() { d.free.Store(plenty) })
	first := Send{From: 1, To: 2, CID: newCID(), Content: "hello"}
	ack, err := s.SendNow(t.Context(), first)
	check(t, err)
	d.free.Store(o.Reserve - 1)

	_, err = s.SendNow(t.Context(), Send{From: 1, To: 2, CID: newCID(), Content: "more"})
	wantCode(t, err, StorageFull)
	again, err := s.SendNow(t.Context(), first) // it is on the disk
	if err != nil || again.Seq != ack.Seq || !again.Repeat {
		t.Fatal(again, err)
	}
	draft := "x"
	for what, err := range map[string]error{
		"read":   read(t.Context(), s, 2, 1, 1),
		"got":    got(t.Context(), s, 2, 1),
		"draft":  second(s.ChangeChat(t.Context(), 1, 2, ChatChange{Draft: &draft})),
		"edit":   second(s.Edit(t.Context(), 1, 2, 1, "y")),
		"rename": second(s.ChangePerson(t.Context(), 1, PersonChange{Name: &draft}, "")),
		"code":   second(s.NewJoinCode(t.Context())),
	} {
		if CodeOf(err) != StorageFull {
			t.Errorf("%s: %v", what, err)
		}
	}
	if len(history(t, s, 2, 1)) != 1 {
		t.Fatal("the history cannot be read")
	}
	if _, made, err := s.OpenChat(t.Context(), 1, 2); err != nil || made {
		t.Fatal("a chat that is there cannot be opened", err)
	}
	_, _, err = s.OpenChat(t.Context(), 1, 1)
	wantCode(t, err, StorageFull)
	hits, _, err := s.Search(t.Context(), 2, "HELL", 0, "", 10)
	if err != nil || len(hits) != 1 {
		t.Fatal(hits, err)
	}

	d.free.Store(plenty)
	say(t, s, 1, 2, "more")
}

func second[T any](_ T, err error) error { return err }

// Signing in and out works while nothing can be written, once for each link,
// and is on the disk when there is room again.
func TestSignInOnAFullDisk(t *testing.T) {
	var end ended
	o, d := withDisk(t)
	o.Committed = end.committed
	s := openWith(t, o, 2)
	t.Cleanup(func() { d.free.Store(plenty) })
	had := sessionIDs(t, s, 2)
	stored, _, err := s.MakeLink(t.Context(), 2, time.Hour)
	check(t, err)
	d.free.Store(0)

	secret, err := s.SignIn(t.Context(), 2, "", "by password")
	check(t, err)
	sessionOf(t, s, secret)
	made, _, err := s.MakeLink(t.Context(), 2, time.Hour)
	check(t, err)
	_, _, err = s.MakeLink(t.Context(), 9, time.Hour)
	wantCode(t, err, NotFound)
	for _, link := range []string{stored, made} {
		errs := atOnce(20, func(int) error { return third(s.SignInByLink(t.Context(), link, "by link")) })
		if count(errs, "") != 1 || count(errs, Unauthorized) != 19 {
			t.Fatalf("%d sessions, %d refused", count(errs, ""), count(errs, Unauthorized))
		}
	}
	check(t, s.EndSession(t.Context(), 2, had[0]))
	if ids := sessionIDs(t, s, 2); len(ids) != 3 {
		t.Fatal(ids)
	}
	if gone := end.take(); len(gone) != 1 || gone[0] != had[0] {
		t.Fatal("ended: ", gone)
	}
	before := sessionIDs(t, s, 2)

	d.free.Store(plenty)
	within(t, "what was held is written", func() bool { return len(s.heldNow()) == 0 })
	check(t, s.Close())
	s = open(t, o)
	sessionOf(t, s, secret)
	if after := sessionIDs(t, s, 2); len(after) != 3 || after[0] != before[0] || after[1] != before[1] || after[2] != before[2] {
		t.Fatal(after, before)
	}
	for _, link := range []string{stored, made} {
		wantCode(t, third(s.SignInByLink(t.Context(), link, "")), Unauthorized)
	}
}

// What is done at once while nothing can be written is taken back with it
// when one of all fails: the link that a sign-in spent is not spent twice.
func TestSignInBesideWhatFailsOnAFullDisk(t *testing.T) {
	var end ended
	o, d := withDisk(t)
	o.Committed = end.committed
	s := openWith(t, o, 2)
	t.Cleanup(func() { d.free.Store(plenty) })
	link, _, err := s.MakeLink(t.Context(), 2, time.Hour)
	check(t, err)
	had := sessionIDs(t, s, 2)
	d.free.Store(0)

	var errs []error
	fail := func(err error) { errs = append(errs, err) }
	tries := 0
	inTurn(s,
		&funcOp{anyway: true, then: fail, f: func(b *batch) error {
			spend, err := b.checkLink(2, link)
			if err == nil {
				spend()
				_, err = b.startSession(2, "by link")
			}
			return err
		}},
		&funcOp{anyway: true, then: fail, f: func(b *batch) error { return b.endMatching(2, func(id string) bool { return id == had[0] }) }},
		&funcOp{anyway: true, then: fail, f: func(b *batch) error {
			tries++
			b.putHeld([]byte{prefixLink}, []byte{1})
			return errors.New("unreadable")
		}})
	if len(errs) != 3 || errs[0] != nil || errs[1] != nil || CodeOf(errs[2]) != Internal || tries != 2 {
		t.Fatal(errs, tries)
	}
	ids := sessionIDs(t, s, 2)
	if len(ids) != 1 || ids[0] == had[0] {
		t.Fatal("signed in: ", ids)
	}
	if gone := end.take(); len(gone) != 1 || gone[0] != had[0] {
		t.Fatal("ended: ", gone)
	}
	wantCode(t, third(s.SignInByLink(t.Context(), link, "")), Unauthorized)
	d.free.Store(plenty)
	check(t, s.settleDownWriting())
	if after := sessionIDs(t, s, 2); len(after) != 1 || after[0] != ids[0] || len(s.heldNow()) != 0 || countKeys(t, s, []byte{prefixLink}) != 0 {
		t.Fatal(after, len(s.heldNow()))
	}
}

func third[T, U any](_ T, _ U, err error) error { return err }

// A sign-in is written also when the disk was full only between two looks of
// the watch.
func TestShortlyFullDisk(t *testing.T) {
	o, d := withDisk(t)
	o.SpaceTick = time.Hour
	s := openWith(t, o, 1)
	t.Cleanup(func() { d.free.Store(plenty) })
	d.free.Store(0)
	_, err := s.SignIn(t.Context(), 1, "", "")
	check(t, err)
	d.free.Store(plenty)
	s.Saw(1, 1) // whatever is written next takes it along
	check(t, s.settleDown())
	if len(s.heldNow()) != 0 || countKeys(t, s, []byte{prefixSession}) != 2 {
		t.Fatal("the session is still held in memory")
	}
}

// What is held while the disk is full has a bound.
func TestHeldSessionsAreBounded(t *testing.T) {
	o, d := withDisk(t)
	o.MaxSessions = 1 << 20
	s := openWith(t, o, 1)
	t.Cleanup(func() { d.free.Store(plenty) })
	d.free.Store(0)
	var err error
	for range maxHeld {
		s.submit(&funcOp{anyway: true, f: func(b *batch) error { b.putHeld([]byte(newSecret(1)), []byte{1}); return nil }})
	}
	_, err = s.SignIn(t.Context(), 1, "", "")
	wantCode(t, err, StorageFull)
	d.free.Store(plenty)
	_, err = s.SignIn(t.Context(), 1, "", "") // with all that was held in one transaction
	check(t, err)
	if len(s.heldNow()) != 0 {
		t.Fatal("still held: ", len(s.heldNow()))
	}
}

// The ballast is real space, given away when there is nearly none and taken
// back later.
func TestBallast(t *testing.T) {
	o, d := withDisk(t)
	o.Ballast = 1 << 20
	s := openWith(t, o, 1)
	t.Cleanup(func() { d.free.Store(plenty) })
	path := filepath.Join(o.Dir, "ballast")
	size := func() int64 {
		st, err := os.Stat(path)
		if err != nil {
			return 0
		}
		return st.Size()
	}
	within(t, "ballast", func() bool { return size() == o.Ballast })
	d.free.Store(o.Reserve - 1)
	wantCode(t, s.settleDownWriting(), StorageFull)
	if size() == 0 {
		t.Fatal("given away too early")
	}
	d.free.Store(o.Reserve/4 - 1)
	within(t, "ballast is given away", func() bool { return size() == 0 })
	d.free.Store(plenty)
	within(t, "ballast is back", func() bool { return size() == o.Ballast })
}

// settleDownWriting makes a change of no consequence.
func (s *Store) settleDownWriting() error {
	c := make(chan error, 1)
	s.submit(&funcOp{f: func(b *batch) error { b.set(keyLastChat, encode(b.s.com.lastChat)); return nil }, then: func(err error) { c <- err }})
	return <-c
}

// On a disk without room for what Badger makes at its start, opening says so;
// the ballast of an earlier run may be just enough to read on.
func TestOpeningOnAFullDisk(t *testing.T) {
	o, d := withDisk(t)
	openWith(t, o, 1).Close()
	d.free.Store(10 << 20)
	_, err := Open(t.Context(), o)
	wantCode(t, err, StorageFull)
	oneSentence(t, err, "full")

	ballast := filepath.Join(o.Dir, "ballast")
	check(t, os.WriteFile(ballast, nil, 0o600))
	o.FreeSpace = func(string) (int64, error) {
		if _, err := os.Stat(ballast); err == nil {
			return 50 << 20, nil
		}
		return d.free.Load() + 100<<20, nil
	}
	s := open(t, o)
	t.Cleanup(func() { d.free.Store(plenty) })
	wantCode(t, s.settleDownWriting(), StorageFull)
	_, err = s.SignIn(t.Context(), 1, "", "")
	check(t, err)
	d.free.Store(plenty)
	check(t, s.settleDownWriting())
}

// Closing writes as well: the ballast makes room for that.
func TestClosingOnTheBallast(t *testing.T) {
	o, d := withDisk(t)
	ballast := filepath.Join(o.Dir, "ballast")
	o.FreeSpace = func(string) (int64, error) {
		if _, err := os.Stat(ballast); err != nil {
			return d.free.Load() + 64<<20, nil
		}
		return d.free.Load(), nil
	}
	s := openWith(t, o, 1)
	check(t, os.WriteFile(ballast, nil, 0o600))
	d.free.Store(1 << 20)
	check(t, s.Close())
	if !s.bdb.IsClosed() {
		t.Fatal("the ballast was not used to close")
	}
}

// Without room the store is left as it is, which the next start takes for a
// host that was killed.
func TestClosingOnAFullDisk(t *testing.T) {
	o, d := withDisk(t)
	s := openWith(t, o, 2)
	say(t, s, 1, 2, "kept")
	d.free.Store(1 << 20)
	check(t, s.Close())
	_, err := s.Snapshot(1)
	wantCode(t, err, Unavailable)
	d.free.Store(plenty)
	crashed := o
	crashed.Dir = copyDir(t, o.Dir)
	check(t, s.bdb.Close()) // what the end of the process would do
	s = open(t, crashed)
	if have := texts(history(t, s, 2, 1)); len(have) != 1 || have[0] != "kept" {
		t.Fatal(have)
	}
}
