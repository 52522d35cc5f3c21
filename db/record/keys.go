package record

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"strings"

	"duologue/db/model"
)

// The keys. Every part has a fixed width and is big-endian, so that keys sort
// as their numbers do; the letter comes first and the owner next, so that
// everything of one kind that belongs to one person is one range, and a key
// says whose it is.
//
//	g ‖ name                        the store: schema, epoch, instance, join code, last chat id, the cap on files
//	p ‖ person:4                    a person
//	s ‖ person:4 ‖ hash:32          a session, by the hash of its secret
//	l ‖ person:4 ‖ hash:32          a one-time link, by the hash of its secret
//	q ‖ low:4 ‖ high:4              a pair: the last seq
//	c ‖ owner:4 ‖ who:4             owner's chat with who, also when it is deleted
//	d ‖ owner:4 ‖ who:4             the draft in it; missing when empty
//	m ‖ owner:4 ‖ who:4 ‖ seq:8     owner's copy of a message
//	i ‖ owner:4 ‖ hash:16           what owner sent under a cid, by its hash; kept for ever
//	e ‖ owner:4 ‖ ev:8              a run of owner's event log that ends with ev
//	k ‖ owner:4                     how far owner's devices hold the event log
//	x ‖ owner:4 ‖ who:4             copies that wait for the purge, up to a seq
//	u ‖ owner:4 ‖ id:26             an upload that is not whole yet
//	f ‖ owner:4 ‖ id:26             owner's reference to a file
//	r ‖ owner:4 ‖ id:26 ‖ who:4 ‖ seq:8   a copy of owner's that shows it; no value
//	b ‖ hash:32                     bytes in the folder of files: who refers to them
//
// A run of the event log covers one person's events of one transaction: keys
// are what a transaction costs. Values are CBOR behind a version byte; a copy
// of a message carries the owner's ev between the two.
const (
	prefixMeta    = 'g'
	PrefixPerson  = 'p'
	PrefixSession = 's'
	PrefixLink    = 'l'
	PrefixPair    = 'q'
	PrefixChat    = 'c'
	PrefixDraft   = 'd'
	PrefixMessage = 'm'
	PrefixCID     = 'i'
	PrefixEvent   = 'e'
	PrefixGot     = 'k'
	PrefixPurge   = 'x'
	PrefixUpload  = 'u'
	PrefixFile    = 'f'
	PrefixUse     = 'r'
	PrefixBlob    = 'b'
)

var (
	KeySchema   = []byte{prefixMeta, 's'}
	KeyEpoch    = []byte{prefixMeta, 'e'}
	KeyInstance = []byte{prefixMeta, 'i'}
	KeyJoinCode = []byte{prefixMeta, 'j'}
	KeyLastChat = []byte{prefixMeta, 'c'}
	KeyStorage  = []byte{prefixMeta, 'f'}
)

// OwnerKey is prefix ‖ id; also the range of everything of that kind that id owns.
func OwnerKey(prefix byte, id model.ID) []byte {
	return binary.BigEndian.AppendUint32(append(make([]byte, 0, 24), prefix), uint32(id))
}

// PairKey is prefix ‖ a ‖ b: a pair, a chat, a draft, a purge, or the range of
// the messages of one chat.
func PairKey(prefix byte, a, b model.ID) []byte {
	return binary.BigEndian.AppendUint32(OwnerKey(prefix, a), uint32(b))
}

// MessageKey is that of owner's copy of a message.
func MessageKey(owner, who model.ID, seq uint64) []byte {
	return binary.BigEndian.AppendUint64(PairKey(PrefixMessage, owner, who), seq)
}

// EventKey is that of the run of owner's event log that ends with ev.
func EventKey(owner model.ID, ev uint64) []byte {
	return binary.BigEndian.AppendUint64(OwnerKey(PrefixEvent, owner), ev)
}

// CIDKey is that of what owner sent under a cid.
func CIDKey(owner model.ID, cid string) []byte {
	sum := sha256.Sum256([]byte(cid))
	return append(OwnerKey(PrefixCID, owner), sum[:16]...)
}

// SecretKey is prefix ‖ owner ‖ hash: a session or a one-time link.
func SecretKey(prefix byte, owner model.ID, sum [32]byte) []byte {
	return append(OwnerKey(prefix, owner), sum[:]...)
}

// FileKey is that of owner's reference to a file.
func FileKey(owner model.ID, id string) []byte { return append(OwnerKey(PrefixFile, owner), id...) }

// UploadKey is that of an upload of owner's that is not whole yet.
func UploadKey(owner model.ID, id string) []byte { return append(OwnerKey(PrefixUpload, owner), id...) }

// UseKey is that of a copy of owner's that shows a file.
func UseKey(owner model.ID, id string, who model.ID, seq uint64) []byte {
	key := append(OwnerKey(PrefixUse, owner), id...)
	return binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint32(key, uint32(who)), seq)
}

// UseOf reads the message out of the end of such a key.
func UseOf(key []byte) (who model.ID, seq uint64) {
	return model.ID(binary.BigEndian.Uint32(key[len(key)-12:])), LastNumber(key)
}

// FileIDOf reads the id of a file out of its key, or out of that of a use.
func FileIDOf(key []byte) string { return string(key[5 : 5+fileIDLen]) }

// BlobKey is that of bytes in the folder of files, by their SHA-256.
func BlobKey(hash []byte) []byte { return append([]byte{PrefixBlob}, hash...) }

// OwnerOf reads the owner out of a key.
func OwnerOf(key []byte) model.ID { return model.ID(binary.BigEndian.Uint32(key[1:5])) }

// LastNumber reads the number at the end of a message or an event key.
func LastNumber(key []byte) uint64 { return binary.BigEndian.Uint64(key[len(key)-8:]) }

// LastID reads the person at the end of a chat or a purge key.
func LastID(key []byte) model.ID { return model.ID(binary.BigEndian.Uint32(key[len(key)-4:])) }

// fileIDLen is the length of an id: 130 random bits.
const fileIDLen = 26

// NewFileID makes the id of an upload, which the file keeps.
func NewFileID() string { return rand.Text()[:fileIDLen] }

// IsFileID reports whether a text can name a file.
func IsFileID(id string) bool {
	return len(id) == fileIDLen && strings.Trim(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == ""
}
