package files

import (
	"slices"

	"duologue/db/errs"
	"duologue/db/model"
	"duologue/db/record"
)

// Attach makes the message at seq of owner's copy show the files of from,
// which are there.
func (s *Files) Attach(b Batch, owner, who model.ID, seq uint64, from []*record.File) error {
	for _, f := range from {
		var r record.File
		found, err := record.Get(b, record.FileKey(owner, f.ID), &r)
		if err != nil {
			return err
		}
		if !found {
			r = record.File{FileLine: f.FileLine}
		}
		if len(r.Hash) == 0 { // new, or its bytes were dropped and come back
			r.FileLine, r.Hash = f.FileLine, f.Hash
			if err := s.refer(b, f.Hash, 0, 0); err != nil {
				return err
			}
		}
		if len(r.Thumb) == 0 && len(f.Thumb) > 0 {
			r.Thumb = f.Thumb
			if err := s.refer(b, f.Thumb, 0, 0); err != nil {
				return err
			}
		}
		r.Uses, r.Made = r.Uses+1, b.Now()
		b.Set(record.FileKey(owner, r.ID), record.Encode(&r))
		b.Set(record.UseKey(owner, r.ID, who, seq), nil)
	}
	return nil
}

// Detach takes the files of owner's copy at seq away from it. Whoever shows a
// file in no message any more has lost it.
func (s *Files) Detach(b Batch, owner, who model.ID, seq uint64, files []model.File) error {
	for _, f := range files {
		var r record.File
		found, err := record.Get(b, record.FileKey(owner, f.ID), &r)
		if err != nil {
			return err
		}
		if !found {
			continue
		}
		b.Delete(record.UseKey(owner, f.ID, who, seq))
		if r.Uses--; r.Uses > 0 {
			b.Set(record.FileKey(owner, f.ID), record.Encode(&r))
		} else if err := s.forget(b, owner, &r); err != nil {
			return err
		}
	}
	return nil
}

// forget deletes owner's reference.
func (s *Files) forget(b Batch, owner model.ID, r *record.File) error {
	b.Delete(record.FileKey(owner, r.ID))
	return errs.First(s.unrefer(b, r.Hash), s.unrefer(b, r.Thumb))
}

// refer counts one more reference to bytes, which a person brought unless by
// is 0. Their size has to be known with the first.
func (s *Files) refer(b Batch, hash []byte, size int64, by model.ID) error {
	var r record.Blob
	found, err := record.Get(b, record.BlobKey(hash), &r)
	if err != nil {
		return err
	}
	t, err := s.Totals(b)
	if err != nil {
		return err
	}
	if !found {
		r.Size = size
		t.All += size
	}
	r.Refs++
	if by != 0 && !slices.Contains(r.By, by) {
		r.By = append(r.By, by)
		t.By[by] += r.Size
	}
	b.Set(record.BlobKey(hash), record.Encode(&r))
	return nil
}

// unrefer takes one reference back; with the last one the bytes go, once the
// batch is on disk.
func (s *Files) unrefer(b Batch, hash []byte) error {
	if len(hash) == 0 {
		return nil
	}
	var r record.Blob
	found, err := record.Get(b, record.BlobKey(hash), &r)
	if err != nil || !found {
		return err
	}
	if r.Refs--; r.Refs > 0 {
		b.Set(record.BlobKey(hash), record.Encode(&r))
		return nil
	}
	t, err := s.Totals(b)
	if err != nil {
		return err
	}
	t.All -= r.Size
	for _, id := range r.By {
		t.By[id] -= r.Size
	}
	b.Delete(record.BlobKey(hash))
	b.After(func() { s.blobs.Discard(hash); s.store.Wake() })
	return nil
}
