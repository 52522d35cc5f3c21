package files

import (
	"context"
	"crypto/sha256"
	"io"
	"os"

	"duologue/db/errs"
	"duologue/db/model"
	"duologue/db/record"
)

// Made is what was found out about a whole upload.
type Made struct {
	Type          string
	Width, Height int
	// Clean, when not nil, writes the bytes that are kept instead of those
	// that arrived; Thumb is the picture's thumbnail, if there is one.
	Clean   func(io.Writer) error
	Picture bool
	Thumb   []byte
}

// Finish makes a file of a whole upload of owner's: look is given its bytes
// and answers what they are, or an error that leaves all as it is. A finished upload is answered as it is. Conflict
// when it is not whole, NotFound when it is not there.
func (s *Files) Finish(ctx context.Context, owner model.ID, id string, look func(*os.File, Upload) (Made, error)) (Upload, error) {
	free, err := s.blobs.Lock(ctx, id, true)
	if err != nil {
		return Upload{}, err
	}
	defer free()
	u, err := s.Upload(owner, id)
	if err != nil || u.Done {
		return u, err
	}
	r, err := s.uploadRecord(owner, id)
	if err != nil {
		return u, err
	}
	if r.Offset != r.Size {
		return u, errs.Errorf(errs.Conflict, "the upload is not whole")
	}
	src, err := os.Open(s.blobs.Arriving(id, ""))
	if err != nil {
		return u, diskError(err)
	}
	f, err := s.prepare(src, r, id, look)
	src.Close()
	if err == nil {
		err = s.placeFile(ctx, owner, id, r, f)
	}
	if err != nil {
		return u, errs.Unexpected(err)
	}
	s.blobs.RemoveUpload(id)
	return s.Upload(owner, id)
}

// ready is a file whose bytes wait, flushed, to be put to their place.
type ready struct {
	record.File
	from  string // of the bytes
	thumb string // of the thumbnail; empty without one
	sizes [2]int64
}

// prepare writes down what is kept of an upload.
func (s *Files) prepare(src *os.File, r *record.Upload, id string, look func(*os.File, Upload) (Made, error)) (*ready, error) {
	if err := s.space.Usable(); err != nil {
		return nil, err
	}
	// Bytes behind the end are of a call that a crash cut off.
	if err := os.Truncate(src.Name(), r.Size); err != nil {
		return nil, diskError(err)
	}
	h, err := r.Sum()
	if err != nil {
		return nil, err
	}
	made, err := look(src, uploadFrom(id, r))
	if err != nil {
		return nil, err
	}
	f := &ready{from: src.Name()}
	f.File = record.File{FileLine: record.FileLineOf(&model.File{ID: id, Name: r.Name, Size: r.Size, Type: made.Type, Width: made.Width,
		Height: made.Height, Thumb: len(made.Thumb) > 0, Picture: made.Picture}),
		Hash: h.Sum(nil), Mine: true, Sent: r.Size}
	if made.Clean != nil { // for a moment there are both
		if err := s.space.Fits(r.Size, s.o.FileReserve); err != nil {
			return nil, err
		}
		f.from = s.blobs.Arriving(id, ".clean")
		if f.Hash, f.Size, err = s.hashed(f.from, made.Clean); err != nil {
			return nil, err
		}
	}
	if len(made.Thumb) > 0 {
		f.thumb = s.blobs.Arriving(id, ".thumb")
		f.Thumb, f.sizes[1], err = s.hashed(f.thumb, func(w io.Writer) error {
			_, err := w.Write(made.Thumb)
			return err
		})
	}
	f.sizes[0] = f.Size
	return f, err
}

// hashed writes a file and gives its hash and size.
func (s *Files) hashed(path string, f func(io.Writer) error) (sum []byte, size int64, err error) {
	h := sha256.New()
	err = s.blobs.Write(path, func(w io.Writer) error { return f(io.MultiWriter(w, h, (*counter)(&size))) })
	if err != nil {
		return nil, 0, diskError(err)
	}
	return h.Sum(nil), size, nil
}

type counter int64

func (c *counter) Write(b []byte) (int, error) {
	*c += counter(len(b))
	return len(b), nil
}

// placeFile puts the bytes to their place and makes the file.
func (s *Files) placeFile(ctx context.Context, owner model.ID, id string, r *record.Upload, f *ready) error {
	s.blobs.Placing.Lock()
	defer s.blobs.Placing.Unlock()
	moved, err := s.blobs.Put(f.from, f.Hash)
	if err == nil && f.thumb != "" {
		_, err = s.blobs.Put(f.thumb, f.File.Thumb)
	}
	if err != nil {
		err = diskError(err)
	} else {
		// Whether it is made has to be known here, so nothing cuts the wait short.
		err = s.store.Do(context.WithoutCancel(ctx), 2048, func(b Batch) error { return s.finish(b, owner, id, r, f) })
	}
	// As it was, for the next try. After a flush that failed nobody knows what
	// is on the disk: then the next start sees to it.
	if err != nil && !s.store.Poisoned() {
		if moved && f.from == s.blobs.Arriving(id, "") {
			os.Rename(s.blobs.Path(f.Hash), f.from)
		}
		s.blobs.Discard(f.Hash)
		s.blobs.Discard(f.File.Thumb)
	}
	return err
}

func (s *Files) finish(b Batch, owner model.ID, id string, r *record.Upload, f *ready) error {
	if !b.Member(owner) {
		return errs.Errorf(errs.Unauthorized, "this person was removed")
	}
	if err := s.endUpload(b, owner, id, r); err != nil {
		return err
	}
	f.Made = b.Now()
	if err := s.refer(b, f.Hash, f.sizes[0], owner); err != nil {
		return err
	}
	if len(f.File.Thumb) > 0 {
		if err := s.refer(b, f.File.Thumb, f.sizes[1], 0); err != nil {
			return err
		}
	}
	b.Set(record.FileKey(owner, id), record.Encode(&f.File))
	return nil
}
