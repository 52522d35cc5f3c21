package db

import (
	"context"

	"duologue/db/errs"
)

// DropUpload gives up an upload of owner's, or a file that was not sent.
// Conflict for a file that was, NotFound for what is not there.
func (s *Store) DropUpload(ctx context.Context, owner ID, id string) error {
	return s.dropUpload(ctx, owner, id, false)
}

// dropUpload gives up what is stale, or anything; with stale, Locked and
// Conflict for what somebody is at or was since.
func (s *Store) dropUpload(ctx context.Context, owner ID, id string, stale bool) error {
	free, err := s.blobs.Lock(ctx, id, !stale)
	if err != nil {
		return err
	}
	defer free()
	arriving := false
	err = s.doFreeing(context.WithoutCancel(ctx), 1024, func(b *batch) (err error) {
		arriving, err = b.dropUpload(owner, id, stale)
		return err
	})
	if err == nil && arriving { // not by the committer: it takes long for a large one
		s.blobs.RemoveUpload(id)
	}
	return errs.Unexpected(err)
}

func (b *batch) dropUpload(owner ID, id string, stale bool) (arriving bool, err error) {
	r, err := uploadOf(b.view, owner, id)
	if err != nil {
		return false, err
	}
	if r != nil {
		if stale && !b.s.staleUpload(owner, r, b.now) {
			return false, errInUse
		}
		return true, b.endUpload(owner, id, r)
	}
	f, err := b.file(owner, id)
	switch {
	case CodeOf(err) == NotFound || err == nil && !f.Mine:
		return false, errNoUpload
	case err != nil:
		return false, err
	case f.Uses > 0:
		return false, Errorf(Conflict, "this file was sent; delete the message")
	case stale && !b.s.staleFile(owner, f, b.now):
		return false, errInUse
	}
	return false, b.forget(owner, f)
}

var errInUse = Errorf(Conflict, "the upload is in use")
