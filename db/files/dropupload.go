package files

import (
	"context"

	"duologue/db/errs"
	"duologue/db/model"
)

// DropUpload gives up an upload of owner's, or a file that was not sent.
// Conflict for a file that was, NotFound for what is not there.
func (s *Files) DropUpload(ctx context.Context, owner model.ID, id string) error {
	return s.dropUpload(ctx, owner, id, false)
}

// DropStaleUpload is DropUpload for what did not go on for long; Locked and
// Conflict for what somebody is at or was since.
func (s *Files) DropStaleUpload(ctx context.Context, owner model.ID, id string) error {
	return s.dropUpload(ctx, owner, id, true)
}

// dropUpload gives up what is stale, or anything.
func (s *Files) dropUpload(ctx context.Context, owner model.ID, id string, stale bool) error {
	free, err := s.blobs.Lock(ctx, id, !stale)
	if err != nil {
		return err
	}
	defer free()
	arriving := false
	err = s.store.DoFreeing(context.WithoutCancel(ctx), 1024, func(b Batch) (err error) {
		arriving, err = s.dropUploadIn(b, owner, id, stale)
		return err
	})
	if err == nil && arriving { // not by the committer: it takes long for a large one
		s.blobs.RemoveUpload(id)
	}
	return errs.Unexpected(err)
}

func (s *Files) dropUploadIn(b Batch, owner model.ID, id string, stale bool) (arriving bool, err error) {
	r, err := uploadOf(b, owner, id)
	if err != nil {
		return false, err
	}
	if r != nil {
		if stale && !s.staleUpload(owner, r, b.Now()) {
			return false, errInUse
		}
		return true, s.endUpload(b, owner, id, r)
	}
	f, err := s.Find(b, owner, id)
	switch {
	case errs.CodeOf(err) == errs.NotFound || err == nil && !f.Mine:
		return false, errNoUpload
	case err != nil:
		return false, err
	case f.Uses > 0:
		return false, errs.Errorf(errs.Conflict, "this file was sent; delete the message")
	case stale && !s.staleFile(owner, f, b.Now()):
		return false, errInUse
	}
	return false, s.forget(b, owner, f)
}

var errInUse = errs.Errorf(errs.Conflict, "the upload is in use")
