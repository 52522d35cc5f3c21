package db

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/google/go-cmp/cmp"

	"duologue/db/errs"
	"duologue/db/kv"
	"duologue/db/record"
)

// audit counts everything about files again, from the messages up, and says
// what does not agree. tidy: nothing may lie in the folder that nobody needs.
func audit(s *Store, tidy bool) string {
	var wrong []string
	say := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	err := s.do(context.Background(), 0, func(b *batch) error {
		have, err := s.files.Totals(b)
		if err != nil {
			return err
		}
		s.files.Reset() // the sums are counted anew
		want, err := s.files.Totals(b)
		if err != nil {
			return err
		}
		for id := ID(1); id < 10; id++ {
			if have.By[id] != want.By[id] || have.Open[id] != want.Open[id] {
				say("person %d is charged %d for %d uploads, and brought %d with %d", id, have.By[id], have.Open[id], want.By[id], want.Open[id])
			}
		}
		if have.All != want.All || have.Arriving != want.Arriving {
			say("sums %+v, counted %+v", have, want)
		}
		return auditRecords(b, say)
	})
	if err == nil {
		err = auditFolder(s, tidy, say)
	}
	if err != nil {
		say("%v", err)
	}
	return strings.Join(wrong, "\n")
}

func auditRecords(view kv.View, say func(string, ...any)) error {
	shown, uses := map[string]bool{}, map[string]uint64{}
	err := record.Scan(view, []byte{record.PrefixMessage}, func(key, val []byte) error {
		owner, who, seq := record.OwnerOf(key), record.LastID(key[:9]), record.LastNumber(key)
		m, _, err := record.DecodeCopy(seq, val)
		var chat record.Chat
		if _, e := record.Get(view, record.PairKey(record.PrefixChat, owner, who), &chat); err == nil && e == nil {
			for _, f := range m.Files {
				shown[string(record.UseKey(owner, f.ID, who, seq))] = seq > chat.Floor // below, the purge may be at it
			}
		}
		return err
	})
	err = errs.First(err, record.Scan(view, []byte{record.PrefixUse}, func(at, _ []byte) error {
		key := string(at)
		uses[string(record.FileKey(record.OwnerOf(at), record.FileIDOf(at)))]++
		if _, ok := shown[key]; !ok {
			say("a file is held for no message: %q", key)
		}
		delete(shown, key)
		return nil
	}))
	for key, live := range shown {
		if live {
			say("a file of a message is not held: %q", key)
		}
	}
	refs := map[string]uint64{}
	err = errs.First(err, record.Scan(view, []byte{record.PrefixFile}, func(key, val []byte) error {
		var r record.File
		err := record.Decode(val, &r)
		if r.Uses != uses[string(key)] || r.ID != record.FileIDOf(key) {
			say("%q has %d uses, counted %d", key, r.Uses, uses[string(key)])
		}
		delete(uses, string(key))
		for _, hash := range [][]byte{r.Hash, r.Thumb} {
			if len(hash) > 0 {
				refs[string(hash)]++
			}
		}
		return err
	}))
	if len(uses) > 0 {
		say("%d files are missing", len(uses))
	}
	have := map[string]uint64{}
	err = errs.First(err, record.Scan(view, []byte{record.PrefixBlob}, func(key, val []byte) error {
		var r record.Blob
		err := record.Decode(val, &r)
		have[string(key[1:])] = r.Refs
		return err
	}))
	if d := cmp.Diff(refs, have); d != "" {
		say("references (-counted +stored): %s", d)
	}
	return err
}

// auditFolder holds what lies on the disk against the records.
func auditFolder(s *Store, tidy bool, say func(string, ...any)) error {
	s.blobs.Placing.Lock()
	defer s.blobs.Placing.Unlock()
	needed := map[string]bool{}
	err := s.view(func(view kv.View) error {
		err := record.Scan(view, []byte{record.PrefixBlob}, func(key, val []byte) error {
			var r record.Blob
			if err := record.Decode(val, &r); err != nil {
				return err
			}
			path := s.blobs.Path(key[1:])
			needed[path] = true
			if sum, size := sumOf(path); sum != hex.EncodeToString(key[1:]) || size != r.Size {
				say("%s: %d bytes with the sum %s, not %d", filepath.Base(path), size, sum, r.Size)
			}
			return nil
		})
		return errs.First(err, record.Scan(view, []byte{record.PrefixUpload}, func(key, val []byte) error {
			var r record.Upload
			err := record.Decode(val, &r)
			path := s.blobs.Arriving(record.FileIDOf(key), "")
			needed[path] = true
			if st, e := os.Stat(path); e != nil || st.Size() < r.Offset {
				say("an upload at %d: %v %v", r.Offset, st, e)
			} else if err == nil {
				auditUpload(say, path, &r)
			}
			return err
		}))
	})
	paths, _ := filepath.Glob(filepath.Join(s.blobs.Dir, "*", "*"))
	for _, path := range paths {
		aside := strings.HasPrefix(filepath.Base(filepath.Dir(path)), "aside-")
		if tidy && !needed[path] && !aside {
			say("nobody needs %s", path)
		}
	}
	return err
}

// auditUpload compares what arrived of an upload with the hash that is kept of it.
func auditUpload(say func(string, ...any), path string, r *record.Upload) {
	h, err := r.Sum()
	f, err2 := os.Open(path)
	if err != nil || err2 != nil {
		say("%v %v", err, err2)
		return
	}
	defer f.Close()
	fresh := sha256.New()
	io.CopyN(fresh, f, r.Offset)
	if !slices.Equal(fresh.Sum(nil), h.Sum(nil)) {
		say("an upload at %d is not what arrived", r.Offset)
	}
}

func sumOf(path string) (string, int64) {
	f, err := os.Open(path)
	if err != nil {
		return err.Error(), 0
	}
	defer f.Close()
	h := sha256.New()
	n, _ := io.Copy(h, f)
	return hex.EncodeToString(h.Sum(nil)), n
}
