package files

import (
	"context"

	"duologue/db/kv"
	"duologue/db/model"
	"duologue/db/record"
)

// place is where a file is shown.
type place struct {
	id  string
	who model.ID
	seq uint64
}

// usesOf calls f with the places where owner's copies show files, by id, or
// where they show one; deleted ones that wait for the purge are among them.
func usesOf(view kv.View, owner model.ID, id string, f func(place) (more bool, err error)) error {
	prefix := append(record.OwnerKey(record.PrefixUse, owner), id...)
	return usesFrom(view, prefix, prefix, f)
}

func usesFrom(view kv.View, prefix, from []byte, f func(place) (more bool, err error)) error {
	return view.Scan(prefix, from, false, func(key, _ []byte) (bool, error) {
		p := place{id: record.FileIDOf(key)}
		p.who, p.seq = record.UseOf(key)
		return f(p)
	})
}

// PurgeUses takes the files away from the copies of a deleted chat, part by part.
func (s *Files) PurgeUses(ctx context.Context, owner, who model.ID, upto uint64) error {
	from := record.OwnerKey(record.PrefixUse, owner) // stepping over the other chats' takes long
	for {
		var part []place
		err := s.store.ViewUntil(ctx, func(view kv.View) error {
			return usesFrom(view, record.OwnerKey(record.PrefixUse, owner), from, func(p place) (bool, error) {
				if p.who == who && p.seq <= upto {
					part = append(part, p)
					from = append(record.UseKey(owner, p.id, who, p.seq), 0)
				}
				return len(part) < changeFiles, nil
			})
		})
		if err != nil || len(part) == 0 {
			return err
		}
		err = s.store.DoFreeing(ctx, Weight*len(part)/2, func(b Batch) error {
			for _, p := range part {
				_, found, err := b.Get(record.UseKey(owner, p.id, p.who, p.seq))
				if err == nil && found {
					err = s.Detach(b, owner, p.who, p.seq, []model.File{{ID: p.id}})
				}
				if err != nil {
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
