package db

import (
	"encoding/hex"
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"duologue/db/files"
	"duologue/db/kv"
	"duologue/db/record"
)

// ledger is what was acknowledged.
type ledger struct {
	uploads map[string]fileNews
	sent    map[uint64]map[string]string
	gone    map[uint64]bool
	full    int
}

func newLedger() *ledger {
	return &ledger{map[string]fileNews{}, map[uint64]map[string]string{}, map[uint64]bool{}, 0}
}

func (l *ledger) note(t *testing.T, line []byte) {
	var n fileNews
	if json.Unmarshal(line, &n) != nil {
		return // cut off by the kill
	}
	switch {
	case n.Bad != "":
		t.Error("the process says:", n.Bad)
	case n.Upload != "":
		l.uploads[n.Upload] = n
	case n.Ended != "":
		delete(l.uploads, n.Ended)
	case n.Seq > 0:
		l.sent[n.Seq] = n.Files
	case n.Leaves > 0:
		delete(l.sent, n.Leaves)
	case n.Gone > 0:
		l.gone[n.Gone] = true
	case n.Full:
		l.full++
	}
}

// verify opens the store after whatever end it had: nothing that was
// acknowledged is missing, nothing lies about, and the accounts are right.
func (l *ledger) verify(t *testing.T, dir string) {
	t.Helper()
	s, err := Open(t.Context(), Options{Dir: dir, Ballast: -1, Reserve: 1, FileReserve: 1})
	check(t, err)
	defer s.Close()
	check(t, s.settleDown())
	check(t, s.purge(t.Context()))
	check(t, s.files.Sweep())
	if wrong := audit(s, true); wrong != "" {
		t.Error(wrong)
	}
	for id, u := range l.uploads {
		if have, err := s.Upload(u.Owner, id); err != nil || have.Offset < u.Offset {
			t.Errorf("an upload that was at %d: %+v %v", u.Offset, have, err)
		}
	}
	seen := map[uint64][]File{}
	for _, m := range historyOf(t, s, 1, 2) {
		seen[m.Seq] = m.Files
		if l.gone[m.Seq] && !m.Recalled {
			t.Errorf("message %d is back", m.Seq)
		}
	}
	for seq, files := range l.sent {
		if len(seen[seq]) != len(files) {
			t.Errorf("message %d has %v, and had %v", seq, seen[seq], files)
		}
		for id, sum := range files {
			for owner := range ID(2) {
				b, err := s.OpenFile(owner+1, id)
				if err != nil || hex.EncodeToString(b.Hash) != sum {
					t.Errorf("a file of message %d, of %d: %x %v, want %s", seq, owner+1, b.Hash, err, sum)
				}
				if err == nil {
					b.Data.Close()
				}
			}
		}
	}
}

// rounds is how often a test does what it does: few times, unless
// DUOLOGUE_ROUNDS asks for more.
func rounds(few int) int {
	if n, err := strconv.Atoi(os.Getenv("DUOLOGUE_ROUNDS")); err == nil {
		return n
	}
	return few
}

// A process is killed again and again while files come, are sent and go.
func TestKillWhileFilesMove(t *testing.T) {
	dir, l := t.TempDir(), newLedger()
	for range rounds(4) {
		p := startChild(t, "files", dir)
		lines := 20 + rand.IntN(300)
		for p.lines.Scan() {
			l.note(t, p.lines.Bytes())
			if lines--; lines == 0 {
				time.AfterFunc(time.Duration(rand.IntN(3000))*time.Microsecond, func() { p.cmd.Process.Kill() })
			}
		}
		p.cmd.Wait()
		l.verify(t, dir)
		if t.Failed() {
			return
		}
	}
	if len(l.sent) == 0 {
		t.Error("nothing was sent")
	}
}

// What a crash can leave in the folder of files goes at the next start, and
// an upload whose bytes had come to their place is whole again.
func TestLeftoverFiles(t *testing.T) {
	o := quick(t)
	s := openWith(t, o, 1)
	u, err := s.CreateUpload(t.Context(), 1, files.Upload{Name: "x", Size: 4})
	check(t, err)
	_, err = s.Append(t.Context(), 1, u.ID, 0, []byte("data"))
	check(t, err)
	lost, err := s.CreateUpload(t.Context(), 1, files.Upload{Name: "lost", Size: 4})
	check(t, err)
	var r record.Upload
	err = s.view(func(view kv.View) error {
		_, err := record.Get(view, record.UploadKey(1, u.ID), &r)
		return err
	})
	check(t, err)
	h, err := r.Sum()
	check(t, err)
	moved, err := s.blobs.Put(s.blobs.Arriving(u.ID, ""), h.Sum(nil))
	if check(t, err); !moved {
		t.Fatal("it was there already")
	}
	os.Remove(s.blobs.Arriving(lost.ID, ""))
	for _, name := range []string{filepath.Join("new", "STRANGE"), filepath.Join("new", u.ID+".clean"), filepath.Join("ab", "abcd")} {
		path := filepath.Join(s.blobs.Dir, name)
		os.MkdirAll(filepath.Dir(path), 0o700)
		check(t, os.WriteFile(path, []byte("left"), 0o600))
	}
	check(t, s.Close())
	s = open(t, o)
	if wrong := audit(s, true); wrong != "" {
		t.Error(wrong)
	}
	_, err = s.Upload(1, lost.ID)
	wantCode(t, err, NotFound)
	if have, err := s.Finish(t.Context(), 1, u.ID, func(*os.File, files.Upload) (files.Made, error) { return files.Made{}, nil }); err != nil || !have.Done {
		t.Error(have, err)
	}
	b, err := s.OpenFile(1, u.ID)
	check(t, err)
	if got := slurp(b); got != "data" {
		t.Error(got)
	}
}

// An upload that does not go on is given up after a day, a file that is not
// sent after a week; what is sent stays.
func TestStaleUploads(t *testing.T) {
	o, c := quick(t), newClock()
	o.Now = c.Now
	s := openWith(t, o, 2)
	stopPurge(s)
	ctx := t.Context()
	bring := func(text string) string {
		u, err := s.CreateUpload(ctx, 1, files.Upload{Name: text, Size: int64(len(text))})
		check(t, err)
		_, err = s.Append(ctx, 1, u.ID, 0, []byte(text))
		check(t, err)
		_, err = s.Finish(ctx, 1, u.ID, func(*os.File, files.Upload) (files.Made, error) { return files.Made{}, nil })
		check(t, err)
		return u.ID
	}
	open, err := s.CreateUpload(ctx, 1, files.Upload{Name: "open", Size: 5})
	check(t, err)
	unsent, sent := bring("unsent"), bring("sent")
	_, err = s.SendNow(ctx, Send{From: 1, To: 2, CID: newCID(), Files: []string{sent}})
	check(t, err)
	for _, step := range []struct {
		wait time.Duration
		left string
	}{{23 * time.Hour, "open unsent sent"}, {2 * time.Hour, "unsent sent"}, {6 * 24 * time.Hour, "sent"}, {1000 * time.Hour, "sent"}} {
		c.add(step.wait)
		check(t, s.files.DropStale(ctx))
		check(t, s.files.Sweep())
		var left []string
		for name, id := range map[string]string{"open": open.ID, "unsent": unsent, "sent": sent} {
			if _, err := s.Upload(1, id); err == nil {
				left = append(left, name)
			}
		}
		if want := strings.Fields(step.left); len(left) != len(want) {
			t.Errorf("after %v more there are %v, want %v", step.wait, left, want)
		}
		if wrong := audit(s, true); wrong != "" {
			t.Error(wrong)
		}
	}
}

// What a removed person had goes; what others have of it stays.
func TestFilesOfRemovedPeople(t *testing.T) {
	o := quick(t)
	s := openWith(t, o, 3)
	ctx := t.Context()
	u, err := s.CreateUpload(ctx, 2, files.Upload{Name: "x", Size: 0})
	check(t, err)
	_, err = s.CreateUpload(ctx, 2, files.Upload{Name: "open", Size: 9})
	check(t, err)
	_, err = s.Finish(ctx, 2, u.ID, func(*os.File, files.Upload) (files.Made, error) { return files.Made{}, nil })
	check(t, err)
	_, err = s.SendNow(ctx, Send{From: 2, To: 3, CID: newCID(), Files: []string{u.ID}})
	check(t, err)
	check(t, s.RemovePerson(ctx, 2))
	check(t, s.files.DropStale(ctx))
	check(t, s.files.Sweep())
	_, err = s.OpenFile(2, u.ID)
	wantCode(t, err, NotFound)
	b, err := s.OpenFile(3, u.ID)
	check(t, err)
	b.Data.Close()
	if wrong := audit(s, true); wrong != "" {
		t.Error(wrong)
	}
	check(t, s.RemovePerson(ctx, 3))
	check(t, s.files.DropStale(ctx))
	check(t, s.files.Sweep())
	if paths, _ := filepath.Glob(filepath.Join(s.blobs.Dir, "*", "*")); len(paths) > 0 {
		t.Error("there are still ", paths)
	}
}
