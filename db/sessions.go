package db

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"duologue/db/commit"
	"duologue/db/errs"
	"duologue/db/kv"
	"duologue/db/names"
	"duologue/db/record"
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
	key := record.SecretKey(record.PrefixSession, id, sum)
	var r record.Session
	found, unsaved := false, s.unsavedNow()
	err := s.view(func(view kv.View) (err error) {
		found, err = unsaved.get(view, key, &r)
		return err
	})
	if err != nil {
		return Person{}, Session{}, errs.Unexpected(err)
	}
	now := s.opts.Now()
	if !found || s.expired(r.Seen, now) {
		return Person{}, Session{}, errSession
	}
	if now.Sub(time.UnixMilli(r.Seen)) > time.Hour {
		s.touchSession(key, now.UnixMilli())
	}
	d := sessionFrom(key, &r)
	s.used.Store(d.ID, now.UnixMilli())
	return person, d, nil
}

func (s *Store) expired(seen int64, now time.Time) bool {
	return now.Sub(time.UnixMilli(seen)) > s.opts.SessionLife
}

// sessionFrom gives the record as it is told.
func sessionFrom(key []byte, r *record.Session) Session {
	return Session{ID: sessionID(key[5:]), Person: record.OwnerOf(key), Device: r.Device, Created: r.Created, Seen: r.Seen}
}

// touchSession notes that a session is in use; nobody waits for it.
func (s *Store) touchSession(key []byte, now int64) {
	s.committer.Submit(&commit.Func[*batch]{Bytes: 256, Refuse: (*batch).refusal, Change: func(b *batch) error {
		var r record.Session
		found, err := b.unsaved.get(b, key, &r)
		if err == nil && found && r.Seen < now {
			r.Seen = now
			b.setWhenPossible(key, record.Encode(r))
		}
		return err
	}})
}

// Sessions lists a person's devices, the latest used first.
func (s *Store) Sessions(person ID) (out []Session, err error) {
	unsaved := s.unsavedNow()
	err = s.view(func(view kv.View) error {
		out, err = unsaved.sessionsOf(view, person)
		return err
	})
	s.lastUsed(out)
	now := s.opts.Now()
	out = slices.DeleteFunc(out, func(d Session) bool { return s.expired(d.Seen, now) })
	slices.SortFunc(out, func(a, b Session) int { return older(b, a) })
	return out, errs.Unexpected(err)
}

// lastUsed corrects when sessions were seen by what is not written down yet.
func (s *Store) lastUsed(all []Session) {
	for i := range all {
		if at, ok := s.used.Load(all[i].ID); ok {
			all[i].Seen = max(all[i].Seen, at.(int64))
		}
	}
}

// Lives reports whether a session that was authenticated has not ended since.
func (s *Store) Lives(person ID, d Session) (bool, error) {
	all, err := s.Sessions(person)
	return slices.ContainsFunc(all, func(o Session) bool { return o.ID == d.ID }), err
}

func (h unsaved) sessionsOf(view kv.View, person ID) (out []Session, err error) {
	err = h.scan(view, record.OwnerKey(record.PrefixSession, person), func(key, val []byte) error {
		var r record.Session
		err := record.Decode(val, &r)
		out = append(out, sessionFrom(key, &r))
		return err
	})
	return out, err
}

// older orders sessions by their last use.
func older(a, b Session) int {
	return cmp.Or(cmp.Compare(a.Seen, b.Seen), cmp.Compare(a.Created, b.Created), cmp.Compare(a.ID, b.ID))
}

// EndSession signs one device of a person out. NotFound when the person has
// no such session.
func (s *Store) EndSession(ctx context.Context, person ID, id string) error {
	return errs.Unexpected(s.doUnsaved(ctx, func(b *batch) error {
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

func (b *batch) endSessions(person ID, keep string) error {
	return b.endMatching(person, func(id string) bool { return id != keep })
}

func (b *batch) endMatching(person ID, match func(id string) bool) error {
	var keys [][]byte
	err := b.unsaved.scan(b, record.OwnerKey(record.PrefixSession, person), func(key, _ []byte) error {
		if match(sessionID(key[5:])) {
			keys = append(keys, slices.Clone(key))
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, key := range keys {
		b.setWhenPossible(key, nil)
		b.committed.Ended = append(b.committed.Ended, sessionID(key[5:]))
		b.s.used.Delete(sessionID(key[5:]))
	}
	return nil
}

// startSession makes a session; the least recently used one gives way when
// there are too many. The secret is for the device alone.
func (b *batch) startSession(person ID, device string) (string, error) {
	had, err := b.unsaved.sessionsOf(b, person)
	if err != nil {
		return "", err
	}
	if len(had) >= b.s.opts.MaxSessions {
		b.s.lastUsed(had)
		oldest := slices.MinFunc(had, older)
		if err := b.endMatching(person, func(id string) bool { return id == oldest.ID }); err != nil {
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

// SignIn makes a session for a person whose password the caller has checked
// against the encoded hash. Unauthorized when the person has another by now:
// a new password also ends the sign-ins that are under way.
func (s *Store) SignIn(ctx context.Context, id ID, hash, device string) (secret string, err error) {
	err = s.doUnsaved(ctx, func(b *batch) error {
		if p, ok := b.person(id); !ok || p.Removed || p.Password != hash {
			return errSignIn
		}
		secret, err = b.startSession(id, device)
		return err
	})
	return secret, errs.Unexpected(err)
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
	return p, secret, errs.Unexpected(err)
}

// Join makes a new member: Forbidden for a wrong code or before the setup,
// Conflict for a name that is taken, StorageFull because of ErrMembers when
// there are too many. password is an encoded hash or empty.
func (s *Store) Join(ctx context.Context, code, name, password, device string) (p Person, secret string, err error) {
	err = s.do(ctx, 1024+s.tellingSize(), func(b *batch) error {
		if _, ok := b.person(1); !ok || !sameCode(code, s.JoinCode()) {
			return Errorf(Forbidden, "code: this is not the join code")
		}
		if p, err = b.addPerson(name, password); err != nil {
			return err
		}
		secret, err = b.startSession(p.ID, device)
		return err
	})
	return p, secret, errs.Unexpected(err)
}
