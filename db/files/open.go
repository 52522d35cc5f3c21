package files

import (
	"os"

	"duologue/db/errs"
	"duologue/db/kv"
	"duologue/db/model"
	"duologue/db/record"
)

// Bytes is an open file of a person's, or the thumbnail of one. Whoever got
// it closes Data; it can be read to its end whatever is deleted meanwhile.
type Bytes struct {
	model.File
	Data *os.File
	Size int64 // of Data
	Hash []byte
}

// OpenFile opens the bytes of owner's file; NotFound unless owner has a
// message that shows it, or uploaded it and has not sent it yet.
func (s *Files) OpenFile(owner model.ID, id string) (Bytes, error) {
	return s.openBytes(owner, id, func(r *record.File) []byte { return r.Hash })
}

// OpenThumb opens the thumbnail of owner's file; NotFound as for OpenFile, or
// when there is none. It stays when the file's own bytes are dropped.
func (s *Files) OpenThumb(owner model.ID, id string) (Bytes, error) {
	return s.openBytes(owner, id, func(r *record.File) []byte { return r.Thumb })
}

func (s *Files) openBytes(owner model.ID, id string, pick func(*record.File) []byte) (out Bytes, err error) {
	err = s.store.View(func(view kv.View) error {
		r, err := visibleFile(view, owner, id, floorIn(view, owner))
		if err != nil {
			return err
		}
		if r == nil || len(pick(r)) == 0 {
			return errNoBytes
		}
		out.File, out.Hash = r.Model(), pick(r)
		return nil
	})
	if err != nil {
		return Bytes{}, errs.Unexpected(err)
	}
	if out.Data, err = os.Open(s.blobs.Path(out.Hash)); err != nil {
		if os.IsNotExist(err) { // deleted between the two
			return Bytes{}, errNoBytes
		}
		return Bytes{}, errs.Unexpected(err)
	}
	st, err := out.Data.Stat()
	if err != nil {
		out.Data.Close()
		return Bytes{}, errs.Unexpected(err)
	}
	out.Size = st.Size()
	return out, nil
}

var errNoBytes = errs.Errorf(errs.NotFound, "there is no such file")

// StoredFile is a file that a person's messages show, and where.
type StoredFile struct {
	model.File
	Made  int64
	Shown []Place
}

// Place is a message in the chat with somebody.
type Place struct {
	Who model.ID
	Seq uint64
}

// EachFile calls f with every file that owner's messages show.
func (s *Files) EachFile(owner model.ID, f func(StoredFile) error) error {
	return s.eachFile(owner, "", f)
}

// eachFile is EachFile for those whose id begins with a text.
func (s *Files) eachFile(owner model.ID, id string, f func(StoredFile) error) error {
	return errs.Unexpected(s.store.View(func(view kv.View) error {
		floors := map[model.ID]uint64{}
		floor := floorIn(view, owner)
		var now StoredFile
		tell := func() error {
			var r record.File
			if len(now.Shown) == 0 {
				return nil
			}
			found, err := record.Get(view, record.FileKey(owner, now.ID), &r)
			if err == nil && found {
				err = f(StoredFile{r.Model(), r.Made, now.Shown})
			}
			return err
		}
		err := usesOf(view, owner, id, func(p place) (_ bool, err error) {
			if p.id != now.ID {
				if err := tell(); err != nil {
					return false, err
				}
				now = StoredFile{File: model.File{ID: p.id}}
			}
			if _, known := floors[p.who]; !known {
				if floors[p.who], err = floor(p.who); err != nil {
					return false, err
				}
			}
			if p.seq > floors[p.who] {
				now.Shown = append(now.Shown, Place{p.who, p.seq})
			}
			return true, nil
		})
		if err != nil {
			return err
		}
		return tell()
	}))
}
