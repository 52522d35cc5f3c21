package db

import (
	"cmp"
	"context"
	"crypto/sha256"
	"slices"
	"time"

	"duologue/db/errs"
	"duologue/db/record"
)

// maxLinks bounds a person's links; the one that ends first gives way.
const maxLinks = 16

// MakeLink makes a text that signs a person in once, until expires.
func (s *Store) MakeLink(ctx context.Context, person ID, ttl time.Duration) (link string, expires int64, err error) {
	link, expires = newSecret(person), s.opts.Now().Add(ttl).UnixMilli()
	err = s.doUnsaved(ctx, func(b *batch) error {
		if p, ok := b.person(person); person != 1 && (!ok || p.Removed) {
			return Errorf(NotFound, "there is no such person")
		}
		if err := b.dropLinks(person, maxLinks-1); err != nil {
			return err
		}
		b.setWhenPossible(record.SecretKey(record.PrefixLink, person, sha256.Sum256([]byte(link))), record.Encode(record.Link{Expires: expires}))
		return nil
	})
	return link, expires, errs.Unexpected(err)
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
	err = s.doUnsaved(ctx, func(b *batch) error {
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
	return p, secret, errs.Unexpected(err)
}

// checkLink finds a person's link and gives what spends it in this batch.
func (b *batch) checkLink(person ID, link string) (spend func(), err error) {
	id, sum, ok := parseSecret(link)
	if !ok || id != person {
		return nil, errSignIn
	}
	key := record.SecretKey(record.PrefixLink, id, sum)
	var r record.Link
	found, err := b.unsaved.get(b, key, &r)
	if err != nil {
		return nil, err
	}
	if !found || r.Expires < b.Now() {
		return nil, errSignIn
	}
	return func() { b.setWhenPossible(key, nil) }, nil
}

// dropLinks ends a person's links but for the keep that last longest.
func (b *batch) dropLinks(person ID, keep int) error {
	type link struct {
		key     []byte
		expires int64
	}
	var links []link
	err := b.unsaved.scan(b, record.OwnerKey(record.PrefixLink, person), func(key, val []byte) error {
		var r record.Link
		err := record.Decode(val, &r)
		links = append(links, link{slices.Clone(key), r.Expires})
		return err
	})
	slices.SortFunc(links, func(a, b link) int { return cmp.Compare(b.expires, a.expires) })
	for _, l := range links[min(keep, len(links)):] {
		b.setWhenPossible(l.key, nil)
	}
	return err
}
