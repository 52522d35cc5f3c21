package db

import (
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"duologue/db/kv"
)

// A process that is killed as it begins a log leaves a file without a length,
// or one that is all zeros. The store opens, with all that it had.
func TestLeftoverLogs(t *testing.T) {
	needsDisk(t)
	o := quick(t)
	s := openWith(t, o, 2)
	say(t, s, 1, 2, "stays")
	check(t, s.Close())
	for name, size := range map[string]int64{
		"00090.mem": 0, "00091.mem": 2 * kv.BadgerMemtable, "00092.mem": 0,
		"000090.vlog": 0, "000091.vlog": 32 << 20, "000092.vlog": 0,
	} {
		f, err := os.Create(filepath.Join(o.Dir, "store", name))
		check(t, err)
		check(t, f.Truncate(size))
		check(t, f.Close())
	}
	s = open(t, o)
	if got := texts(historyOf(t, s, 2, 1)); len(got) != 1 || got[0] != "stays" {
		t.Errorf("the history is %q", got)
	}
	say(t, s, 1, 2, "goes on")
	check(t, s.Close())
	s = open(t, o)
	if got := texts(historyOf(t, s, 2, 1)); len(got) != 2 {
		t.Errorf("the history is %q", got)
	}
}

// A process that is killed as it closes the store leaves a table of a merging
// that did not end, and no log. After a clean end such a table is damage.
func TestLeftoverTable(t *testing.T) {
	needsDisk(t)
	o := quick(t)
	o.Log = slog.New(slog.DiscardHandler)
	s := openWith(t, o, 2)
	say(t, s, 1, 2, "stays")
	check(t, s.Close())
	table, err := os.ReadFile(one(t, o.Dir, "*.sst"))
	check(t, err)
	stray := filepath.Join(o.Dir, "store", "000777.sst")
	check(t, os.WriteFile(stray, table, 0o600))
	_, err = Open(t.Context(), o)
	wantCode(t, err, Unavailable)
	oneSentence(t, err, "damaged")

	check(t, os.WriteFile(filepath.Join(o.Dir, "open"), nil, 0o600))
	s = open(t, o)
	if got := texts(historyOf(t, s, 2, 1)); len(got) != 1 || got[0] != "stays" {
		t.Errorf("the history is %q", got)
	}
	if _, err := os.Stat(stray); err == nil {
		t.Error("the table is still there")
	}
	check(t, s.Close())
	if crashed(o.Dir) {
		t.Error("a clean end is taken for a crash")
	}
}

// What stands in the name of the data folder is no pattern: leftovers in it
// go, another folder is left alone, and damage is found.
func TestFolderWithBrackets(t *testing.T) {
	needsDisk(t)
	beside := t.TempDir()
	dir, other := filepath.Join(beside, "chat[12]"), filepath.Join(beside, "chat1")
	o := quick(t)
	o.Dir, o.Log = dir, slog.New(slog.DiscardHandler)
	s := openWith(t, o, 2)
	say(t, s, 1, 2, "stays")
	check(t, s.Close())
	lying := func(dir string) (paths []string) {
		for _, name := range []string{"files/new/NOBODYS", "files/ab/abcd", "store/00090.mem"} {
			path := filepath.Join(dir, name)
			check(t, os.MkdirAll(filepath.Dir(path), 0o700))
			check(t, os.WriteFile(path, nil, 0o600))
			paths = append(paths, path)
		}
		return paths
	}
	ours, theirs := lying(dir), lying(other)
	s = open(t, o)
	check(t, s.Close())
	for _, path := range ours {
		if _, err := os.Stat(path); err == nil {
			t.Error("still there: ", path)
		}
	}
	for _, path := range theirs {
		if _, err := os.Stat(path); err != nil {
			t.Error("another folder was touched: ", err)
		}
	}
	check(t, os.WriteFile(filepath.Join(dir, "store", "000777.sst"), []byte("no table"), 0o600))
	_, err := Open(t.Context(), o)
	wantCode(t, err, Unavailable)
	oneSentence(t, err, "damaged")
}
