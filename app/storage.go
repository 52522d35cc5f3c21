package app

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"duologue/app/wire"
	"duologue/db"
)

// maxLargest is how many of the largest files are listed.
const maxLargest = 50

type (
	wireStorage struct {
		Used    int64              `json:"used"`    // by the files that my messages show
		Brought int64              `json:"brought"` // by those that I uploaded, as long as anybody has them
		Quota   int64              `json:"quota"`   // 0: no limit
		MaxFile int64              `json:"max_file"`
		Chats   []wireStorageChat  `json:"chats"`
		Kinds   []wireStorageKind  `json:"kinds"`
		Largest []wireStorageFile  `json:"largest"`
		Host    *wireStorageTotals `json:"host,omitzero"` // for the owner
	}
	wireStorageChat struct {
		Who   db.ID `json:"who"`
		Files int   `json:"files"`
		Size  int64 `json:"size"`
	}
	wireStorageKind struct {
		Kind  string `json:"kind"`
		Files int    `json:"files"`
		Size  int64  `json:"size"`
	}
	wireStorageFile struct {
		Who  db.ID     `json:"who"`
		Seq  uint64    `json:"seq"`
		Date int64     `json:"date"`
		File wire.File `json:"file"`
	}
	wireStorageTotals struct {
		Used   int64  `json:"used"`
		Coming int64  `json:"coming"` // what uploads on their way have yet to bring
		Free   int64  `json:"free"`   // what the disk has left for files
		Cap    int64  `json:"cap"`
		Warn   int64  `json:"warn"`
		Level  string `json:"level"` // "ok", "warn" or "full"
	}
)

// getStorage adds up what the caller's files take.
func (a *App) getStorage(q *call) error {
	w, err := a.storage(q.me)
	if err != nil {
		return err
	}
	return reply(q.Ctx, http.StatusOK, w)
}

func (a *App) storage(me db.Person) (w wireStorage, err error) {
	chats, kinds := map[db.ID]*wireStorageChat{}, map[string]*wireStorageKind{}
	err = a.store.EachFile(me.ID, func(f db.StoredFile) error {
		if f.Gone {
			return nil
		}
		w.Used += f.Size
		k := entry(kinds, kindOfFile(f.Type))
		k.Kind, k.Files, k.Size = kindOfFile(f.Type), k.Files+1, k.Size+f.Size
		seen := map[db.ID]bool{}
		for _, p := range f.Shown {
			if !seen[p.Who] {
				seen[p.Who] = true
				c := entry(chats, p.Who)
				c.Who, c.Files, c.Size = p.Who, c.Files+1, c.Size+f.Size
			}
		}
		last := f.Shown[len(f.Shown)-1]
		w.Largest = append(w.Largest, wireStorageFile{last.Who, last.Seq, f.Made, wire.FileOf(f.File)})
		if len(w.Largest) > 4*maxLargest {
			w.Largest = largest(w.Largest)
		}
		return nil
	})
	if err != nil {
		return w, err
	}
	w.Quota, w.MaxFile, w.Largest = a.o.Quota, a.o.MaxFile, largest(w.Largest)
	for _, c := range chats {
		w.Chats = append(w.Chats, *c)
	}
	for _, k := range kinds {
		w.Kinds = append(w.Kinds, *k)
	}
	slices.SortFunc(w.Chats, func(a, b wireStorageChat) int { return cmp.Or(cmp.Compare(b.Size, a.Size), cmp.Compare(a.Who, b.Who)) })
	slices.SortFunc(w.Kinds, func(a, b wireStorageKind) int {
		return cmp.Or(cmp.Compare(b.Size, a.Size), cmp.Compare(a.Kind, b.Kind))
	})
	if w.Brought, err = a.store.Charged(me.ID); err != nil || !me.Owner() {
		return w, err
	}
	t, err := a.store.StorageTotals()
	w.Host = &wireStorageTotals{t.Used, t.Coming, t.Free, t.Cap, t.Warn, level(t)}
	return w, err
}

// entry gives the value of a key, made when it is missing.
func entry[K comparable, V any](m map[K]*V, key K) *V {
	if m[key] == nil {
		m[key] = new(V)
	}
	return m[key]
}

func largest(files []wireStorageFile) []wireStorageFile {
	slices.SortFunc(files, func(a, b wireStorageFile) int {
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

// dropStorage gives up the bytes of my files, and keeps messages and
// thumbnails.
func (a *App) dropStorage(q *call) error {
	var body struct {
		Before *int64  `json:"before"`
		Who    *db.ID  `json:"who"`
		File   *string `json:"file"`
	}
	if err := decode(q.Ctx, &body); err != nil {
		return err
	}
	d := db.Drop{}
	switch {
	case body.Before == nil && body.File == nil:
		return wire.Missing("before")
	case body.Before != nil && body.File != nil:
		return db.Errorf(wire.BadRequest, "before and file: only one of them at once")
	case body.File != nil && *body.File == "":
		return wire.ErrNotFound
	case body.File != nil:
		d.ID = *body.File
	default:
		d.Before = *body.Before
	}
	if body.Who != nil {
		if d.Who = *body.Who; d.Who == 0 {
			return db.Errorf(db.Invalid, "who: there is no such person")
		}
	}
	n, size, err := a.store.DropFiles(a.life, q.me.ID, d)
	if err != nil {
		return err
	}
	return reply(q.Ctx, http.StatusOK, struct {
		Files int   `json:"files"`
		Size  int64 `json:"size"`
	}{n, size})
}

// patchStorage sets the owner's limits for the files of all.
func (a *App) patchStorage(q *call) error {
	var body struct {
		Cap  *int64 `json:"cap"`
		Warn *int64 `json:"warn"`
	}
	if err := decode(q.Ctx, &body); err != nil {
		return err
	}
	t, err := a.store.StorageTotals()
	if err != nil {
		return err
	}
	limits := t.Storage
	if body.Cap != nil {
		limits.Cap = *body.Cap
	}
	if body.Warn != nil {
		limits.Warn = *body.Warn
	}
	if err := a.store.SetStorage(q.ctx, limits); err != nil {
		return err
	}
	return a.getStorage(q)
}
