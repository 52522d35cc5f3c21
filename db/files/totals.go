package files

import (
	"context"
	"errors"
	"slices"

	"duologue/db/errs"
	"duologue/db/kv"
	"duologue/db/model"
	"duologue/db/record"
)

// maxOpenUploads is how many uploads of one person may be on their way.
const maxOpenUploads = 50

// Sums add up what the files take. They belong to the committer and are
// derived from the store.
type Sums struct {
	All      int64              // bytes that are kept
	Arriving int64              // bytes of uploads, as they will be
	By       map[model.ID]int64 // what each person brought, uploads included
	Open     map[model.ID]int   // uploads
}

// Totals gives the sums as they are before what the caller is about to change.
func (s *Files) Totals(b Batch) (*Sums, error) {
	if s.sums == nil {
		t, err := totalsOf(b)
		if err != nil {
			return nil, err
		}
		s.sums = t
	}
	return s.sums, nil
}

func totalsOf(view kv.View) (*Sums, error) {
	t := &Sums{By: map[model.ID]int64{}, Open: map[model.ID]int{}}
	err := record.Scan(view, []byte{record.PrefixBlob}, func(_, val []byte) error {
		var r record.Blob
		err := record.Decode(val, &r)
		t.All += r.Size
		for _, id := range r.By {
			t.By[id] += r.Size
		}
		return err
	})
	return t, errs.First(err, record.Scan(view, []byte{record.PrefixUpload}, func(key, val []byte) error {
		var r record.Upload
		err := record.Decode(val, &r)
		t.By[record.OwnerOf(key)] += r.Size
		t.Open[record.OwnerOf(key)]++
		t.Arriving += r.Size
		return err
	}))
}

// room checks that owner may bring a file of so many bytes.
func (s *Files) room(b Batch, owner model.ID, size int64) error {
	t, err := s.Totals(b)
	if err != nil {
		return err
	}
	var limits Storage
	if _, err := record.Get(b, record.KeyStorage, &limits); err != nil {
		return err
	}
	switch quota := s.o.Quota; {
	case t.Open[owner] >= maxOpenUploads:
		return errs.Errorf(errs.Invalid, "at most %d uploads at once", maxOpenUploads)
	case quota > 0 && t.By[owner]+size > quota:
		return errs.Wrap(errs.StorageFull, "your files may take "+sizeText(quota)+" here", ErrQuota)
	case limits.Cap > 0 && t.All+t.Arriving+size > limits.Cap:
		return errs.Wrap(errs.StorageFull, "all files together may take "+sizeText(limits.Cap)+" here", ErrCap)
	}
	// What others have yet to send is not set aside: announcing a file would
	// keep everybody else from sending one. Each part is held against the disk.
	return s.space.Fits(size, s.o.FileReserve)
}

// The limits that a file can be beyond, as causes of StorageFull; without one
// it is the disk.
var (
	ErrQuota = errors.New("beyond a person's quota")
	ErrCap   = errors.New("beyond the cap on all files")
)

// Storage are the owner's limits for the files of all: Cap is what they may
// take, Warn from where on the owner is told; bytes, 0 is none.
type Storage struct {
	Cap  int64 `cbor:"1,keyasint,omitempty"`
	Warn int64 `cbor:"2,keyasint,omitempty"`
}

// SetStorage sets them. What is there already stays, whatever it takes.
func (s *Files) SetStorage(ctx context.Context, limits Storage) error {
	if limits.Cap < 0 || limits.Warn < 0 {
		return errs.Errorf(errs.Invalid, "cap, warn: not below 0")
	}
	return errs.Unexpected(s.store.Do(ctx, 128, func(b Batch) error {
		b.Set(record.KeyStorage, record.Encode(limits))
		return nil
	}))
}

// StorageTotals are the sums for the whole host. Coming is what uploads on
// their way have yet to bring: the cap counts it.
type StorageTotals struct {
	Storage
	Used, Coming, Free int64
}

// StorageTotals adds up the files of all.
func (s *Files) StorageTotals() (out StorageTotals, err error) {
	err = s.store.View(func(view kv.View) error {
		if _, err := record.Get(view, record.KeyStorage, &out.Storage); err != nil {
			return err
		}
		t, err := totalsOf(view)
		if err != nil {
			return err
		}
		out.Used, out.Coming = t.All, t.Arriving
		return record.Scan(view, []byte{record.PrefixUpload}, func(_, val []byte) error {
			var r record.Upload
			err := record.Decode(val, &r)
			out.Used += r.Offset
			out.Coming -= r.Offset
			return err
		})
	})
	if free, e := s.space.Left(); e == nil {
		out.Free = max(free-s.o.FileReserve, 0)
	}
	return out, errs.Unexpected(err)
}

// Charged is what a person brought and the host keeps, in bytes.
func (s *Files) Charged(id model.ID) (sum int64, err error) {
	err = s.store.View(func(view kv.View) error {
		err := record.Scan(view, []byte{record.PrefixBlob}, func(_, val []byte) error {
			var r record.Blob
			err := record.Decode(val, &r)
			if slices.Contains(r.By, id) {
				sum += r.Size
			}
			return err
		})
		return errs.First(err, record.Scan(view, record.OwnerKey(record.PrefixUpload, id), func(_, val []byte) error {
			var r record.Upload
			err := record.Decode(val, &r)
			sum += r.Size
			return err
		}))
	})
	return sum, errs.Unexpected(err)
}
