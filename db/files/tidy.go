package files

import (
	"bytes"
	"encoding/hex"
	"os"
	"path/filepath"

	"duologue/db/errs"
	"duologue/db/folder"
	"duologue/db/kv"
	"duologue/db/record"
)

// What is removed at once without being kept aside: so many files, or so small
// a part of all.
const (
	fewFiles = 20
	fewPart  = 10 // a tenth
)

// Tidy makes folder and records agree after whatever end the last run
// had: bytes that nobody refers to go, what was kept aside and is referred to
// comes back, uploads whose bytes are lost are given up. It runs before anything else does.
func (s *Files) Tidy(commit func([]kv.Change) error) error {
	uploads, kept, lost := map[string]bool{}, map[string]bool{}, []kv.Change{}
	err := s.store.View(func(view kv.View) error {
		err := record.Scan(view, []byte{record.PrefixBlob}, func(key, val []byte) error {
			var r record.Blob
			err := record.Decode(val, &r)
			st, statErr := os.Stat(s.blobs.Path(key[1:]))
			whole := func(size int64) bool { return size == r.Size }
			if err == nil && (statErr != nil || !whole(st.Size())) && !s.blobs.BringBack(s.blobs.Path(key[1:]), whole) {
				s.o.Log.Error("the bytes of a file are missing", "sha256", hex.EncodeToString(key[1:]))
			}
			kept[hex.EncodeToString(key[1:])] = true
			return err
		})
		return errs.First(err, record.Scan(view, []byte{record.PrefixUpload}, func(key, val []byte) error {
			var r record.Upload
			if err := record.Decode(val, &r); err != nil {
				return err
			}
			if id := record.FileIDOf(key); s.findUpload(id, &r, kept) {
				uploads[id] = true
			} else {
				lost = append(lost, kv.Change{Key: bytes.Clone(key), Delete: true})
			}
			return nil
		}))
	})
	if err != nil {
		return err
	}
	if len(lost) > 0 {
		s.o.Log.Warn("uploads were lost", "number", len(lost))
		if err := commit(lost); err != nil {
			return errs.Wrap(errs.Unavailable, "the store cannot be written", err)
		}
	}
	s.removeUnneeded(uploads, kept)
	return nil
}

// findUpload reports whether the bytes of an upload are there. A crash may
// have come after they were put to their place and before the file was made.
func (s *Files) findUpload(id string, r *record.Upload, kept map[string]bool) bool {
	path := s.blobs.Arriving(id, "")
	if st, err := os.Stat(path); err == nil {
		return st.Size() >= r.Offset
	}
	if s.blobs.BringBack(path, func(size int64) bool { return size >= r.Offset }) {
		return true
	}
	h, err := r.Sum()
	if err != nil || r.Offset != r.Size {
		return false
	}
	sum := h.Sum(nil)
	return !kept[hex.EncodeToString(sum)] && os.Rename(s.blobs.Path(sum), path) == nil
}

// removeUnneeded removes the files that nobody refers to: a few, which is what
// a crash leaves. More than that tell of records that are missing, and are kept
// aside for a week.
func (s *Files) removeUnneeded(uploads, kept map[string]bool) {
	all, unneeded := 0, []string(nil)
	look := func(dir string, needed map[string]bool) {
		paths, _ := folder.Files(dir, "")
		for _, path := range paths {
			if all++; !needed[filepath.Base(path)] {
				unneeded = append(unneeded, path)
			}
		}
	}
	look(s.blobs.Arriving("", ""), uploads)
	folders, _ := os.ReadDir(s.blobs.Dir)
	for _, f := range folders {
		if len(f.Name()) == 2 {
			look(filepath.Join(s.blobs.Dir, f.Name()), kept)
		}
	}
	s.dropAside()
	if len(unneeded) > fewFiles && len(unneeded) > all/fewPart {
		dir, err := s.blobs.KeepAside(unneeded, s.o.Now())
		s.o.Log.Error("many files are not known to the store: they are kept aside for a week", "number", len(unneeded), "folder", dir, "error", err)
		return
	}
	for _, path := range unneeded {
		if err := os.Remove(path); err != nil && !os.IsNotExist(err) {
			s.o.Log.Warn("a file that nobody needs stays", "err", err)
		}
	}
}

// dropAside removes what was kept aside long enough.
func (s *Files) dropAside() {
	if err := s.blobs.DropAside(s.o.Now()); err != nil {
		s.o.Log.Warn("files that were kept aside stay", "error", err)
	}
}
