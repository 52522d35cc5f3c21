package db

import (
	"os"

	"github.com/dgraph-io/badger/v4"

	"duologue/db/record"
)

// Bytes is an open file of a person's, or the thumbnail of one. Whoever got
// it closes Data; it can be read to its end whatever is deleted meanwhile.
type Bytes struct {
	File
	Data *os.File
	Size int64 // of Data
	Hash []byte
}

// OpenFile opens the bytes of owner's file; NotFound unless owner has a
// message that shows it, or uploaded it and has not sent it yet.
func (s *Store) OpenFile(owner ID, id string) (Bytes, error) {
	return s.openBytes(owner, id, func(r *record.File) []byte { return r.Hash })
}

// OpenThumb opens the thumbnail of owner's file; NotFound as for OpenFile, or
// when there is none. It stays when the file's own bytes are dropped.
func (s *Store) OpenThumb(owner ID, id string) (Bytes, error) {
	return s.openBytes(owner, id, func(r *record.File) []byte { return r.Thumb })
}

func (s *Store) openBytes(owner ID, id string, pick func(*record.File) []byte) (out Bytes, err error) {
	err = s.view(func(txn *badger.Txn) error {
		r, err := visibleFile(txn, owner, id, floorIn(txn, owner))
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
		return Bytes{}, internal(err)
	}
	if out.Data, err = os.Open(s.blobs.Path(out.Hash)); err != nil {
		if os.IsNotExist(err) { // deleted between the two
			return Bytes{}, errNoBytes
		}
		return Bytes{}, internal(err)
	}
	st, err := out.Data.Stat()
	if err != nil {
		out.Data.Close()
		return Bytes{}, internal(err)
	}
	out.Size = st.Size()
	return out, nil
}

var errNoBytes = Errorf(NotFound, "there is no such file")

// StoredFile is a file that a person's messages show, and where.
type StoredFile struct {
	File
	Made  int64
	Shown []Place
}

// Place is a message in the chat with somebody.
type Place struct {
	Who ID
	Seq uint64
}

// EachFile calls f with every file that owner's messages show.
func (s *Store) EachFile(owner ID, f func(StoredFile) error) error {
	return s.eachFile(owner, "", f)
}

// eachFile is EachFile for those whose id begins with a text.
func (s *Store) eachFile(owner ID, id string, f func(StoredFile) error) error {
	return internal(s.view(func(txn *badger.Txn) error {
		floors := map[ID]uint64{}
		floor := floorIn(txn, owner)
		var now StoredFile
		var failed error
		flush := func() {
			var r record.File
			if len(now.Shown) == 0 || failed != nil {
				return
			}
			found, err := get(txn, record.FileKey(owner, now.ID), &r)
			if failed = err; err == nil && found {
				failed = f(StoredFile{r.Model(), r.Made, now.Shown})
			}
		}
		usesOf(txn, owner, id, func(p place) bool {
			if p.id != now.ID {
				flush()
				now = StoredFile{File: File{ID: p.id}}
			}
			if _, known := floors[p.who]; !known && failed == nil {
				floors[p.who], failed = floor(p.who)
			}
			if p.seq > floors[p.who] {
				now.Shown = append(now.Shown, Place{p.who, p.seq})
			}
			return failed == nil
		})
		flush()
		return failed
	}))
}
