package db

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"duologue/db/files"
)

// movable gives options for a store in a folder that can be moved, with a log
// that can be read.
func movable(t *testing.T) (o Options, log *bytes.Buffer, dir, moved string) {
	o, _ = withDisk(t)
	o.Dir = filepath.Join(t.TempDir(), "place")
	log = &bytes.Buffer{}
	o.Log = slog.New(slog.NewTextHandler(log, nil))
	return o, log, o.Dir, o.Dir + "-moved"
}

// A folder that is moved away while another takes its place: nothing more is
// acknowledged, reading goes on, the end touches neither, and everything that
// was acknowledged is in the one that was moved.
func TestFolderIsMoved(t *testing.T) {
	needsDisk(t)
	for name, replace := range map[string]func(dir string) error{
		"gone":  func(string) error { return nil },
		"empty": func(dir string) error { return os.MkdirAll(filepath.Join(dir, "store"), 0o700) },
		"store alone": func(dir string) error {
			return errors.Join(os.Rename(dir+"-moved", dir), os.Rename(filepath.Join(dir, "store"), dir+"-moved"), os.Mkdir(filepath.Join(dir, "store"), 0o700))
		},
		"a backup of it":    func(dir string) error { return os.CopyFS(dir, os.DirFS(dir+"-moved")) },
		"a link to nothing": func(dir string) error { return os.Symlink(dir+"-nothing", dir) },
	} {
		t.Run(name, func(t *testing.T) {
			o, log, dir, moved := movable(t)
			s := openWith(t, o, 2)
			for range 20 {
				say(t, s, 1, 2, "kept")
			}
			id := bring(t, s, 1, []byte("bytes"))
			stopPurge(s) // the next look is that of the committer
			check(t, os.Rename(dir, moved))
			check(t, replace(dir))
			before := listing(t, dir)

			for range 2 {
				_, err := s.SendNow(t.Context(), Send{From: 1, To: 2, CID: newCID(), Content: "lost"})
				wantCode(t, err, Unavailable)
				oneSentence(t, err, `"place"`)
			}
			_, err := s.CreateUpload(t.Context(), 1, files.Upload{Name: "x", Size: 4})
			wantCode(t, err, Unavailable)
			wantCode(t, s.DropUpload(t.Context(), 1, id), Unavailable)
			wantCode(t, s.files.Sweep(), Unavailable)
			if n := len(historyOf(t, s, 2, 1)); n != 20 {
				t.Fatalf("%d of 20 can be read", n)
			}
			check(t, s.Close())
			if now := listing(t, dir); now != before {
				t.Errorf("the other folder was %q and is %q", before, now)
			}
			if n := strings.Count(log.String(), "read-only until the next start"); n != 1 || !strings.Contains(log.String(), dir) {
				t.Errorf("told %d times: %s", n, log)
			}

			found := o
			if found.Dir = copyDir(t, moved); name == "store alone" {
				found.Dir = t.TempDir()
				check(t, os.CopyFS(filepath.Join(found.Dir, "store"), os.DirFS(moved)))
				check(t, os.CopyFS(filepath.Join(found.Dir, "files"), os.DirFS(filepath.Join(dir, "files"))))
				check(t, os.Remove(filepath.Join(found.Dir, "store", "LOCK")))
			}
			again := open(t, found)
			if n := len(historyOf(t, again, 2, 1)); n != 20 {
				t.Errorf("%d of 20 are left", n)
			}
			f, err := again.OpenFile(1, id)
			check(t, err)
			f.Data.Close()

			// What the end of the process would do, in a place of the test's own.
			os.RemoveAll(dir)
			if name != "store alone" {
				check(t, os.Rename(moved, dir))
			} else {
				check(t, errors.Join(os.Mkdir(dir, 0o700), os.Rename(moved, filepath.Join(dir, "store"))))
			}
			check(t, s.engine.Abandon())
		})
	}
}

// listing is what is in a folder, with its sizes and times.
func listing(t *testing.T, dir string) string {
	t.Helper()
	var out strings.Builder
	filepath.Walk(dir, func(path string, e os.FileInfo, err error) error {
		if err == nil {
			out.WriteString(path + " " + e.ModTime().String() + " ")
			if !e.IsDir() {
				data, _ := os.ReadFile(path)
				out.WriteString(fmt.Sprintf("%x ", sha256.Sum256(data)))
			}
		}
		return nil
	})
	return out.String()
}

// The watch finds out by itself, and stops what it does by path.
func TestWatchFindsAMovedFolder(t *testing.T) {
	o, _, dir, moved := movable(t)
	o.Ballast = 1 << 20
	s := openWith(t, o, 2)
	within(t, "ballast", func() bool { return exists(filepath.Join(dir, "ballast")) })
	check(t, os.Rename(dir, moved))
	check(t, os.MkdirAll(filepath.Join(dir, "store"), 0o700))
	within(t, "lost", s.space.Lost)
	if exists(filepath.Join(dir, "ballast")) {
		t.Error("the ballast is in the other folder")
	}
	check(t, os.RemoveAll(dir))
	check(t, os.Rename(moved, dir))
	_, err := s.SendNow(t.Context(), Send{From: 1, To: 2, CID: newCID(), Content: "x"})
	wantCode(t, err, Unavailable) // it was elsewhere: nobody knows what happened there
	check(t, s.Close())
	check(t, s.engine.Abandon())
}

func exists(path string) bool { _, err := os.Stat(path); return err == nil }

// A disk that cannot be asked takes nothing; one that cannot be asked for some
// looks in a row is not trusted again, which is said once, and is not written
// to at the end.
func TestDiskThatDoesNotAnswer(t *testing.T) {
	o, log, dir, _ := movable(t)
	var failing atomic.Bool
	o.FreeSpace = func(string) (int64, error) {
		if failing.Load() {
			return 0, errors.New("EIO")
		}
		return plenty, nil
	}
	o.SpaceTick = time.Hour
	s := openWith(t, o, 2)
	say(t, s, 1, 2, "kept")
	failing.Store(true)
	message := Send{From: 1, To: 2, CID: newCID(), Content: "later"}
	_, err := s.SendNow(t.Context(), message)
	wantCode(t, err, Unavailable)
	oneSentence(t, err, "answer")
	failing.Store(false)
	_, err = s.SendNow(t.Context(), message) // it was one look
	check(t, err)
	check(t, s.Close())

	o.SpaceTick = time.Millisecond
	s = open(t, o)
	failing.Store(true)
	within(t, "lost", s.space.Lost)
	failing.Store(false)
	message.CID = newCID()
	_, err = s.SendNow(t.Context(), message)
	wantCode(t, err, Unavailable)
	oneSentence(t, err, `"place"`)
	if n := len(historyOf(t, s, 2, 1)); n != 2 {
		t.Fatalf("%d of 2 can be read", n)
	}
	check(t, s.Close())
	if n := strings.Count(log.String(), "read-only until the next start"); n != 1 {
		t.Errorf("told %d times: %s", n, log)
	}
	if !inMemory() && !crashed(dir) {
		t.Error("it is taken for a clean end")
	}
	check(t, s.engine.Abandon())
}
