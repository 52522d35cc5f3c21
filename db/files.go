package db

import (
	"crypto/rand"
	"strings"

	"github.com/dgraph-io/badger/v4"
)

// maxFileType is the length of a file's type, in bytes.
const maxFileType = 127

// fileIDLen is the length of an id: 130 random bits.
const fileIDLen = 26

func newFileID() string { return rand.Text()[:fileIDLen] }

func isFileID(id string) bool {
	return len(id) == fileIDLen && strings.Trim(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == ""
}

type (
	// fileLine is a file inside a message.
	fileLine struct {
		ID     string `cbor:"1,keyasint"`
		Name   string `cbor:"2,keyasint,omitempty"`
		Size   int64  `cbor:"3,keyasint,omitempty"`
		Type   string `cbor:"4,keyasint,omitempty"`
		Width  int    `cbor:"5,keyasint,omitempty"`
		Height int    `cbor:"6,keyasint,omitempty"`
		Flags  uint8  `cbor:"7,keyasint,omitempty"`
	}

	// fileRecord is one person's reference to a file. It counts once for its
	// bytes and once for its thumbnail, however many messages show it. Uses
	// counts those; while it is 0 the file was not sent yet. Made is when it
	// was made, or sent last.
	fileRecord struct {
		fileLine
		Hash  []byte `cbor:"8,keyasint,omitempty"` // of the bytes; empty when they are gone
		Thumb []byte `cbor:"9,keyasint,omitempty"` // of the thumbnail's
		Uses  uint64 `cbor:"10,keyasint,omitempty"`
		Made  int64  `cbor:"11,keyasint,omitempty"`
		Mine  bool   `cbor:"12,keyasint,omitempty"` // owner uploaded it …
		Sent  int64  `cbor:"13,keyasint,omitempty"` // … with so many bytes
	}

	// blobRecord counts who refers to some bytes. By are those who brought
	// them; they are charged for as long as the bytes are kept for anybody.
	blobRecord struct {
		Refs uint64 `cbor:"1,keyasint"`
		Size int64  `cbor:"2,keyasint"`
		By   []ID   `cbor:"3,keyasint,omitempty"`
	}
)

const (
	fileThumb = 1 << iota
	filePicture
	fileGone
)

func lineOf(f *File) fileLine {
	return fileLine{ID: f.ID, Name: f.Name, Size: f.Size, Type: f.Type, Width: f.Width, Height: f.Height,
		Flags: flags(f.Thumb, f.Picture, f.Gone)}
}

func (l *fileLine) file() File {
	return File{ID: l.ID, Name: l.Name, Size: l.Size, Type: l.Type, Width: l.Width, Height: l.Height,
		Thumb: l.Flags&fileThumb != 0, Picture: l.Flags&filePicture != 0, Gone: l.Flags&fileGone != 0}
}

// visibleFile finds owner's file when owner may have it now: one that is not sent
// yet, or one that a message shows which is not deleted. Else it is nil.
func visibleFile(txn *badger.Txn, owner ID, id string, floor func(who ID) (uint64, error)) (*fileRecord, error) {
	if !isFileID(id) {
		return nil, nil
	}
	var r fileRecord
	if found, err := get(txn, fileKey(owner, id), &r); err != nil || !found {
		return nil, err
	}
	if r.Uses == 0 {
		return &r, nil
	}
	var failed error
	shown := false
	usesOf(txn, owner, id, func(p place) bool {
		f, err := floor(p.who)
		failed, shown = err, p.seq > f
		return err == nil && !shown
	})
	if failed != nil || !shown {
		return nil, failed
	}
	return &r, nil
}

// floorIn answers up to where owner's copies of a chat are deleted.
func floorIn(txn *badger.Txn, owner ID) func(ID) (uint64, error) {
	return func(who ID) (uint64, error) {
		var r chatRecord
		_, err := get(txn, pairKey(prefixChat, owner, who), &r)
		return r.Floor, err
	}
}

// file gives owner's file to a batch, or NotFound.
func (b *batch) file(owner ID, id string) (*fileRecord, error) {
	r, err := visibleFile(b.txn, owner, id, func(who ID) (uint64, error) {
		c, err := b.chat(owner, who)
		if err != nil {
			return 0, err
		}
		return c.Floor, nil
	})
	if err == nil && (r == nil || len(r.Hash) == 0) {
		err = errNoFile
	}
	return r, err
}

var errNoFile = Errorf(NotFound, "files: there is no such file")
