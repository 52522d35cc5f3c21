package db

import (
	"errors"
	"fmt"
	"slices"

	"duologue/db/errs"
	"duologue/db/record"
)

// defaultMembers bounds how many there can be. Each of them is told of every
// join, rename and removal in one transaction, of which Badger takes about
// 26,000 records and 2.4 MB: far more members would shut the list of people for
// ever, removing somebody included.
const defaultMembers = 2000

// ErrMembers is the cause of StorageFull when nobody else can join.
var ErrMembers = errors.New("as many members as a host can have")

// members lists them as this batch leaves them.
func (b *batch) members() []ID {
	ids := b.s.people.IDs()
	for _, p := range b.people {
		if !slices.Contains(ids, p.ID) {
			ids = append(ids, p.ID)
		}
	}
	return slices.DeleteFunc(ids, func(id ID) bool { p, _ := b.person(id); return p.Removed })
}

// addPerson makes a new member and tells the others. StorageFull when there
// are too many.
func (b *batch) addPerson(name, password string) (Person, error) {
	name, err := b.freeName(name, 0)
	if err != nil {
		return Person{}, err
	}
	if most := b.s.opts.MaxMembers; len(b.members()) >= most {
		return Person{}, errs.Wrap(StorageFull, fmt.Sprintf("this host has its %d members; one has to go first", most), ErrMembers)
	}
	p := Person{ID: 1, Name: name, Joined: b.Now(), Receipts: true, Password: password}
	for _, id := range b.s.people.IDs() {
		p.ID = max(p.ID, id+1)
	}
	for _, other := range b.people {
		p.ID = max(p.ID, other.ID+1)
	}
	b.putPerson(p)
	return p, b.tellEverybody(p.ID, record.LogEntry{Kind: record.LogPerson, Who: p.ID}, Event{Kind: KindPerson, Who: p.ID, Person: &p})
}

// tellingSize is about what tellEverybody writes, in bytes.
func (s *Store) tellingSize() int {
	return 64 * s.people.Count()
}

// tellEverybody appends one event to the log of every member except one.
func (b *batch) tellEverybody(except ID, l record.LogEntry, e Event) error {
	for _, id := range b.members() {
		if id == except {
			continue
		}
		if _, err := b.head(id); err != nil {
			return err
		}
		b.log(id, l, e)
	}
	return nil
}
