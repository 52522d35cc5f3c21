package db

import (
	"errors"
	"slices"
	"testing"
	"time"

	"duologue/db/files"
	"duologue/db/kv"
	"duologue/db/record"
)

func handOn(t testing.TB, s *Store, from, to ID, ids ...string) uint64 {
	t.Helper()
	ack, err := s.SendNow(t.Context(), Send{From: from, To: to, CID: newCID(), Files: ids})
	check(t, err)
	return ack.Seq
}

// What was sent again today is not old, whether its bytes were still there or
// had been given up.
func TestFilesSentAgainAreNew(t *testing.T) {
	o, c := quick(t), newClock()
	o.Now = c.Now
	s := openWith(t, o, 2)
	kept, dropped, old := bring(t, s, 1, []byte("kept")), bring(t, s, 1, []byte("dropped")), bring(t, s, 1, []byte("old"))
	handOn(t, s, 1, 2, kept, dropped, old)
	n, _, err := s.DropFiles(t.Context(), 2, files.Drop{ID: dropped})
	if check(t, err); n != 1 {
		t.Fatal(n)
	}
	c.add(40 * 24 * time.Hour)
	handOn(t, s, 1, 2, kept, dropped)
	month := files.Drop{Before: c.Now().Add(-30 * 24 * time.Hour).UnixMilli()}
	for owner := range ID(2) {
		n, size, err := s.DropFiles(t.Context(), owner+1, month)
		if check(t, err); n != 1 || size != int64(len("old")) {
			t.Errorf("%d: %d files of %d bytes", owner+1, n, size)
		}
		for _, f := range historyOf(t, s, owner+1, 2-owner)[1].Files {
			if f.Gone {
				t.Errorf("%d: what was sent today is gone", owner+1)
			}
		}
	}
}

// Giving up one file looks at no other.
func TestOneFileIsDroppedAlone(t *testing.T) {
	s := openWith(t, quick(t), 2)
	one, other := bring(t, s, 1, []byte("one")), bring(t, s, 1, []byte("other"))
	handOn(t, s, 1, 2, one, other)
	n, _, err := s.DropFiles(t.Context(), 1, files.Drop{ID: one[:1]})
	if check(t, err); n != 0 {
		t.Errorf("%d files by a part of an id", n)
	}
	commitRaw(t, s, kv.Change{Key: record.FileKey(1, other), Value: []byte("damaged")})
	n, size, err := s.DropFiles(t.Context(), 1, files.Drop{ID: one})
	if check(t, err); n != 1 || size != 3 {
		t.Errorf("%d files of %d bytes", n, size)
	}
}

// Many files go together: in a few transactions, each with its flush, and not
// in one for every file; what does not fit one goes with the next.
func TestManyFilesAreDroppedTogether(t *testing.T) {
	s := openWith(t, quick(t), 2)
	var ids []string
	for i := range 3 * MaxFiles {
		ids = append(ids, bring(t, s, 1, []byte{byte(i)}))
	}
	for part := range slices.Chunk(ids, MaxFiles) {
		for range 3 {
			handOn(t, s, 1, 2, part...)
		}
	}
	before := commits(s)
	n, size, err := s.DropFiles(t.Context(), 2, files.Drop{Before: 1 << 62})
	if check(t, err); n != len(ids) || size != int64(n) {
		t.Errorf("%d files of %d bytes", n, size)
	}
	if had := commits(s) - before; had < 2 || had > 30 {
		t.Errorf("%d transactions", had)
	}
	for _, m := range historyOf(t, s, 2, 1) {
		if slices.ContainsFunc(m.Files, func(f File) bool { return !f.Gone }) {
			t.Fatal(m.Files)
		}
	}
	if wrong := audit(s, true); wrong != "" {
		t.Error(wrong)
	}
}

// A file that another chat shows as well stays when the files of one are
// given up.
func TestFilesOfOneChatAreDropped(t *testing.T) {
	s := openWith(t, quick(t), 3)
	one, both := bring(t, s, 1, []byte("one")), bring(t, s, 1, []byte("both"))
	handOn(t, s, 1, 2, one, both)
	handOn(t, s, 1, 3, both)
	n, size, err := s.DropFiles(t.Context(), 1, files.Drop{Before: 1 << 62, Who: 2})
	if check(t, err); n != 1 || size != 3 {
		t.Errorf("%d files of %d bytes", n, size)
	}
	if f := historyOf(t, s, 1, 2)[0].Files; !f[0].Gone || f[1].Gone {
		t.Error(f)
	}
}

// Going through the files ends with the first error, wherever that comes.
func TestEachFileTellsTheFirstError(t *testing.T) {
	s := openWith(t, quick(t), 3)
	for _, who := range []ID{2, 3} {
		handOn(t, s, 1, who, bring(t, s, 1, []byte{byte(who)}))
	}
	wrong, calls := errors.New("wrong"), 0
	err := s.EachFile(1, func(files.StoredFile) error {
		if calls++; calls == 1 {
			return wrong
		}
		return nil
	})
	if !errors.Is(err, wrong) || calls != 1 {
		t.Error(err, calls)
	}
}

// The files of a deleted chat go part by part, those of another stay.
func TestPurgeManyFiles(t *testing.T) {
	s := openWith(t, quick(t), 3)
	var ids []string
	for i := range MaxFiles {
		ids = append(ids, bring(t, s, 1, []byte{byte(i)}))
	}
	for range 2*purgePart/MaxFiles + 1 {
		handOn(t, s, 1, 2, ids...)
		handOn(t, s, 1, 3, ids...)
	}
	all := countKeys(t, s, record.OwnerKey(record.PrefixUse, 1))
	check(t, s.DeleteChat(t.Context(), 1, 2))
	within(t, "all is purged", func() bool { return countKeys(t, s, []byte{record.PrefixPurge}) == 0 })
	if left := countKeys(t, s, record.OwnerKey(record.PrefixUse, 1)); left != all/2 {
		t.Errorf("%d of %d uses are left", left, all)
	}
	if wrong := audit(s, true); wrong != "" {
		t.Error(wrong)
	}
}
