package db

import (
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"duologue/db/kv"
	"duologue/db/record"
)

// copyDir copies a store as it lies on the disk, which is what a crash leaves.
func copyDir(t *testing.T, dir string) string {
	t.Helper()
	to := t.TempDir()
	if inMemory() {
		openMemory(to, dir)
	}
	check(t, filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(dir, path)
		switch {
		case err != nil:
			return err
		case e.IsDir():
			return os.MkdirAll(filepath.Join(to, rel), 0o700)
		case e.Name() == "LOCK":
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, rel), data, 0o600)
	}))
	return to
}

// oneSentence checks an error for people's eyes.
func oneSentence(t *testing.T, err error, word string) {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) || !strings.Contains(e.Message, word) || strings.Contains(e.Message, "\n") ||
		strings.Contains(e.Message, "badger") || len(e.Message) > 200 {
		t.Errorf("not a clear sentence with %q: %v", word, err)
	}
}

// A store that was not closed opens again with all that was acknowledged, and
// its memtable is as large as ever: a smaller one could not take it in.
func TestOpensAfterACrash(t *testing.T) {
	o := quick(t)
	s := openWith(t, o, 2)
	big := strings.Repeat("x", MaxContent)
	for range 150 { // more than half a memtable
		say(t, s, 1, 2, big)
	}
	after := o
	after.Dir = copyDir(t, o.Dir)
	s = open(t, after)
	if n := len(historyOf(t, s, 2, 1)); n != 150 {
		t.Fatalf("%d of 150 are left", n)
	}
	say(t, s, 2, 1, "on we go")
}

func TestLockedStore(t *testing.T) {
	needsDisk(t)
	o := quick(t)
	open(t, o)
	_, err := Open(t.Context(), o)
	wantCode(t, err, Unavailable)
	oneSentence(t, err, "in use")
}

func TestNewerStore(t *testing.T) {
	o := quick(t)
	s := openWith(t, o, 1)
	commitRaw(t, s, kv.Change{Key: record.KeySchema, Value: record.Encode(record.Schema + 1)})
	bytes := s.blobs.Path(make([]byte, 32)) // of which this program knows nothing
	check(t, os.MkdirAll(filepath.Dir(bytes), 0o700))
	check(t, os.WriteFile(bytes, []byte("kept"), 0o600))
	check(t, s.Close())
	_, err := Open(t.Context(), o)
	wantCode(t, err, Unavailable)
	oneSentence(t, err, "newer")
	if _, err := os.Stat(bytes); err != nil {
		t.Error("what a newer program keeps was tidied up: ", err)
	}
}

// A store without its stamp is not taken for a new one.
func TestStoreWithoutStamp(t *testing.T) {
	o := quick(t)
	s := openWith(t, o, 1)
	commitRaw(t, s, kv.Change{Key: record.KeySchema, Delete: true})
	check(t, s.Close())
	_, err := Open(t.Context(), o)
	wantCode(t, err, Unavailable)
	oneSentence(t, err, "damaged")
}

// Damage is told in one sentence, not by a panic.
func TestDamagedStore(t *testing.T) {
	needsDisk(t)
	o := quick(t)
	s := openWith(t, o, 2)
	for range 50 {
		text := ""
		for range 100 { // nothing that compresses well
			text += newCID()
		}
		say(t, s, 1, 2, text)
	}
	check(t, s.Close())
	for name, damage := range map[string]func(t *testing.T, dir string){
		"manifest is noise": func(t *testing.T, dir string) { overwrite(t, filepath.Join(dir, "store", "MANIFEST"), 0) },
		"table is missing":  func(t *testing.T, dir string) { check(t, os.Remove(one(t, dir, "*.sst"))) },
		"table is empty":    func(t *testing.T, dir string) { check(t, os.Truncate(one(t, dir, "*.sst"), 0)) },
		"table is cut":      func(t *testing.T, dir string) { check(t, os.Truncate(one(t, dir, "*.sst"), 1000)) },
		"table's end":       func(t *testing.T, dir string) { f := one(t, dir, "*.sst"); overwrite(t, f, sizeOf(t, f)-100) },
		"table's middle":    func(t *testing.T, dir string) { f := one(t, dir, "*.sst"); overwrite(t, f, sizeOf(t, f)/3) },
		"manifest is gone":  func(t *testing.T, dir string) { check(t, os.Remove(filepath.Join(dir, "store", "MANIFEST"))) },
		"manifest is short": func(t *testing.T, dir string) { check(t, os.Truncate(filepath.Join(dir, "store", "MANIFEST"), 8)) },
		"key registry":      func(t *testing.T, dir string) { overwrite(t, one(t, dir, "KEYREGISTRY"), 0) },
		"not a store": func(t *testing.T, dir string) {
			check(t, os.RemoveAll(filepath.Join(dir, "store")))
			check(t, os.WriteFile(filepath.Join(dir, "store"), []byte("x"), 0o600))
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := o
			d.Dir = copyDir(t, o.Dir)
			d.Log = slog.New(slog.DiscardHandler)
			damage(t, d.Dir)
			s, err := Open(t.Context(), d)
			if err == nil {
				s.Close()
			}
			wantCode(t, err, Unavailable)
			oneSentence(t, err, "damaged")
		})
	}
}

func one(t *testing.T, dir, pattern string) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "store", pattern))
	if err != nil || len(found) == 0 {
		t.Fatal("no ", pattern, err)
	}
	return found[0]
}

func sizeOf(t *testing.T, file string) int64 {
	t.Helper()
	st, err := os.Stat(file)
	check(t, err)
	return st.Size()
}

// overwrite puts noise into a file.
func overwrite(t *testing.T, file string, at int64) {
	t.Helper()
	f, err := os.OpenFile(file, os.O_WRONLY, 0)
	check(t, err)
	noise := make([]byte, 100)
	for i := range noise {
		noise[i] = byte(i*7 + 13)
	}
	_, err = f.WriteAt(noise, at)
	check(t, errors.Join(err, f.Close()))
}
