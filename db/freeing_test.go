package db

import (
	"os"
	"testing"

	"duologue/db/files"
	"duologue/db/folder"
	"duologue/db/record"
)

// bring makes a file of owner's.
func bring(t testing.TB, s *Store, owner ID, data []byte) string {
	t.Helper()
	u, err := s.CreateUpload(t.Context(), owner, files.Upload{Name: "x", Size: int64(len(data))})
	check(t, err)
	_, err = s.Append(t.Context(), owner, u.ID, 0, data)
	check(t, err)
	_, err = s.Finish(t.Context(), owner, u.ID, func(*os.File, files.Upload) (files.Made, error) { return files.Made{}, nil })
	check(t, err)
	return u.ID
}

// Below the reserve nothing is taken, but what gives space back is done, also
// in the background; below half of the reserve that ends as well.
func TestFreeingOnALowDisk(t *testing.T) {
	o, d := withDisk(t)
	s := openWith(t, o, 2)
	t.Cleanup(func() { d.free.Store(plenty) })
	ctx := t.Context()
	for range 4 {
		_, err := s.SendNow(ctx, Send{From: 1, To: 2, CID: newCID(), Files: []string{bring(t, s, 1, []byte(newCID()))}})
		check(t, err)
	}
	unsent := bring(t, s, 1, []byte("unsent"))
	open, err := s.CreateUpload(ctx, 1, files.Upload{Name: "open", Size: 5})
	check(t, err)
	dropped := historyOf(t, s, 1, 2)[3].Files[0].ID
	freeing := []struct {
		what string
		do   func() error
	}{
		{"drop", func() error { return third(s.DropFiles(ctx, 1, files.Drop{ID: dropped})) }},
		{"unsent", func() error { return s.DropUpload(ctx, 1, unsent) }},
		{"upload", func() error { return s.DropUpload(ctx, 1, open.ID) }},
		{"remove", func() error { return s.Remove(ctx, 1, 2, 2) }},
		{"recall", func() error { return second(s.Recall(ctx, 1, 2, 1)) }},
		{"delete chat", func() error { return s.DeleteChat(ctx, 1, 2) }},
		{"the other side's", func() error { return s.DeleteChat(ctx, 2, 1) }},
	}
	d.free.Store(o.Reserve/2 - 1)
	for _, f := range freeing {
		if err := f.do(); CodeOf(err) != StorageFull {
			t.Errorf("%s below half of the reserve: %v", f.what, err)
		}
	}
	d.free.Store(o.Reserve - 1)
	for _, f := range freeing {
		if err := f.do(); err != nil {
			t.Errorf("%s: %v", f.what, err)
		}
	}
	_, err = s.SendNow(ctx, Send{From: 1, To: 2, CID: newCID(), Content: "more"})
	wantCode(t, err, StorageFull)
	within(t, "all bytes and copies are gone", func() bool {
		return countKeys(t, s, []byte{record.PrefixMessage}) == 0 && len(inFolder(t, s)) == 0
	})
	d.free.Store(plenty)
	if wrong := audit(s, true); wrong != "" {
		t.Error(wrong)
	}
}

// inFolder are the files that are kept.
func inFolder(t testing.TB, s *Store) (all []string) {
	t.Helper()
	folders, err := folder.Files(s.blobs.Dir, "")
	check(t, err)
	for _, f := range folders {
		paths, err := folder.Files(f, "")
		check(t, err)
		all = append(all, paths...)
	}
	return all
}
