package sessions

import (
	"cmp"
	"crypto/sha256"
	"slices"

	"duologue/db/errs"
	"duologue/db/model"
	"duologue/db/record"
)

// ErrSignIn is the one answer for every sign-in that fails.
var ErrSignIn = errs.Errorf(errs.Unauthorized, "this did not work; ask the owner for a new link, or try again")

// MaxLinks bounds a person's links; the one that ends first gives way.
const MaxLinks = 16

// MakeLink makes a text that signs a person in once, until expires (ms).
func (b *Batch) MakeLink(person model.ID, expires int64) (link string, err error) {
	if err := b.DropLinks(person, MaxLinks-1); err != nil {
		return "", err
	}
	link = newSecret(person)
	b.setWhenPossible(record.SecretKey(record.PrefixLink, person, sha256.Sum256([]byte(link))), record.Encode(record.Link{Expires: expires}))
	return link, nil
}

// CheckLink finds a person's link and gives what spends it in this batch.
func (b *Batch) CheckLink(person model.ID, link string) (spend func(), err error) {
	id, sum, ok := ParseSecret(link)
	if !ok || id != person {
		return nil, ErrSignIn
	}
	key := record.SecretKey(record.PrefixLink, id, sum)
	var r record.Link
	found, err := b.unsaved.get(b, key, &r)
	if err != nil {
		return nil, err
	}
	if !found || r.Expires < b.Now() {
		return nil, ErrSignIn
	}
	return func() { b.setWhenPossible(key, nil) }, nil
}

// DropLinks ends a person's links but for the keep that last longest.
func (b *Batch) DropLinks(person model.ID, keep int) error {
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
