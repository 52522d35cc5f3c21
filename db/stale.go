package db

import (
	"context"

	"duologue/db/errs"
	"duologue/db/kv"
	"duologue/db/record"
)

// dropStale gives up the uploads that did not go on for long, files that were
// not sent, and what removed people had: nobody can see that any more.
func (s *Store) dropStale(ctx context.Context) error {
	now := s.opts.Now().UnixMilli()
	type stale struct {
		owner ID
		id    string
	}
	var found []stale
	err := s.viewUntil(ctx, func(view kv.View) error {
		err := record.Scan(view, []byte{record.PrefixUpload}, func(key, val []byte) error {
			var r record.Upload
			err := record.Decode(val, &r)
			if s.staleUpload(record.OwnerOf(key), &r, now) {
				found = append(found, stale{record.OwnerOf(key), record.FileIDOf(key)})
			}
			return err
		})
		return errs.First(err, record.Scan(view, []byte{record.PrefixFile}, func(key, val []byte) error {
			var r record.File
			err := record.Decode(val, &r)
			if s.staleFile(record.OwnerOf(key), &r, now) {
				found = append(found, stale{record.OwnerOf(key), record.FileIDOf(key)})
			}
			return err
		}))
	})
	for _, f := range found {
		switch e := s.dropUpload(ctx, f.owner, f.id, true); CodeOf(e) {
		case NotFound, Conflict, Locked: // it was finished, sent or touched since
		default:
			err = errs.First(err, e)
		}
	}
	for _, id := range s.people.ids() {
		if err == nil && s.removed(id) {
			err = s.dropRemoved(ctx, id)
		}
	}
	return errs.Unexpected(err)
}

func (s *Store) staleUpload(owner ID, r *record.Upload, now int64) bool {
	return s.removed(owner) || now-r.Touched > s.opts.UploadLife.Milliseconds()
}

func (s *Store) staleFile(owner ID, r *record.File, now int64) bool {
	return r.Uses == 0 && (s.removed(owner) || now-r.Made > s.opts.UnsentLife.Milliseconds())
}

func (s *Store) removed(id ID) bool {
	p, _ := s.people.get(id)
	return p.Removed
}

// dropRemoved gives up all bytes of a removed person's, part by part. Nobody
// has to be told.
func (s *Store) dropRemoved(ctx context.Context, owner ID) error {
	for {
		var part []string
		err := s.viewUntil(ctx, func(view kv.View) error {
			return record.Scan(view, record.OwnerKey(record.PrefixFile, owner), func(key, val []byte) error {
				var r record.File
				err := record.Decode(val, &r)
				if len(r.Hash)+len(r.Thumb) > 0 && len(part) < purgePart {
					part = append(part, record.FileIDOf(key))
				}
				return err
			})
		})
		if err != nil || len(part) == 0 {
			return err
		}
		err = s.doFreeing(ctx, fileWeight*len(part)/2, func(b *batch) error {
			for _, id := range part {
				var r record.File
				if found, err := record.Get(b.view, record.FileKey(owner, id), &r); err != nil || !found {
					return err
				}
				if err := errs.First(b.unrefer(r.Hash), b.unrefer(r.Thumb)); err != nil {
					return err
				}
				r.Hash, r.Thumb = nil, nil
				b.set(record.FileKey(owner, id), record.Encode(&r))
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
}

// sweepFiles removes the bytes that lost their last reference.
func (s *Store) sweepFiles() error {
	return s.blobs.Sweep(func(hash []byte) (there bool, err error) {
		err = s.view(func(view kv.View) error {
			var r record.Blob
			there, err = record.Get(view, record.BlobKey(hash), &r)
			return err
		})
		return there, err
	})
}
