package db

import (
	"slices"

	"duologue/db/errs"
	"duologue/db/record"
)

// attach makes the message at seq of owner's copy show the files of from,
// which are there.
func (b *batch) attach(owner, who ID, seq uint64, from []*record.File) error {
	for _, f := range from {
		var r record.File
		found, err := record.Get(b.view, record.FileKey(owner, f.ID), &r)
		if err != nil {
			return err
		}
		if !found {
			r = record.File{FileLine: f.FileLine}
		}
		if len(r.Hash) == 0 { // new, or its bytes were dropped and come back
			r.FileLine, r.Hash = f.FileLine, f.Hash
			if err := b.refer(f.Hash, 0, 0); err != nil {
				return err
			}
		}
		if len(r.Thumb) == 0 && len(f.Thumb) > 0 {
			r.Thumb = f.Thumb
			if err := b.refer(f.Thumb, 0, 0); err != nil {
				return err
			}
		}
		r.Uses, r.Made = r.Uses+1, b.now
		b.set(record.FileKey(owner, r.ID), record.Encode(&r))
		b.set(record.UseKey(owner, r.ID, who, seq), nil)
	}
	return nil
}

// detach takes the files of owner's copy at seq away from it. Whoever shows a
// file in no message any more has lost it.
func (b *batch) detach(owner, who ID, seq uint64, files []File) error {
	for _, f := range files {
		var r record.File
		found, err := record.Get(b.view, record.FileKey(owner, f.ID), &r)
		if err != nil {
			return err
		}
		if !found {
			continue
		}
		b.delete(record.UseKey(owner, f.ID, who, seq))
		if r.Uses--; r.Uses > 0 {
			b.set(record.FileKey(owner, f.ID), record.Encode(&r))
		} else if err := b.forget(owner, &r); err != nil {
			return err
		}
	}
	return nil
}

// forget deletes owner's reference.
func (b *batch) forget(owner ID, r *record.File) error {
	b.delete(record.FileKey(owner, r.ID))
	return errs.First(b.unrefer(r.Hash), b.unrefer(r.Thumb))
}

// refer counts one more reference to bytes, which a person brought unless by
// is 0. Their size has to be known with the first.
func (b *batch) refer(hash []byte, size int64, by ID) error {
	var r record.Blob
	found, err := record.Get(b.view, record.BlobKey(hash), &r)
	if err != nil {
		return err
	}
	t, err := b.totals()
	if err != nil {
		return err
	}
	if !found {
		r.Size = size
		t.all += size
	}
	r.Refs++
	if by != 0 && !slices.Contains(r.By, by) {
		r.By = append(r.By, by)
		t.by[by] += r.Size
	}
	b.set(record.BlobKey(hash), record.Encode(&r))
	return nil
}

// unrefer takes one reference back; with the last one the bytes go, once the
// batch is on disk.
func (b *batch) unrefer(hash []byte) error {
	if len(hash) == 0 {
		return nil
	}
	var r record.Blob
	found, err := record.Get(b.view, record.BlobKey(hash), &r)
	if err != nil || !found {
		return err
	}
	if r.Refs--; r.Refs > 0 {
		b.set(record.BlobKey(hash), record.Encode(&r))
		return nil
	}
	t, err := b.totals()
	if err != nil {
		return err
	}
	t.all -= r.Size
	for _, id := range r.By {
		t.by[id] -= r.Size
	}
	b.delete(record.BlobKey(hash))
	b.after = append(b.after, func() { b.s.blobs.Discard(hash); b.s.wakePurge() })
	return nil
}
