package record

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/fxamacker/cbor/v2"

	"duologue/db/model"
)

// recordVersion stands in front of every value, one number for all records.
// Decode and DecodeCopy refuse any other.
const recordVersion = 1

// Schema numbers the layout of keys and records as a whole.
const Schema = 1

// ErrUnreadable is the cause when a value is not what its key promises.
var ErrUnreadable = errors.New("record cannot be read")

// The stored records. Numbers name the fields, so that a field may be added and
// an absent one costs nothing. That does not hold for those marked toarray,
// which are written most: their fields are found by place, and one more takes a
// new version.
type (
	Person struct {
		Name     string `cbor:"1,keyasint"`
		Joined   int64  `cbor:"2,keyasint"`
		Seen     int64  `cbor:"3,keyasint,omitempty"`
		Removed  bool   `cbor:"4,keyasint,omitempty"`
		Silent   bool   `cbor:"5,keyasint,omitempty"` // no read receipts
		Password string `cbor:"6,keyasint,omitempty"`
	}

	Session struct {
		Device  string `cbor:"1,keyasint"`
		Created int64  `cbor:"2,keyasint"`
		Seen    int64  `cbor:"3,keyasint"`
	}

	Link struct {
		Expires int64  `cbor:"1,keyasint"`
		Session string `cbor:"2,keyasint,omitempty"` // the id of its person's session that made it
	}

	Chat struct {
		ID       uint64 `cbor:"1,keyasint"`
		New      int    `cbor:"2,keyasint,omitempty"`
		Read     uint64 `cbor:"3,keyasint,omitempty"`
		PeerGot  uint64 `cbor:"4,keyasint,omitempty"`
		PeerRead uint64 `cbor:"5,keyasint,omitempty"`
		Last     uint64 `cbor:"6,keyasint,omitempty"` // seq of the newest copy
		Date     int64  `cbor:"7,keyasint"`           // its date, or the chat's own
		Created  int64  `cbor:"8,keyasint"`
		Floor    uint64 `cbor:"9,keyasint,omitempty"` // copies up to here are deleted
		Deleted  bool   `cbor:"10,keyasint,omitempty"`
		Pinned   bool   `cbor:"11,keyasint,omitempty"`
		Muted    bool   `cbor:"12,keyasint,omitempty"`
		Marked   bool   `cbor:"13,keyasint,omitempty"`
	}

	message struct {
		CID      string     `cbor:"1,keyasint"`
		User     model.ID   `cbor:"2,keyasint"`
		Name     string     `cbor:"3,keyasint"`
		Date     int64      `cbor:"4,keyasint"`
		Content  string     `cbor:"5,keyasint,omitempty"`
		Reply    *quote     `cbor:"6,keyasint,omitempty"`
		Edited   int64      `cbor:"7,keyasint,omitempty"`
		Recalled bool       `cbor:"8,keyasint,omitempty"`
		Files    []FileLine `cbor:"9,keyasint,omitempty"`
		Device   string     `cbor:"10,keyasint,omitempty"`
		Session  string     `cbor:"11,keyasint,omitempty"`
	}

	quote struct {
		Seq     uint64   `cbor:"1,keyasint"`
		User    model.ID `cbor:"2,keyasint"`
		Content string   `cbor:"3,keyasint,omitempty"`
	}

	// CID is what a repeat needs: the first answer, and whether it is
	// the same message.
	CID struct {
		_    struct{} `cbor:",toarray"`
		Who  model.ID
		Seq  uint64
		Ev   uint64
		Date int64
		Sum  []byte // 16 bytes over what was sent
	}

	// LogEntry is one event as it is kept: what it is about and the chat's
	// numbers as they were. Texts are joined when it is read, so that the log
	// never gives out what was recalled or deleted since.
	LogEntry struct {
		_    struct{} `cbor:",toarray"`
		Kind LogKind
		Who  model.ID
		Seq  uint64
		Chat *ChatLine
	}

	ChatLine struct {
		_                      struct{} `cbor:",toarray"`
		ID                     uint64
		New                    int
		Read, PeerGot, PeerTop uint64 // PeerTop: the other side's read mark
		Date                   int64
		Flags                  uint8
	}
)

// LogKind is the stored form of Kind. A message is told apart by who wrote it
// because delivery marks concern only those of the other side.
type LogKind uint8

const (
	LogSent LogKind = iota + 1
	LogReceived
	LogChanged
	LogRemoved
	LogChat
	LogChatDeleted
	LogPerson
	LogPersonRemoved
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

var (
	encMode = must(cbor.EncOptions{}.EncMode())
	decMode = must(cbor.DecOptions{
		DupMapKey:   cbor.DupMapKeyEnforcedAPF,
		IndefLength: cbor.IndefLengthForbidden,
		TagsMd:      cbor.TagsForbidden,
		// A batch of the committer bounds a run of the log.
		MaxArrayElements: 1 << 20,
	}.DecMode())
)

// Encode gives the stored form of a record of this package.
func Encode(v any) []byte {
	body, err := encMode.Marshal(v)
	if err != nil { // a record type that CBOR can't hold: a mistake in this file
		panic(fmt.Errorf("encode %T: %w", v, err))
	}
	return append(append(make([]byte, 0, len(body)+1), recordVersion), body...)
}

// Decode reads a stored value into the record v, or answers ErrUnreadable.
func Decode(value []byte, v any) error {
	if len(value) == 0 || value[0] != recordVersion {
		return fmt.Errorf("%w: %T of version %x", ErrUnreadable, v, value[:min(1, len(value))])
	}
	if err := decMode.Unmarshal(value[1:], v); err != nil {
		return fmt.Errorf("%w: %T: %w", ErrUnreadable, v, err)
	}
	return nil
}

const copyHeader = 1 + 8 // version, the owner's ev

// EncodeMessage gives the body that both copies share.
func EncodeMessage(m *model.Message) []byte {
	r := message{CID: m.CID, User: m.User, Name: m.Name, Date: m.Date,
		Content: m.Content, Edited: m.Edited, Recalled: m.Recalled, Device: m.Device, Session: m.Session}
	if m.Reply != nil {
		r.Reply = &quote{m.Reply.Seq, m.Reply.User, m.Reply.Content}
	}
	for i := range m.Files {
		r.Files = append(r.Files, FileLineOf(&m.Files[i]))
	}
	return must(encMode.Marshal(r))
}

// CopyValue is one person's copy: the shared body behind that person's ev.
func CopyValue(ev uint64, body []byte) []byte {
	v := append(make([]byte, 0, copyHeader+len(body)), recordVersion)
	return append(binary.BigEndian.AppendUint64(v, ev), body...)
}

// DecodeCopy reads a copy; ev is the place of its arrival in the owner's log.
func DecodeCopy(seq uint64, value []byte) (m *model.Message, ev uint64, err error) {
	if len(value) < copyHeader || value[0] != recordVersion {
		return nil, 0, fmt.Errorf("%w: message", ErrUnreadable)
	}
	var r message
	if err := decMode.Unmarshal(value[copyHeader:], &r); err != nil {
		return nil, 0, fmt.Errorf("%w: message: %w", ErrUnreadable, err)
	}
	m = &model.Message{Seq: seq, CID: r.CID, User: r.User, Name: r.Name, Date: r.Date,
		Content: r.Content, Edited: r.Edited, Recalled: r.Recalled, Device: r.Device, Session: r.Session}
	if r.Reply != nil {
		m.Reply = &model.Quote{Seq: r.Reply.Seq, User: r.Reply.User, Content: r.Reply.Content}
	}
	for i := range r.Files {
		m.Files = append(m.Files, r.Files[i].Model())
	}
	return m, CopyEv(value), nil
}

// CopyEv reads the owner's ev alone.
func CopyEv(value []byte) uint64 { return binary.BigEndian.Uint64(value[1:copyHeader]) }

const (
	flagPinned = 1 << iota
	flagMuted
	flagMarked
)

// Line gives the chat's numbers as the log keeps them.
func (r *Chat) Line() *ChatLine {
	return &ChatLine{ID: r.ID, New: r.New, Read: r.Read, PeerGot: r.PeerGot, PeerTop: r.PeerRead, Date: r.Date,
		Flags: flags(r.Pinned, r.Muted, r.Marked)}
}

// flags packs what is set into bits, the first into the lowest.
func flags(set ...bool) (bits uint8) {
	for i, on := range set {
		if on {
			bits |= 1 << i
		}
	}
	return bits
}

// Model gives the line as a Chat without draft and last message.
func (l *ChatLine) Model(owner, who model.ID) *model.Chat {
	return &model.Chat{ID: l.ID, User: owner, Who: who, New: l.New, Read: l.Read, PeerGot: l.PeerGot,
		PeerRead: l.PeerTop, Date: l.Date, Pinned: l.Flags&flagPinned != 0,
		Muted: l.Flags&flagMuted != 0, Marked: l.Flags&flagMarked != 0}
}

// Model gives the record as a Chat without draft and last message.
func (r *Chat) Model(owner, who model.ID) *model.Chat {
	return &model.Chat{ID: r.ID, User: owner, Who: who, New: r.New, Read: r.Read, PeerGot: r.PeerGot,
		PeerRead: r.PeerRead, Date: r.Date, Pinned: r.Pinned, Muted: r.Muted, Marked: r.Marked}
}

// Model gives the record as a Person.
func (r *Person) Model(id model.ID) model.Person {
	return model.Person{ID: id, Name: r.Name, Joined: r.Joined, Seen: r.Seen, Removed: r.Removed,
		Receipts: !r.Silent, Password: r.Password}
}

// PersonOf gives a person as it is kept.
func PersonOf(p model.Person) Person {
	return Person{p.Name, p.Joined, p.Seen, p.Removed, !p.Receipts, p.Password}
}
