package db

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/dgraph-io/badger/v4"
)

// A secret names its person, so that the key under which its hash is kept can
// be told, and carries at least 128 random bits: "1.ABC…".
func newSecret(owner ID) string {
	return strconv.FormatUint(uint64(owner), 36) + "." + rand.Text()
}

// parseSecret gives the person and the hash of a secret.
func parseSecret(secret string) (ID, [32]byte, bool) {
	head, _, ok := strings.Cut(secret, ".")
	id, err := strconv.ParseUint(head, 36, 32)
	if !ok || err != nil || id == 0 || len(secret) > 64 {
		return 0, [32]byte{}, false
	}
	return ID(id), sha256.Sum256([]byte(secret)), true
}

// sessionID is a session's public name: some of its hash.
func sessionID(sum []byte) string { return hex.EncodeToString(sum[:8]) }

// volatile holds the sessions that began while nothing could be written, and
// the links that they spent. They go to the disk when that works again.
type volatile struct {
	mu       sync.Mutex
	sessions map[string]sessionRecord // by key
	links    map[string]linkRecord
	spent    map[string]bool
}

func (v *volatile) session(key []byte) (sessionRecord, bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	r, ok := v.sessions[string(key)]
	return r, ok
}

var errSession = Errorf(Unauthorized, "please sign in")

// errSignIn is the one answer for every sign-in that fails.
var errSignIn = Errorf(Unauthorized, "this did not work; ask the owner for a new link, or try again")

// Authenticate finds the session of a secret, or answers Unauthorized.
func (s *Store) Authenticate(secret string) (Person, Session, error) {
	id, sum, ok := parseSecret(secret)
	person, known := s.people.get(id)
	if !ok || !known || person.Removed {
		return Person{}, Session{}, errSession
	}
	key := secretKey(prefixSession, id, sum)
	r, held := s.volatile.session(key)
	if !held {
		err := s.bdb.View(func(txn *badger.Txn) error {
			found, err := get(txn, key, &r)
			if err == nil && !found {
				err = errSession
			}
			return err
		})
		if err != nil {
			return Person{}, Session{}, internal(err)
		}
	}
	now := s.opts.Now()
	if now.Sub(time.UnixMilli(r.Seen)) > s.opts.SessionLife {
		return Person{}, Session{}, errSession
	}
	if now.Sub(time.UnixMilli(r.Seen)) > time.Hour && !held {
		s.touchSession(key, now.UnixMilli())
	}
	return person, Session{sessionID(sum[:]), id, r.Device, r.Created, r.Seen}, nil
}

// touchSession notes that a session is in use; nobody waits for it.
func (s *Store) touchSession(key []byte, now int64) {
	s.submit(&funcOp{bytes: 256, f: func(b *batch) error {
		var r sessionRecord
		found, err := get(b.txn, key, &r)
		if err == nil && found && r.Seen < now {
			r.Seen = now
			b.set(key, encode(r))
		}
		return err
	}})
}

// Sessions lists a person's devices, the latest used first.
func (s *Store) Sessions(person ID) ([]Session, error) {
	var out []Session
	err := s.bdb.View(func(txn *badger.Txn) (err error) {
		out, err = sessionsOf(txn, person)
		return err
	})
	s.volatile.mu.Lock()
	defer s.volatile.mu.Unlock()
	for key, r := range s.volatile.sessions {
		if ownerOf([]byte(key)) == person {
			out = append(out, Session{sessionID([]byte(key)[5:]), person, r.Device, r.Created, r.Seen})
		}
	}
	slices.SortStableFunc(out, func(a, b Session) int { return int(b.Seen - a.Seen) })
	return out, internal(err)
}

func sessionsOf(txn *badger.Txn, person ID) (out []Session, err error) {
	err = scan(txn, ownerKey(prefixSession, person), func(key, val []byte) error {
		var r sessionRecord
		err := decode(val, &r)
		out = append(out, Session{sessionID(key[5:]), person, r.Device, r.Created, r.Seen})
		return err
	})
	return out, err
}

// EndSession signs one device of a person out. NotFound when the person has
// no such session.
func (s *Store) EndSession(ctx context.Context, person ID, id string) error {
	if s.volatile.end(person, id) {
		s.opts.Committed(Committed{Ended: []string{id}})
		return nil
	}
	return internal(s.do(ctx, 256, func(b *batch) error {
		n := len(b.committed.Ended)
		if err := b.endMatching(person, func(sid string) bool { return sid == id }); err != nil {
			return err
		}
		if len(b.committed.Ended) == n {
			return Errorf(NotFound, "there is no such session")
		}
		return nil
	}))
}

func (v *volatile) end(person ID, id string) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	for key := range v.sessions {
		if ownerOf([]byte(key)) == person && sessionID([]byte(key)[5:]) == id {
			delete(v.sessions, key)
			return true
		}
	}
	return false
}

func (b *batch) endSessions(person ID, keep string) error {
	return b.endMatching(person, func(id string) bool { return id != keep })
}

func (b *batch) endMatching(person ID, match func(id string) bool) error {
	var keys [][]byte
	err := scan(b.txn, ownerKey(prefixSession, person), func(key, _ []byte) error {
		if match(sessionID(key[5:])) {
			keys = append(keys, slices.Clone(key))
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, key := range keys {
		b.delete(key)
		b.committed.Ended = append(b.committed.Ended, sessionID(key[5:]))
	}
	return nil
}

// startSession makes a session; the least recently used one gives way when
// there are too many. The secret is for the device alone.
func (b *batch) startSession(person ID, device string) (string, error) {
	had, err := sessionsOf(b.txn, person)
	if err != nil {
		return "", err
	}
	if len(had) >= b.s.opts.MaxSessions {
		oldest := slices.MinFunc(had, func(a, b Session) int { return int(a.Seen - b.Seen) })
		if err := b.endMatching(person, func(id string) bool { return id == oldest.ID }); err != nil {
			return "", err
		}
	}
	secret := newSecret(person)
	b.set(secretKey(prefixSession, person, sha256.Sum256([]byte(secret))), encode(newSession(device, b.now)))
	return secret, nil
}

func newSession(device string, now int64) sessionRecord {
	if !utf8.ValidString(device) {
		device = ""
	}
	return sessionRecord{Device: shorten(device, 80), Created: now, Seen: now}
}

// SignIn makes a session for a person whose password the caller has checked.
func (s *Store) SignIn(ctx context.Context, id ID, device string) (secret string, err error) {
	err = s.do(ctx, 512, func(b *batch) error {
		if p, ok := b.person(id); !ok || p.Removed {
			return errSignIn
		}
		secret, err = b.startSession(id, device)
		return err
	})
	if readOnly(err) {
		return s.volatile.start(id, device, s.opts.Now().UnixMilli()), nil
	}
	return secret, internal(err)
}

// readOnly tells whether err is the store's state and not the caller's fault.
func readOnly(err error) bool {
	return CodeOf(err) == StorageFull || CodeOf(err) == Unavailable
}

func (v *volatile) start(id ID, device string, now int64) string {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.sessions == nil || len(v.sessions) > 10_000 {
		v.sessions = map[string]sessionRecord{}
	}
	secret := newSecret(id)
	v.sessions[string(secretKey(prefixSession, id, sha256.Sum256([]byte(secret))))] = newSession(device, now)
	return secret
}

// SetUp makes the owner, once for ever: Gone afterwards, Unauthorized for a
// token that is not the start token.
func (s *Store) SetUp(ctx context.Context, token, name, device string) (p Person, secret string, err error) {
	err = s.do(ctx, 1024, func(b *batch) error {
		if _, ok := b.person(1); ok {
			return Errorf(Gone, "this host has its owner")
		}
		spend, err := b.checkLink(1, token)
		if err != nil {
			return err
		}
		if p, err = b.addPerson(name, ""); err != nil {
			return err
		}
		spend()
		secret, err = b.startSession(p.ID, device)
		return err
	})
	return p, secret, internal(err)
}

// Join makes a new member: Forbidden for a wrong code or before the setup,
// Conflict for a name that is taken. password is an encoded hash or empty.
func (s *Store) Join(ctx context.Context, code, name, password, device string) (p Person, secret string, err error) {
	err = s.do(ctx, 1024, func(b *batch) error {
		if _, ok := b.person(1); !ok || !sameCode(code, s.JoinCode()) {
			return Errorf(Forbidden, "code: this is not the join code")
		}
		if p, err = b.addPerson(name, password); err != nil {
			return err
		}
		secret, err = b.startSession(p.ID, device)
		return err
	})
	return p, secret, internal(err)
}
