package record

import (
	"crypto/sha256"
	"encoding"
	"hash"

	"duologue/db/model"
)

type (
	// FileLine is a file inside a message.
	FileLine struct {
		ID     string `cbor:"1,keyasint"`
		Name   string `cbor:"2,keyasint,omitempty"`
		Size   int64  `cbor:"3,keyasint,omitempty"`
		Type   string `cbor:"4,keyasint,omitempty"`
		Width  int    `cbor:"5,keyasint,omitempty"`
		Height int    `cbor:"6,keyasint,omitempty"`
		Flags  uint8  `cbor:"7,keyasint,omitempty"`
	}

	// File is one person's reference to a file. It counts once for its
	// bytes and once for its thumbnail, however many messages show it. Uses
	// counts those; while it is 0 the file was not sent yet. Made is when it
	// was made, or sent last.
	File struct {
		FileLine
		Hash  []byte `cbor:"8,keyasint,omitempty"` // of the bytes; empty when they are gone
		Thumb []byte `cbor:"9,keyasint,omitempty"` // of the thumbnail's
		Uses  uint64 `cbor:"10,keyasint,omitempty"`
		Made  int64  `cbor:"11,keyasint,omitempty"`
		Mine  bool   `cbor:"12,keyasint,omitempty"` // owner uploaded it …
		Sent  int64  `cbor:"13,keyasint,omitempty"` // … with so many bytes
	}

	// Blob counts who refers to some bytes. By are those who brought
	// them; they are charged for as long as the bytes are kept for anybody.
	Blob struct {
		Refs uint64     `cbor:"1,keyasint"`
		Size int64      `cbor:"2,keyasint"`
		By   []model.ID `cbor:"3,keyasint,omitempty"`
	}
)

const (
	FlagThumb = 1 << iota
	FlagPicture
	FlagGone
)

// FileLineOf gives a file as a message keeps it.
func FileLineOf(f *model.File) FileLine {
	return FileLine{ID: f.ID, Name: f.Name, Size: f.Size, Type: f.Type, Width: f.Width, Height: f.Height,
		Flags: flags(f.Thumb, f.Picture, f.Gone)}
}

// Model gives the line as it is told.
func (l *FileLine) Model() model.File {
	return model.File{ID: l.ID, Name: l.Name, Size: l.Size, Type: l.Type, Width: l.Width, Height: l.Height,
		Thumb: l.Flags&FlagThumb != 0, Picture: l.Flags&FlagPicture != 0, Gone: l.Flags&FlagGone != 0}
}

// Upload is an upload on its way. State is the hash of what arrived, so
// that nothing is ever read again for it.
type Upload struct {
	Name    string `cbor:"1,keyasint,omitempty"`
	Type    string `cbor:"2,keyasint,omitempty"`
	Size    int64  `cbor:"3,keyasint"`
	Offset  int64  `cbor:"4,keyasint,omitempty"`
	State   []byte `cbor:"5,keyasint"`
	Picture bool   `cbor:"6,keyasint,omitempty"`
	Touched int64  `cbor:"7,keyasint"`
}

// Sum gives the hash of what arrived, ready for more.
func (r *Upload) Sum() (hash.Hash, error) {
	h := sha256.New()
	return h, h.(encoding.BinaryUnmarshaler).UnmarshalBinary(r.State)
}

// StateOf gives what Upload.State keeps of the hash of what arrived.
func StateOf(h hash.Hash) []byte { return must(h.(encoding.BinaryMarshaler).MarshalBinary()) }
