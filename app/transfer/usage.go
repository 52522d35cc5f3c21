package transfer

import (
	"cmp"
	"slices"
	"strings"

	"duologue/app/wire"
	"duologue/db"
)

// maxLargest is how many of the largest files are listed.
const maxLargest = 50

// Usage adds up what the files of one person take.
type Usage struct {
	used    int64
	chats   map[db.ID]*wire.StorageChat
	kinds   map[string]*wire.StorageKind
	largest []wire.StorageFile
}

// NewUsage has counted nothing yet.
func NewUsage() *Usage {
	return &Usage{chats: map[db.ID]*wire.StorageChat{}, kinds: map[string]*wire.StorageKind{}}
}

// Add counts a file that still has its bytes: once for its owner and its kind,
// and once for each chat that shows it.
func (u *Usage) Add(f db.StoredFile) {
	if f.Gone {
		return
	}
	u.used += f.Size
	k := entry(u.kinds, kindOfFile(f.Type))
	k.Kind, k.Files, k.Size = kindOfFile(f.Type), k.Files+1, k.Size+f.Size
	seen := map[db.ID]bool{}
	for _, p := range f.Shown {
		if !seen[p.Who] {
			seen[p.Who] = true
			c := entry(u.chats, p.Who)
			c.Who, c.Files, c.Size = p.Who, c.Files+1, c.Size+f.Size
		}
	}
	last := f.Shown[len(f.Shown)-1]
	u.largest = append(u.largest, wire.StorageFile{Who: last.Who, Seq: last.Seq, Date: f.Made, File: wire.FileOf(f.File)})
	if len(u.largest) > 4*maxLargest {
		u.largest = largest(u.largest)
	}
}

// Storage is what was counted, the largest first.
func (u *Usage) Storage() wire.Storage {
	w := wire.Storage{Used: u.used, Largest: largest(u.largest)}
	for _, c := range u.chats {
		w.Chats = append(w.Chats, *c)
	}
	for _, k := range u.kinds {
		w.Kinds = append(w.Kinds, *k)
	}
	slices.SortFunc(w.Chats, func(a, b wire.StorageChat) int { return cmp.Or(cmp.Compare(b.Size, a.Size), cmp.Compare(a.Who, b.Who)) })
	slices.SortFunc(w.Kinds, func(a, b wire.StorageKind) int {
		return cmp.Or(cmp.Compare(b.Size, a.Size), cmp.Compare(a.Kind, b.Kind))
	})
	return w
}

// entry gives the value of a key, made when it is missing.
func entry[K comparable, V any](m map[K]*V, key K) *V {
	if m[key] == nil {
		m[key] = new(V)
	}
	return m[key]
}

func largest(files []wire.StorageFile) []wire.StorageFile {
	slices.SortFunc(files, func(a, b wire.StorageFile) int {
		return cmp.Or(cmp.Compare(b.File.Size, a.File.Size), cmp.Compare(a.File.ID, b.File.ID))
	})
	return files[:min(len(files), maxLargest)]
}

// kindOfFile sorts types as people do.
func kindOfFile(kind string) string {
	switch first, _, _ := strings.Cut(kind, "/"); first {
	case "image":
		return "picture"
	case "video", "audio":
		return first
	}
	return "file"
}

// StorageTotals is what the owner is told of the files of all.
func StorageTotals(t db.StorageTotals) *wire.StorageTotals {
	return &wire.StorageTotals{Used: t.Used, Coming: t.Coming, Free: t.Free, Cap: t.Cap, Warn: t.Warn, Level: level(t)}
}

// level warns before the cap, or else the disk, ends what can be stored.
func level(t db.StorageTotals) string {
	warn, taken := t.Warn, t.Used+t.Coming
	if warn == 0 {
		warn = t.Cap / 10 * 9
	}
	switch {
	case t.Cap > 0 && taken >= t.Cap, t.Free == 0:
		return "full"
	case warn > 0 && taken >= warn, t.Free < lowSpace:
		return "warn"
	}
	return "ok"
}

// lowSpace is how much room for files is little.
const lowSpace = 2 << 30
