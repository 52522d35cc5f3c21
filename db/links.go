package db

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"slices"
	"strings"
	"time"
)

// MakeLink makes a text that signs a person in once, until expires.
func (s *Store) MakeLink(ctx context.Context, person ID, ttl time.Duration) (link string, expires int64, err error) {
	link, expires = newSecret(person), s.opts.Now().Add(ttl).UnixMilli()
	err = s.doAnyway(ctx, func(b *batch) error {
		if p, ok := b.person(person); person != 1 && (!ok || p.Removed) {
			return Errorf(NotFound, "there is no such person")
		}
		b.putHeld(secretKey(prefixLink, person, sha256.Sum256([]byte(link))), encode(linkRecord{expires}))
		return b.dropLinks([]byte{prefixLink}, func(r linkRecord) bool { return r.Expires < b.now })
	})
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
	id, _, ok := parseSecret(link)
	if !ok {
		return p, "", errSignIn
	}
	err = s.doAnyway(ctx, func(b *batch) error {
		if p, ok = b.person(id); !ok || p.Removed {
			return errSignIn
		}
		spend, err := b.checkLink(id, link)
		if err != nil {
			return err
		}
		spend()
		secret, err = b.startSession(id, device)
		return err
	})
	return p, secret, internal(err)
}

// checkLink finds a person's link and gives what spends it in this batch.
func (b *batch) checkLink(person ID, link string) (spend func(), err error) {
	id, sum, ok := parseSecret(link)
	if !ok || id != person {
		return nil, errSignIn
	}
	key := secretKey(prefixLink, id, sum)
	var r linkRecord
	found, err := b.s.held.get(b.txn, key, &r)
	if err != nil {
		return nil, err
	}
	if !found || r.Expires < b.now {
		return nil, errSignIn
	}
	return func() { b.putHeld(key, nil) }, nil
}

func (b *batch) endLinks(person ID) error {
	return b.dropLinks(ownerKey(prefixLink, person), func(linkRecord) bool { return true })
}

func (b *batch) dropLinks(prefix []byte, which func(linkRecord) bool) error {
	var keys [][]byte
	err := b.s.held.scan(b.txn, prefix, func(key, val []byte) error {
		var r linkRecord
		err := decode(val, &r)
		if err == nil && which(r) {
			keys = append(keys, slices.Clone(key))
		}
		return err
	})
	for _, key := range keys {
		b.putHeld(key, nil)
	}
	return err
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
