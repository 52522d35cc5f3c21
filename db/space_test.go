package db

import (
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"duologue/db/record"
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
// and writing goes on by itself when there is room again.
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
	if len(historyOf(t, s, 2, 1)) != 1 {
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
	if s.sessions.Unsaved() != 0 || countKeys(t, s, []byte{record.PrefixSession}) != 2 {
		t.Fatal("the session is still held in memory")
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
	needsDisk(t)
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
	if crashed(o.Dir) {
		t.Fatal("the ballast was not used to close")
	}
}

// Without room the store is left as it is, which the next start takes for a
// host that was killed.
func TestClosingOnAFullDisk(t *testing.T) {
	needsDisk(t)
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
	check(t, s.engine.Abandon()) // what the end of the process would do
	s = open(t, crashed)
	if have := texts(historyOf(t, s, 2, 1)); len(have) != 1 || have[0] != "kept" {
		t.Fatal(have)
	}
}
