package files

import (
	"context"

	"duologue/db/errs"
	"duologue/db/kv"
	"duologue/db/model"
	"duologue/db/record"
)

// DropStale gives up the uploads that did not go on for long, files that were
// not sent, what removed people had, which nobody can see any more, and what
// was kept aside for a week.
func (s *Files) DropStale(ctx context.Context) error {
	s.dropAside()
	now := s.o.Now().UnixMilli()
	type stale struct {
		owner model.ID
		id    string
	}
	var found []stale
	err := s.store.ViewUntil(ctx, func(view kv.View) error {
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
		switch e := s.DropStaleUpload(ctx, f.owner, f.id); errs.CodeOf(e) {
		case errs.NotFound, errs.Conflict, errs.Locked: // it was finished, sent or touched since
		default:
			err = errs.First(err, e)
		}
	}
	for _, id := range s.store.AllRemoved() {
		if err == nil {
			err = s.dropRemoved(ctx, id)
		}
	}
	return errs.Unexpected(err)
}

func (s *Files) staleUpload(owner model.ID, r *record.Upload, now int64) bool {
	return s.store.Removed(owner) || now-r.Touched > s.o.UploadLife.Milliseconds()
}

func (s *Files) staleFile(owner model.ID, r *record.File, now int64) bool {
	return r.Uses == 0 && (s.store.Removed(owner) || now-r.Made > s.o.UnsentLife.Milliseconds())
}

// dropRemoved gives up all bytes of a removed person's, part by part. Nobody
// has to be told.
func (s *Files) dropRemoved(ctx context.Context, owner model.ID) error {
	for {
		var part []string
		err := s.store.ViewUntil(ctx, func(view kv.View) error {
			return record.Scan(view, record.OwnerKey(record.PrefixFile, owner), func(key, val []byte) error {
				var r record.File
				err := record.Decode(val, &r)
				if len(r.Hash)+len(r.Thumb) > 0 && len(part) < changeFiles {
					part = append(part, record.FileIDOf(key))
				}
				return err
			})
		})
		if err != nil || len(part) == 0 {
			return err
		}
		err = s.store.DoFreeing(ctx, Weight*len(part)/2, func(b Batch) error {
			for _, id := range part {
				var r record.File
				if found, err := record.Get(b, record.FileKey(owner, id), &r); err != nil || !found {
					return err
				}
				if err := errs.First(s.unrefer(b, r.Hash), s.unrefer(b, r.Thumb)); err != nil {
					return err
				}
				r.Hash, r.Thumb = nil, nil
				b.Set(record.FileKey(owner, id), record.Encode(&r))
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
}

// Sweep removes the bytes that lost their last reference.
func (s *Files) Sweep() error {
	if err := s.space.Usable(); err != nil {
		return err
	}
	return s.blobs.Sweep(func(hash []byte) (there bool, err error) {
		err = s.store.View(func(view kv.View) error {
			var r record.Blob
			there, err = record.Get(view, record.BlobKey(hash), &r)
			return err
		})
		return there, err
	})
}
