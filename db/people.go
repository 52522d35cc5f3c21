package db

import (
	"context"
	"slices"

	"duologue/db/commit"
	"duologue/db/errs"
	"duologue/db/names"
	"duologue/db/record"
)

// HasOwner reports whether the host was set up.
func (s *Store) HasOwner() bool { _, ok := s.people.Get(1); return ok }

// Person finds a person by id, also a removed one.
func (s *Store) Person(id ID) (Person, bool) { return s.people.Get(id) }

// NameOf is the present name of a person, empty for an unknown one.
func (s *Store) NameOf(id ID) string { p, _ := s.people.Get(id); return p.Name }

// PersonByName finds a member by a name that counts as the same.
func (s *Store) PersonByName(name string) (Person, bool) { return s.people.Named(name) }

// People lists the members by id.
func (s *Store) People() []Person { return s.people.Members() }

// PersonChange is what may change about a person; nil leaves a field.
// Password is an encoded hash, and takes the place of the hash Was.
type PersonChange struct {
	Name, Password *string
	Was            string
	Receipts       *bool
}

// ChangePerson changes a person: Invalid for a name that is not allowed, see
// names.Clean, Conflict for one that somebody else has, and Forbidden when the
// password is not Was any more.
// A new password ends the person's sessions other than keepSession, and all links.
func (s *Store) ChangePerson(ctx context.Context, id ID, c PersonChange, keepSession string) (Person, error) {
	var out Person
	size := 1024
	if c.Name != nil {
		size += s.tellingSize()
	}
	err := s.do(ctx, size, func(b *batch) error {
		p, ok := b.person(id)
		if !ok || p.Removed {
			return Errorf(NotFound, "there is no such person")
		}
		if c.Password != nil && p.Password != c.Was {
			return Errorf(Forbidden, "old_password: it was changed meanwhile")
		}
		old := p.Name
		if c.Name != nil {
			var err error
			if p.Name, err = b.freeName(*c.Name, id); err != nil {
				return err
			}
		}
		if c.Receipts != nil {
			p.Receipts = *c.Receipts
		}
		if c.Password != nil {
			p.Password = *c.Password
			if err := errs.First(b.sessions.EndAllBut(id, keepSession), b.sessions.DropLinks(id, 0)); err != nil {
				return err
			}
		}
		out = p
		b.putPerson(p)
		if p.Name == old {
			return nil
		}
		return b.tellEverybody(0, record.LogEntry{Kind: record.LogPerson, Who: id}, Event{Kind: KindPerson, Who: id, Person: &p})
	})
	return out, errs.Unexpected(err)
}

// RemovePerson ends a person's membership: sessions, links and name go, what
// others hold of their chats stays. Invalid for the owner.
func (s *Store) RemovePerson(ctx context.Context, id ID) error {
	return errs.Unexpected(s.do(ctx, 1024+s.tellingSize(), func(b *batch) error {
		p, ok := b.person(id)
		switch {
		case !ok || p.Removed:
			return Errorf(NotFound, "there is no such person")
		case p.Owner():
			return Errorf(Invalid, "id: the owner cannot be removed")
		}
		if err := errs.First(b.sessions.EndAllBut(id, ""), b.sessions.DropLinks(id, 0)); err != nil {
			return err
		}
		p.Removed, p.Password = true, ""
		b.putPerson(p)
		return b.tellEverybody(id, record.LogEntry{Kind: record.LogPersonRemoved, Who: id}, Event{Kind: KindPersonRemoved, Who: id})
	}))
}

// Saw notes when a person's last connection ended. It is lost when nothing
// can be written; nobody waits for it.
func (s *Store) Saw(id ID, at int64) {
	s.committer.Offer(&commit.Func[*batch]{Bytes: 256, Refuse: (*batch).refusal, Change: func(b *batch) error {
		if p, ok := b.person(id); ok && at > p.Seen {
			p.Seen = at
			b.putPerson(p)
		}
		return nil
	}})
}

// person gives a person as this batch leaves them.
func (b *batch) person(id ID) (Person, bool) {
	for _, p := range slices.Backward(b.people) {
		if p.ID == id {
			return p, true
		}
	}
	return b.s.people.Get(id)
}

// senderAndReceiver gives a sender and a receiver as this batch leaves them: Unauthorized
// for a sender who was removed, NotFound or Gone for the receiver.
func (b *batch) senderAndReceiver(from, to ID) (sender, receiver Person, err error) {
	sender, ok := b.person(from)
	if !ok || sender.Removed {
		return sender, receiver, Errorf(Unauthorized, "you are not a member here any more")
	}
	receiver, ok = b.person(to)
	switch {
	case !ok:
		return sender, receiver, Errorf(NotFound, "there is no such person")
	case receiver.Removed:
		return sender, receiver, Errorf(Gone, "this person was removed")
	}
	return sender, receiver, nil
}

func (b *batch) putPerson(p Person) {
	b.people = append(b.people, p)
	b.Set(record.OwnerKey(record.PrefixPerson, p.ID), record.Encode(record.PersonOf(p)))
}

// freeName cleans a name, and answers Conflict when somebody other than id
// has it, also somebody of this very batch.
func (b *batch) freeName(name string, id ID) (string, error) {
	name, err := names.Clean(name)
	if err != nil {
		return "", err
	}
	fold := names.Fold(name)
	taken := func(other ID) bool {
		p, _ := b.person(other)
		return other != id && !p.Removed && names.Fold(p.Name) == fold
	}
	p, ok := b.s.people.Named(name)
	if ok && taken(p.ID) || slices.ContainsFunc(b.people, func(p Person) bool { return taken(p.ID) }) {
		return "", Errorf(Conflict, "name: somebody here has this name or one that looks the same")
	}
	return name, nil
}
