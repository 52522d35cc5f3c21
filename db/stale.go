package db

import (
	"context"
	"math"

	"github.com/dgraph-io/badger/v4"
)

// dropStale gives up the uploads that did not go on for long, files that were
// not sent, and what removed people had: nobody can see that any more.
func (s *Store) dropStale(ctx context.Context) error {
	now := s.opts.Now().UnixMilli()
	type stale struct {
		owner ID
		id    string
	}
	removed := func(id ID) bool { p, _ := s.people.get(id); return p.Removed }
	var found []stale
	err := s.view(func(txn *badger.Txn) error {
		err := scan(txn, []byte{prefixUpload}, func(key, val []byte) error {
			var r uploadRecord
			err := decode(val, &r)
			if removed(ownerOf(key)) || now-r.Touched > s.opts.UploadLife.Milliseconds() {
				found = append(found, stale{ownerOf(key), idOf(key)})
			}
			return err
		})
		return join(err, scan(txn, []byte{prefixFile}, func(key, val []byte) error {
			var r fileRecord
			err := decode(val, &r)
			if r.Uses == 0 && (removed(ownerOf(key)) || now-r.Made > s.opts.UnsentLife.Milliseconds()) {
				found = append(found, stale{ownerOf(key), idOf(key)})
			}
			return err
		}))
	})
	for _, f := range found {
		if e := s.DropUpload(ctx, f.owner, f.id); CodeOf(e) != NotFound && CodeOf(e) != Conflict {
			err = join(err, e)
		}
	}
	for _, id := range s.people.ids() {
		if err == nil && removed(id) {
			_, _, err = s.DropFiles(ctx, id, Drop{Before: math.MaxInt64})
		}
	}
	return internal(err)
}

// sweepFiles removes the bytes that lost their last reference.
func (s *Store) sweepFiles() error {
	return s.blobs.sweep(func(hash []byte) (there bool, err error) {
		err = s.view(func(txn *badger.Txn) error {
			var r blobRecord
			there, err = get(txn, blobKey(hash), &r)
			return err
		})
		return there, err
	})
}
