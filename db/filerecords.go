package db

import (
	"crypto/sha256"
	"encoding"
	"hash"
)

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

// uploadRecord is an upload on its way. State is the hash of what arrived, so
// that nothing is ever read again for it.
type uploadRecord struct {
	Name    string `cbor:"1,keyasint,omitempty"`
	Type    string `cbor:"2,keyasint,omitempty"`
	Size    int64  `cbor:"3,keyasint"`
	Offset  int64  `cbor:"4,keyasint,omitempty"`
	State   []byte `cbor:"5,keyasint"`
	Picture bool   `cbor:"6,keyasint,omitempty"`
	Touched int64  `cbor:"7,keyasint"`
}

// sum gives the hash of what arrived, ready for more.
func (r *uploadRecord) sum() (hash.Hash, error) {
	h := sha256.New()
	return h, h.(encoding.BinaryUnmarshaler).UnmarshalBinary(r.State)
}

func stateOf(h hash.Hash) []byte { return must(h.(encoding.BinaryMarshaler).MarshalBinary()) }
