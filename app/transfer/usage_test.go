package transfer

import (
	"testing"

	"duologue/app/wire"
	"duologue/db"
)

func TestUsage(t *testing.T) {
	u := NewUsage()
	file := func(id, kind string, size int64, who ...db.ID) {
		f := db.StoredFile{File: db.File{ID: id, Type: kind, Size: size}}
		for i, w := range who {
			f.Shown = append(f.Shown, db.Place{Who: w, Seq: uint64(i + 1)})
		}
		u.Add(f)
	}
	file("a", "image/png", 10, 2, 3, 2) // twice in one chat
	file("b", "image/jpeg", 5, 2)
	file("c", "video/mp4", 100, 3)
	file("d", "application/zip", 1, 2)
	u.Add(db.StoredFile{File: db.File{ID: "e", Size: 1000, Gone: true}})
	w := u.Storage()
	if w.Used != 116 || len(w.Chats) != 2 || w.Chats[0] != (wire.StorageChat{Who: 3, Files: 2, Size: 110}) || w.Chats[1] != (wire.StorageChat{Who: 2, Files: 3, Size: 16}) {
		t.Errorf("%+v", w)
	}
	if len(w.Kinds) != 3 || w.Kinds[0] != (wire.StorageKind{Kind: "video", Files: 1, Size: 100}) || w.Kinds[1] != (wire.StorageKind{Kind: "picture", Files: 2, Size: 15}) || w.Kinds[2].Kind != "file" {
		t.Errorf("%+v", w.Kinds)
	}
	if len(w.Largest) != 4 || w.Largest[0].File.ID != "c" || w.Largest[1].File.ID != "a" || w.Largest[1].Who != 2 || w.Largest[1].Seq != 3 {
		t.Errorf("%+v", w.Largest)
	}
	for range 10 * maxLargest {
		file("x", "text/plain", 7, 2)
	}
	if w = u.Storage(); len(w.Largest) != maxLargest || w.Largest[0].File.ID != "c" {
		t.Errorf("%d are listed", len(w.Largest))
	}
}

// The owner is warned at nine tenths of the cap, or when the disk gets full.
func TestStorageLevel(t *testing.T) {
	const gib = 1 << 30
	for _, c := range []struct {
		t    db.StorageTotals
		want string
	}{
		{db.StorageTotals{Free: 100 * gib}, "ok"},
		{db.StorageTotals{Free: gib}, "warn"},
		{db.StorageTotals{}, "full"},
		{db.StorageTotals{Free: 100 * gib, Used: 80, Coming: 9, Storage: db.Storage{Cap: 100}}, "ok"},
		{db.StorageTotals{Free: 100 * gib, Used: 80, Coming: 10, Storage: db.Storage{Cap: 100}}, "warn"},
		{db.StorageTotals{Free: 100 * gib, Used: 50, Coming: 50, Storage: db.Storage{Cap: 100}}, "full"},
		{db.StorageTotals{Free: 100 * gib, Used: 50, Storage: db.Storage{Warn: 50}}, "warn"},
	} {
		if got := StorageTotals(c.t).Level; got != c.want {
			t.Errorf("%+v: %s", c.t, got)
		}
	}
}
