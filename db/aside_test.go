package db

import (
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"duologue/db/kv"
	"duologue/db/record"
)

// bytesIn gives the files below files/ of a data folder, by name.
func bytesIn(t *testing.T, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
	check(t, filepath.WalkDir(filepath.Join(dir, "files"), func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			found[e.Name()] = path
		}
		return err
	}))
	return found
}

// sendFiles sends n files of different bytes.
func sendFiles(t *testing.T, s *Store, n int) (last string) {
	t.Helper()
	for range n {
		last = bring(t, s, 1, []byte(newCID()))
		_, err := s.SendNow(t.Context(), Send{From: 1, To: 2, CID: newCID(), Files: []string{last}})
		check(t, err)
	}
	return last
}

// Without its store the folder of files is no new place: the start is refused,
// nothing is deleted, and nothing stands in the way of bringing the store back.
func TestFilesWithoutTheirStore(t *testing.T) {
	needsDisk(t)
	for name, lose := range map[string]func(dir string) error{
		"missing": func(string) error { return nil },
		"empty":   func(dir string) error { return os.Mkdir(filepath.Join(dir, "store"), 0o700) },
	} {
		t.Run(name, func(t *testing.T) {
			o := quick(t)
			s := openWith(t, o, 2)
			id := sendFiles(t, s, 3)
			check(t, s.Close())
			store, away := filepath.Join(o.Dir, "store"), filepath.Join(t.TempDir(), "store")
			check(t, os.Rename(store, away))
			check(t, lose(o.Dir))
			for range 2 {
				_, err := Open(t.Context(), o)
				wantCode(t, err, Unavailable)
				oneSentence(t, err, o.Dir)
				if n := len(bytesIn(t, o.Dir)); n != 3 {
					t.Fatalf("%d of 3 files are left", n)
				}
			}
			os.Remove(store) // only an empty folder can be
			check(t, os.Rename(away, store))
			s = open(t, o)
			f, err := s.OpenFile(1, id)
			check(t, err)
			f.Data.Close()
		})
	}
}

// A store that is empty inside is not stamped anew beside files either.
func TestEmptyStoreBesideFiles(t *testing.T) {
	o := quick(t)
	check(t, os.MkdirAll(filepath.Join(o.Dir, "files", "ab"), 0o700))
	open(t, o).Close() // folders are nothing
	if inMemory() {
		openMemory(o.Dir, "nothing")
	} else {
		check(t, os.RemoveAll(filepath.Join(o.Dir, "store")))
		b, err := kv.OpenBadger(kv.BadgerOptions{Dir: o.Dir})
		check(t, err)
		check(t, b.Close())
	}
	check(t, os.WriteFile(filepath.Join(o.Dir, "files", "ab", "abcd"), nil, 0o600))
	_, err := Open(t.Context(), o)
	wantCode(t, err, Unavailable)
	oneSentence(t, err, o.Dir)
}

// More than a small part of the files is never deleted by a start: what an
// older store does not know is kept aside, comes back with the store that does,
// and goes after a week.
func TestManyUnknownFilesAreKeptAside(t *testing.T) {
	o, c := quick(t), newClock()
	o.Now, o.Log = c.Now, slog.New(slog.DiscardHandler)
	s := openWith(t, o, 2)
	sendFiles(t, s, 1)
	check(t, s.Close())
	older := o
	older.Dir = copyDir(t, o.Dir)
	s = open(t, o)
	id := sendFiles(t, s, 22)
	upload, err := s.CreateUpload(t.Context(), 1, Upload{Name: "x", Size: 9})
	check(t, err)
	_, err = s.Append(t.Context(), 1, upload.ID, 0, []byte("half"))
	check(t, err)
	check(t, s.Close())
	newer := copyDir(t, o.Dir)

	swapFiles(t, older.Dir, o.Dir)
	s = open(t, older)
	check(t, s.Close())
	if n := len(bytesIn(t, older.Dir)); n != 1+22+1 {
		t.Fatalf("%d of 24 files are left", n)
	}
	o.Dir = newer
	swapFiles(t, newer, older.Dir)
	s = open(t, o)
	f, err := s.OpenFile(1, id)
	check(t, err)
	f.Data.Close()
	_, err = s.Append(t.Context(), 1, upload.ID, 4, []byte(" more"))
	check(t, err)
	check(t, s.Close())

	older.Dir = copyDir(t, older.Dir)
	swapFiles(t, older.Dir, newer)
	check(t, open(t, older).Close())
	c.add(8*24*time.Hour + time.Second)
	check(t, open(t, older).Close())
	if n := len(bytesIn(t, older.Dir)); n != 1 {
		t.Fatalf("%d files are left, and 1 is known", n)
	}
}

// swapFiles gives a data folder a copy of another one's files.
func swapFiles(t *testing.T, to, from string) {
	t.Helper()
	check(t, os.RemoveAll(filepath.Join(to, "files")))
	check(t, os.CopyFS(filepath.Join(to, "files"), os.DirFS(filepath.Join(from, "files"))))
}

// A few that a crash left go at once.
func TestFewUnknownFilesGo(t *testing.T) {
	o := quick(t)
	s := openWith(t, o, 2)
	sendFiles(t, s, 3)
	check(t, s.Close())
	for _, name := range []string{"files/new/NOBODYS", "files/ab/abcd"} {
		path := filepath.Join(o.Dir, name)
		check(t, os.MkdirAll(filepath.Dir(path), 0o700))
		check(t, os.WriteFile(path, nil, 0o600))
	}
	s = open(t, o)
	if n, known := len(bytesIn(t, o.Dir)), countKeys(t, s, []byte{record.PrefixBlob}); n != 3 || known != 3 {
		t.Fatalf("%d files, %d known", n, known)
	}
}
