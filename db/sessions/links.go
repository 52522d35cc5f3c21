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

// MakeLink makes a text that signs a person in once, until expires (ms), or
// until the session by ends: whoever signs a stolen device out must not find it
// back by a link that it made. by is empty where it is not the person's own
// session that makes it, but the program or the host's owner; then its time
// alone ends it, and what becomes of the owner's session does not matter to
// somebody who waits for help. Unauthorized when by has ended already.
func (b *Batch) MakeLink(person model.ID, by string, expires int64) (link string, err error) {
	if by != "" {
		had, err := b.unsaved.sessionsOf(b, person)
		if err != nil {
			return "", err
		}
		if !slices.ContainsFunc(had, func(d model.Session) bool { return d.ID == by }) {
			return "", ErrSignIn
		}
	}
	if err := b.DropLinks(person, MaxLinks-1); err != nil {
		return "", err
	}
	link = newSecret(person)
	b.setWhenPossible(record.SecretKey(record.PrefixLink, person, sha256.Sum256([]byte(link))), record.Encode(record.Link{Expires: expires, Session: by}))
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
	links, err := b.linksOf(person)
	slices.SortFunc(links, func(a, b keptLink) int { return cmp.Compare(b.Expires, a.Expires) })
	for _, l := range links[min(keep, len(links)):] {
		b.setWhenPossible(l.key, nil)
	}
	return err
}

// dropLinksBy ends the links of a person that one of these sessions made.
func (b *Batch) dropLinksBy(person model.ID, sessions []string) error {
	links, err := b.linksOf(person)
	for _, l := range links {
		if slices.Contains(sessions, l.Session) {
			b.setWhenPossible(l.key, nil)
		}
	}
	return err
}

type keptLink struct {
	key []byte
	record.Link
}

func (b *Batch) linksOf(person model.ID) (links []keptLink, err error) {
	err = b.unsaved.scan(b, record.OwnerKey(record.PrefixLink, person), func(key, val []byte) error {
		l := keptLink{key: slices.Clone(key)}
		err := record.Decode(val, &l.Link)
		links = append(links, l)
		return err
	})
	return links, err
}
