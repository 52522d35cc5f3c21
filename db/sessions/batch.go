package sessions

import (
	"crypto/sha256"
	"slices"
	"unicode/utf8"

	"duologue/db/kv"
	"duologue/db/model"
	"duologue/db/names"
	"duologue/db/record"
)

// Transaction is what a batch is part of.
type Transaction interface {
	kv.View // with what is about to change
	Set(key, value []byte)
	Delete(key []byte)
	Now() int64 // ms
}

// Batch is what one transaction changes of sessions and links. It
// belongs to the committer's goroutine.
type Batch struct {
	Transaction
	s        *Sessions
	writable bool
	unsaved  unsaved // what is unsaved once this batch succeeds …
	owns     bool    // … in a map of its own

	Ended []string // the ids of sessions that ended
}

// Begin makes a batch in t. What is unsaved goes along when t can be written.
func (s *Sessions) Begin(t Transaction, writable bool) *Batch {
	b := &Batch{Transaction: t, s: s, writable: writable, unsaved: s.current()}
	if writable {
		b.saveUnsaved()
	}
	return b
}

// Full reports that nothing more may wait unsaved.
func (b *Batch) Full() bool { return len(b.unsaved) >= MaxUnsaved }

// Touch notes that the session of a secret was used at now.
func (b *Batch) Touch(secret string, now int64) error {
	person, sum, _ := ParseSecret(secret)
	key := record.SecretKey(record.PrefixSession, person, sum)
	var r record.Session
	found, err := b.unsaved.get(b, key, &r)
	if err == nil && found && r.Seen < now {
		r.Seen = now
		b.setWhenPossible(key, record.Encode(r))
	}
	return err
}

// EndAllBut ends a person's sessions other than keep.
func (b *Batch) EndAllBut(person model.ID, keep string) error {
	_, err := b.End(person, func(id string) bool { return id != keep })
	return err
}

// End ends the sessions of a person whose id matches, with the links that they
// made, and tells how many sessions it were.
func (b *Batch) End(person model.ID, match func(id string) bool) (n int, err error) {
	var keys [][]byte
	err = b.unsaved.scan(b, record.OwnerKey(record.PrefixSession, person), func(key, _ []byte) error {
		if match(sessionID(key[5:])) {
			keys = append(keys, slices.Clone(key))
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	if len(keys) == 0 {
		return 0, nil
	}
	var ended []string
	for _, key := range keys {
		b.setWhenPossible(key, nil)
		ended = append(ended, sessionID(key[5:]))
		b.s.used.Delete(sessionID(key[5:]))
	}
	b.Ended = append(b.Ended, ended...)
	return len(keys), b.dropLinksBy(person, ended)
}

// Start makes a session; the least recently used one gives way when
// there are too many. The secret is for the device alone.
func (b *Batch) Start(person model.ID, device string) (string, error) {
	had, err := b.unsaved.sessionsOf(b, person)
	if err != nil {
		return "", err
	}
	if len(had) >= b.s.o.Max {
		b.s.lastUsed(had)
		oldest := slices.MinFunc(had, older)
		if _, err := b.End(person, func(id string) bool { return id == oldest.ID }); err != nil {
			return "", err
		}
	}
	secret := newSecret(person)
	b.setWhenPossible(record.SecretKey(record.PrefixSession, person, sha256.Sum256([]byte(secret))), record.Encode(newSession(device, b.Now())))
	return secret, nil
}

func newSession(device string, now int64) record.Session {
	if !utf8.ValidString(device) {
		device = ""
	}
	return record.Session{Device: names.Shorten(device, 80), Created: now, Seen: now}
}
