package db

import (
	"slices"

	"duologue/db/errs"
)

// attach makes the message at seq of owner's copy show the files of from,
// which are there.
func (b *batch) attach(owner, who ID, seq uint64, from []*fileRecord) error {
	for _, f := range from {
		var r fileRecord
		found, err := get(b.txn, fileKey(owner, f.ID), &r)
		if err != nil {
			return err
		}
		if !found {
			r = fileRecord{fileLine: f.fileLine}
		}
		if len(r.Hash) == 0 { // new, or its bytes were dropped and come back
			r.fileLine, r.Hash = f.fileLine, f.Hash
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
		b.set(fileKey(owner, r.ID), encode(&r))
		b.set(useKey(owner, r.ID, who, seq), nil)
	}
	return nil
}

// detach takes the files of owner's copy at seq away from it. Whoever shows a
// file in no message any more has lost it.
func (b *batch) detach(owner, who ID, seq uint64, files []File) error {
	for _, f := range files {
		var r fileRecord
		found, err := get(b.txn, fileKey(owner, f.ID), &r)
		if err != nil {
			return err
		}
		if !found {
			continue
		}
		b.delete(useKey(owner, f.ID, who, seq))
		if r.Uses--; r.Uses > 0 {
			b.set(fileKey(owner, f.ID), encode(&r))
		} else if err := b.forget(owner, &r); err != nil {
			return err
		}
	}
	return nil
}

// forget deletes owner's reference.
func (b *batch) forget(owner ID, r *fileRecord) error {
	b.delete(fileKey(owner, r.ID))
	return errs.First(b.unrefer(r.Hash), b.unrefer(r.Thumb))
}

// refer counts one more reference to bytes, which a person brought unless by
// is 0. Their size has to be known with the first.
func (b *batch) refer(hash []byte, size int64, by ID) error {
	var r blobRecord
	found, err := get(b.txn, blobKey(hash), &r)
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
	b.set(blobKey(hash), encode(&r))
	return nil
}

// unrefer takes one reference back; with the last one the bytes go, once the
// batch is on disk.
func (b *batch) unrefer(hash []byte) error {
	if len(hash) == 0 {
		return nil
	}
	var r blobRecord
	found, err := get(b.txn, blobKey(hash), &r)
	if err != nil || !found {
		return err
	}
	if r.Refs--; r.Refs > 0 {
		b.set(blobKey(hash), encode(&r))
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
	b.delete(blobKey(hash))
	b.after = append(b.after, func() { b.s.blobs.Discard(hash); b.s.wakePurge() })
	return nil
}
