package db

import (
	"context"
	"errors"

	"github.com/dgraph-io/badger/v4"

	"duologue/db/record"
)

// place is where a file is shown.
type place struct {
	id  string
	who ID
	seq uint64
}

// usesOf calls f with the places where owner's copies show files, by id, or
// where they show one; deleted ones that wait for the purge are among them.
func usesOf(txn *badger.Txn, owner ID, id string, f func(place) (more bool)) {
	prefix := append(record.OwnerKey(record.PrefixUse, owner), id...)
	usesFrom(txn, prefix, prefix, f)
}

func usesFrom(txn *badger.Txn, prefix, from []byte, f func(place) (more bool)) {
	it := txn.NewIterator(badger.IteratorOptions{Prefix: prefix})
	defer it.Close()
	for it.Seek(from); it.ValidForPrefix(prefix); it.Next() {
		p := place{id: record.FileIDOf(it.Item().Key())}
		p.who, p.seq = record.UseOf(it.Item().Key())
		if !f(p) {
			return
		}
	}
}

// purgeUses takes the files away from the copies of a deleted chat, part by part.
func (s *Store) purgeUses(ctx context.Context, owner, who ID, upto uint64) error {
	from := record.OwnerKey(record.PrefixUse, owner) // stepping over the other chats' takes long
	for {
		var part []place
		err := s.view(func(txn *badger.Txn) error {
			usesFrom(txn, record.OwnerKey(record.PrefixUse, owner), from, func(p place) bool {
				if p.who == who && p.seq <= upto {
					part = append(part, p)
					from = append(record.UseKey(owner, p.id, who, p.seq), 0)
				}
				return len(part) < purgePart
			})
			return nil
		})
		if err != nil || len(part) == 0 {
			return err
		}
		err = s.doFreeing(ctx, fileWeight*len(part)/2, func(b *batch) error {
			for _, p := range part {
				_, err := b.txn.Get(record.UseKey(owner, p.id, p.who, p.seq))
				if err == nil {
					err = b.detach(owner, p.who, p.seq, []File{{ID: p.id}})
				}
				if err != nil && !errors.Is(err, badger.ErrKeyNotFound) {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
}
