package kv

import (
	"os"
	"path/filepath"
	"testing"
)

// openDir opens Badger in a folder, with room as a test says.
func openDir(t *testing.T, dir string, room func(int64) bool) *Badger {
	t.Helper()
	b, err := OpenBadger(BadgerOptions{Dir: dir, NoFlush: true, MakeRoom: room})
	check(t, err)
	closed(t, b)
	return b
}

// The memtable is as large as ever: a smaller one could not take in a store
// that was not closed. Committed means flushed: that is the
// default, and NoFlush is what has to be asked for.
func TestFixedOptions(t *testing.T) {
	b, err := OpenBadger(BadgerOptions{Dir: t.TempDir()})
	check(t, err)
	closed(t, b)
	if opts := b.bdb.Opts(); opts.MemTableSize != 16<<20 || memTableSize != 16<<20 || !opts.SyncWrites {
		t.Fatalf("the memtable has %d bytes, flushing is %v", opts.MemTableSize, opts.SyncWrites)
	}
}

// Every memtable that waits to become a table takes room to close.
func TestClosingCountsMemtables(t *testing.T) {
	b := openDir(t, t.TempDir(), nil)
	needs := b.closeNeeds()
	waiting := filepath.Join(b.bdb.Opts().Dir, "99999.mem")
	check(t, os.WriteFile(waiting, make([]byte, 1000), 0o600))
	defer os.Remove(waiting)
	if more := b.closeNeeds() - needs; more != 1000 {
		t.Fatalf("%d bytes more are needed", more)
	}
}

// With room to close but none to merge as well, the end is clean and the
// tables wait.
func TestClosingWithoutRoomToMerge(t *testing.T) {
	dir, asked := t.TempDir(), 0
	b := openDir(t, dir, func(int64) bool { asked++; return asked == 1 })
	check(t, b.Commit([]Change{set("a", "kept")}))
	check(t, b.Close())
	if crashed(dir) || asked != 2 {
		t.Fatal("the next start takes it for a crash, or nobody asked for room: ", asked)
	}
	b = openDir(t, dir, nil)
	if n := b.bdb.Levels()[0].NumTables; n != 1 {
		t.Fatalf("%d tables wait", n)
	}
	if have := all(t, b); len(have) != 1 || have[0] != "a=kept" {
		t.Fatal(have)
	}
}

// Without room to close the files are left as they are, and nothing is lost.
func TestClosingWithoutRoom(t *testing.T) {
	dir, room := t.TempDir(), false
	b := openDir(t, dir, func(int64) bool { return room })
	check(t, b.Commit([]Change{set("a", "kept")}))
	if err := b.Close(); err != ErrFull {
		t.Fatal(err)
	}
	check(t, b.Abandon())
	if !crashed(dir) {
		t.Fatal("the next start takes it for a clean end")
	}
	room = true
	b = openDir(t, dir, nil)
	if have := all(t, b); len(have) != 1 || have[0] != "a=kept" {
		t.Fatal(have)
	}
}

// A start finds nothing to merge: Badger would do it some moments later,
// whether or not the disk is full by then.
func TestNothingIsLeftToMerge(t *testing.T) {
	dir := t.TempDir()
	for range 6 {
		b := openDir(t, dir, nil)
		if n := b.bdb.Levels()[0].NumTables; n != 0 {
			t.Fatalf("%d tables wait to be merged", n)
		}
		check(t, b.Commit([]Change{set("a", "a table of its own")}))
		check(t, b.Close())
	}
}
