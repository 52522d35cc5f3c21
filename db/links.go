package db

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"maps"
	"strings"
	"time"

	"github.com/dgraph-io/badger/v4"
)

// MakeLink makes a text that signs a person in once, until expires.
func (s *Store) MakeLink(ctx context.Context, person ID, ttl time.Duration) (link string, expires int64, err error) {
	link, expires = newSecret(person), s.opts.Now().Add(ttl).UnixMilli()
	key := secretKey(prefixLink, person, sha256.Sum256([]byte(link)))
	err = s.do(ctx, 256, func(b *batch) error {
		if p, ok := b.person(person); person != 1 && (!ok || p.Removed) {
			return Errorf(NotFound, "there is no such person")
		}
		b.set(key, encode(linkRecord{expires}))
		return b.endExpiredLinks()
	})
	if readOnly(err) {
		s.volatile.addLink(string(key), linkRecord{expires})
		err = nil
	}
	return link, expires, internal(err)
}

// MakeStartToken makes the text of the ready line: it makes the owner, or
// signs the owner in, once.
func (s *Store) MakeStartToken(ctx context.Context, ttl time.Duration) (string, error) {
	token, _, err := s.MakeLink(ctx, 1, ttl)
	return token, err
}

// SignInByLink spends a link or a start token; Unauthorized when it is not
// good, whatever the cause.
func (s *Store) SignInByLink(ctx context.Context, link, device string) (p Person, secret string, err error) {
	id, sum, ok := parseSecret(link)
	if !ok {
		return p, "", errSignIn
	}
	err = s.do(ctx, 512, func(b *batch) error {
		if p, ok = b.person(id); !ok || p.Removed {
			return errSignIn
		}
		spend, err := b.checkLink(id, link)
		if err != nil {
			return errSignIn
		}
		spend()
		secret, err = b.startSession(id, device)
		return err
	})
	if readOnly(err) {
		if p, ok = s.people.get(id); !ok || p.Removed || !s.spendVolatile(string(secretKey(prefixLink, id, sum))) {
			return p, "", errSignIn
		}
		return p, s.volatile.start(id, device, s.opts.Now().UnixMilli()), nil
	}
	return p, secret, internal(err)
}

// checkLink finds a person's link and gives what spends it in this batch.
func (b *batch) checkLink(person ID, link string) (spend func(), err error) {
	id, sum, ok := parseSecret(link)
	key := secretKey(prefixLink, id, sum)
	var r linkRecord
	found := false
	if ok && id == person {
		if r, found = b.s.volatile.takeLink(string(key)); !found && !b.s.volatile.isSpent(string(key)) {
			if found, err = get(b.txn, key, &r); err != nil {
				return nil, err
			}
		}
	}
	if !found || r.Expires < b.now {
		return nil, errSignIn
	}
	return func() { b.delete(key) }, nil
}

func (b *batch) endLinks(person ID) error {
	return b.dropLinks(ownerKey(prefixLink, person), func(linkRecord) bool { return true })
}

func (b *batch) endExpiredLinks() error {
	return b.dropLinks([]byte{prefixLink}, func(r linkRecord) bool { return r.Expires < b.now })
}

func (b *batch) dropLinks(prefix []byte, which func(linkRecord) bool) error {
	var keys [][]byte
	err := scan(b.txn, prefix, func(key, val []byte) error {
		var r linkRecord
		err := decode(val, &r)
		if err == nil && which(r) {
			keys = append(keys, append([]byte(nil), key...))
		}
		return err
	})
	for _, key := range keys {
		b.delete(key)
	}
	return err
}

func (v *volatile) addLink(key string, r linkRecord) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.links == nil {
		v.links = map[string]linkRecord{}
	}
	v.links[key] = r
}

// takeLink takes a link out that was made while nothing could be written.
func (v *volatile) takeLink(key string) (linkRecord, bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	r, ok := v.links[key]
	delete(v.links, key)
	return r, ok
}

func (v *volatile) isSpent(key string) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.spent[key]
}

// spendVolatile spends a link while nothing can be written; one of the store
// is remembered as spent until it can be deleted there.
func (s *Store) spendVolatile(key string) bool {
	now := s.opts.Now().UnixMilli()
	if r, ok := s.volatile.takeLink(key); ok {
		return r.Expires >= now
	}
	var r linkRecord
	found := false
	err := s.bdb.View(func(txn *badger.Txn) (err error) {
		found, err = get(txn, []byte(key), &r)
		return err
	})
	s.volatile.mu.Lock()
	defer s.volatile.mu.Unlock()
	if err != nil || !found || r.Expires < now || s.volatile.spent[key] {
		return false
	}
	if s.volatile.spent == nil {
		s.volatile.spent = map[string]bool{}
	}
	s.volatile.spent[key] = true
	return true
}

// settle writes down what was held in memory while nothing could be written.
func (s *Store) settle(ctx context.Context) error {
	v := &s.volatile
	v.mu.Lock()
	n := len(v.sessions) + len(v.spent)
	v.mu.Unlock()
	if n == 0 || s.poisoned.Load() {
		return nil
	}
	return s.do(ctx, 256*n, func(b *batch) error {
		v.mu.Lock()
		defer v.mu.Unlock()
		for key, r := range v.sessions {
			b.set([]byte(key), encode(r))
		}
		for key := range v.spent {
			b.delete([]byte(key))
		}
		sessions, spent := maps.Clone(v.sessions), maps.Clone(v.spent)
		b.after = append(b.after, func() {
			v.mu.Lock()
			defer v.mu.Unlock()
			for key := range sessions {
				delete(v.sessions, key)
			}
			for key := range spent {
				delete(v.spent, key)
			}
		})
		return nil
	})
}

// sameCode compares join codes as people type them: in any case, with spaces
// or dashes. The time it takes tells nothing of the code.
func sameCode(a, b string) bool {
	return subtle.ConstantTimeCompare([]byte(plainCode(a)), []byte(plainCode(b))) == 1
}

func plainCode(code string) string {
	return strings.ToUpper(strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' {
			return -1
		}
		return r
	}, code))
}
