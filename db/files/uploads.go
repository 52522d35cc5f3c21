package files

import (
	"context"
	"crypto/sha256"
	"io"
	"unicode/utf8"

	"duologue/db/errs"
	"duologue/db/kv"
	"duologue/db/model"
	"duologue/db/record"
	"duologue/db/space"
)

// Upload is a file that arrives. It is whole when Offset is Size; until it is
// finished nothing can be done with it.
type Upload struct {
	ID      string
	Name    string
	Type    string // as the sender calls it
	Size    int64
	Offset  int64 // flushed up to here
	Picture bool  // sent to be looked at
	Done    bool  // it is a file now
}

// uploadFrom gives the record as it is told.
func uploadFrom(id string, r *record.Upload) Upload {
	return Upload{ID: id, Name: r.Name, Type: r.Type, Size: r.Size, Offset: r.Offset, Picture: r.Picture}
}

// CreateUpload begins an upload of owner's. TooBig over Options.MaxFile,
// Invalid for a bad name or for too many uploads at once, StorageFull where it
// has no room: on the disk, in owner's quota or below the cap of the host.
func (s *Files) CreateUpload(ctx context.Context, owner model.ID, u Upload) (Upload, error) {
	switch {
	case u.Size < 0:
		return Upload{}, errs.Errorf(errs.Invalid, "size: it is below 0")
	case s.o.MaxFile > 0 && u.Size > s.o.MaxFile:
		return Upload{}, errs.Errorf(errs.TooBig, "size: a file has at most %d bytes here", s.o.MaxFile)
	case len(u.Name) > model.MaxFileName || !utf8.ValidString(u.Name):
		return Upload{}, errs.Errorf(errs.Invalid, "filename: at most %d bytes of UTF-8", model.MaxFileName)
	case len(u.Type) > maxFileType || !utf8.ValidString(u.Type):
		return Upload{}, errs.Errorf(errs.Invalid, "filetype: at most %d bytes of UTF-8", maxFileType)
	}
	if err := s.space.Usable(); err != nil {
		return Upload{}, err
	}
	u.ID, u.Offset, u.Done = record.NewFileID(), 0, false
	// Making the file and referring to it are one for the clean-up.
	s.blobs.Placing.Lock()
	defer s.blobs.Placing.Unlock()
	if err := s.blobs.Write(s.blobs.Arriving(u.ID, ""), func(io.Writer) error { return nil }); err != nil {
		return Upload{}, diskError(err)
	}
	s.blobs.SyncDir(s.blobs.Arriving("", ""))
	err := s.store.Do(ctx, 1024, func(b Batch) error {
		if !b.Member(owner) {
			return errs.Errorf(errs.Unauthorized, "this person was removed")
		}
		if err := s.room(b, owner, u.Size); err != nil {
			return err
		}
		return s.putUpload(b, owner, u.ID, nil, &record.Upload{Name: u.Name, Type: u.Type, Size: u.Size,
			State: record.StateOf(sha256.New()), Picture: u.Picture})
	})
	if err != nil {
		if ctx.Err() == nil { // else it may have been made
			s.blobs.RemoveUpload(u.ID)
		}
		return Upload{}, errs.Unexpected(err)
	}
	return u, nil
}

// putUpload stores how far an upload is; was is nil for a new one.
func (s *Files) putUpload(b Batch, owner model.ID, id string, was, r *record.Upload) error {
	t, err := s.Totals(b)
	if err != nil {
		return err
	}
	if was == nil {
		was = &record.Upload{}
		t.Open[owner]++
	}
	t.By[owner] += r.Size - was.Size
	t.Arriving += r.Size - was.Size
	r.Touched = b.Now()
	b.Set(record.UploadKey(owner, id), record.Encode(r))
	return nil
}

// endUpload deletes it.
func (s *Files) endUpload(b Batch, owner model.ID, id string, r *record.Upload) error {
	t, err := s.Totals(b)
	if err != nil {
		return err
	}
	t.Open[owner]--
	t.By[owner] -= r.Size
	t.Arriving -= r.Size
	b.Delete(record.UploadKey(owner, id))
	return nil
}

// Upload tells how far an upload of owner's is; of a finished one that it is
// done. NotFound when there is none.
func (s *Files) Upload(owner model.ID, id string) (u Upload, err error) {
	err = s.store.View(func(view kv.View) error {
		r, err := uploadOf(view, owner, id)
		if err != nil {
			return err
		}
		if r != nil {
			u = uploadFrom(id, r)
			return nil
		}
		f, err := visibleFile(view, owner, id, floorIn(view, owner))
		if err != nil {
			return err
		}
		if f == nil || !f.Mine {
			return errNoUpload
		}
		u = Upload{ID: id, Name: f.Name, Type: f.Type, Size: f.Sent, Offset: f.Sent, Done: true}
		return nil
	})
	return u, errs.Unexpected(err)
}

var errNoUpload = errs.Errorf(errs.NotFound, "there is no such upload")

// uploadOf reads the record of an upload that is not finished, or nil.
func uploadOf(view kv.View, owner model.ID, id string) (*record.Upload, error) {
	var r record.Upload
	if !record.IsFileID(id) {
		return nil, nil
	}
	found, err := record.Get(view, record.UploadKey(owner, id), &r)
	if err != nil || !found {
		return nil, err
	}
	return &r, nil
}

// Append adds data at offset and gives the new offset, once both are on the
// disk. Conflict when offset is not where the upload is, Locked while another
// call is at it, TooBig beyond its size, StorageFull without room.
func (s *Files) Append(ctx context.Context, owner model.ID, id string, offset int64, data []byte) (int64, error) {
	if _, err := s.uploadRecord(owner, id); err != nil { // somebody else's is none, also while it is being written
		return 0, err
	}
	free, err := s.blobs.Lock(ctx, id, false)
	if err != nil {
		return 0, err
	}
	defer free()
	was, err := s.uploadRecord(owner, id)
	switch {
	case err != nil:
		return 0, err
	case offset != was.Offset:
		return 0, errs.Errorf(errs.Conflict, "offset: the upload is at %d", was.Offset)
	case int64(len(data)) > was.Size-was.Offset:
		return 0, errs.Errorf(errs.TooBig, "the upload has %d bytes", was.Size)
	case len(data) == 0:
		return offset, nil
	}
	if err := s.space.Fits(int64(len(data)), s.o.FileReserve); err != nil {
		return 0, err
	}
	h, err := was.Sum()
	if err != nil {
		return 0, errs.Unexpected(err)
	}
	h.Write(data)
	if err := s.blobs.Append(id, offset, data); err != nil {
		return 0, diskError(err)
	}
	now := *was
	now.Offset, now.State = offset+int64(len(data)), record.StateOf(h)
	// The next call may come only when it is known whether this is made.
	err = s.store.Do(context.WithoutCancel(ctx), 1024, func(b Batch) error { return s.putUpload(b, owner, id, was, &now) })
	if err != nil {
		return 0, errs.Unexpected(err)
	}
	return now.Offset, nil
}

// uploadRecord reads an upload, or NotFound.
func (s *Files) uploadRecord(owner model.ID, id string) (r *record.Upload, err error) {
	err = s.store.View(func(view kv.View) error {
		if r, err = uploadOf(view, owner, id); err == nil && r == nil {
			err = errNoUpload
		}
		return err
	})
	return r, errs.Unexpected(err)
}

// diskError tells a full disk from others.
func diskError(err error) error {
	if space.IsFull(err) {
		return errs.Wrap(errs.StorageFull, "the host's disk is full", err)
	}
	return errs.Wrap(errs.Internal, "the file cannot be written", err)
}
