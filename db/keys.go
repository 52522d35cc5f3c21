package db

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"strings"
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
	prefixPerson  = 'p'
	prefixSession = 's'
	prefixLink    = 'l'
	prefixPair    = 'q'
	prefixChat    = 'c'
	prefixDraft   = 'd'
	prefixMessage = 'm'
	prefixCID     = 'i'
	prefixEvent   = 'e'
	prefixGot     = 'k'
	prefixPurge   = 'x'
	prefixUpload  = 'u'
	prefixFile    = 'f'
	prefixUse     = 'r'
	prefixBlob    = 'b'
)

var (
	keySchema   = []byte{prefixMeta, 's'}
	keyEpoch    = []byte{prefixMeta, 'e'}
	keyInstance = []byte{prefixMeta, 'i'}
	keyJoinCode = []byte{prefixMeta, 'j'}
	keyLastChat = []byte{prefixMeta, 'c'}
	keyStorage  = []byte{prefixMeta, 'f'}
)

// ownerKey is prefix ‖ id; also the range of everything of that kind that id owns.
func ownerKey(prefix byte, id ID) []byte {
	return binary.BigEndian.AppendUint32(append(make([]byte, 0, 24), prefix), uint32(id))
}

// pairKey is prefix ‖ a ‖ b: a pair, a chat, a draft, a purge, or the range of
// the messages of one chat.
func pairKey(prefix byte, a, b ID) []byte {
	return binary.BigEndian.AppendUint32(ownerKey(prefix, a), uint32(b))
}

func messageKey(owner, who ID, seq uint64) []byte {
	return binary.BigEndian.AppendUint64(pairKey(prefixMessage, owner, who), seq)
}

func eventKey(owner ID, ev uint64) []byte {
	return binary.BigEndian.AppendUint64(ownerKey(prefixEvent, owner), ev)
}

func cidKey(owner ID, cid string) []byte {
	sum := sha256.Sum256([]byte(cid))
	return append(ownerKey(prefixCID, owner), sum[:16]...)
}

func secretKey(prefix byte, owner ID, sum [32]byte) []byte {
	return append(ownerKey(prefix, owner), sum[:]...)
}

func fileKey(owner ID, id string) []byte { return append(ownerKey(prefixFile, owner), id...) }

func uploadKey(owner ID, id string) []byte { return append(ownerKey(prefixUpload, owner), id...) }

func useKey(owner ID, id string, who ID, seq uint64) []byte {
	key := append(ownerKey(prefixUse, owner), id...)
	return binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint32(key, uint32(who)), seq)
}

// useOf reads the message out of the end of such a key.
func useOf(key []byte) (who ID, seq uint64) {
	return ID(binary.BigEndian.Uint32(key[len(key)-12:])), lastNumber(key)
}

// idOf reads the id of a file out of its key, or out of that of a use.
func idOf(key []byte) string { return string(key[5 : 5+fileIDLen]) }

func blobKey(hash []byte) []byte { return append([]byte{prefixBlob}, hash...) }

// ownerOf reads the owner out of a key.
func ownerOf(key []byte) ID { return ID(binary.BigEndian.Uint32(key[1:5])) }

// lastNumber reads the number at the end of a message or an event key.
func lastNumber(key []byte) uint64 { return binary.BigEndian.Uint64(key[len(key)-8:]) }

// lastID reads the person at the end of a chat or a purge key.
func lastID(key []byte) ID { return ID(binary.BigEndian.Uint32(key[len(key)-4:])) }

// pastEnd is where a reverse iteration over prefix starts: Badger looks for
// the greatest key that is not above it, and a bare prefix is below them all.
func pastEnd(prefix []byte) []byte {
	return append(append(make([]byte, 0, len(prefix)+1), prefix...), 0xFF)
}

// fileIDLen is the length of an id: 130 random bits.
const fileIDLen = 26

// newFileID makes the id of an upload, which the file keeps.
func newFileID() string { return rand.Text()[:fileIDLen] }

func isFileID(id string) bool {
	return len(id) == fileIDLen && strings.Trim(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == ""
}
