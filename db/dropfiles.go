package db

import (
	"context"
	"slices"
)

// Drop says which files a person no longer wants: those that came for the
// last time before a moment, or just the one with this ID. Unless Who is 0,
// only such as no chat but the one with Who shows.
type Drop struct {
	Before int64
	Who    ID
	ID     string
}

func (d Drop) wants(f *StoredFile) bool {
	if f.Gone || d.ID != "" && d.ID != f.ID || d.ID == "" && f.Made >= d.Before {
		return false
	}
	return d.Who == 0 || !slices.ContainsFunc(f.Shown, func(p Place) bool { return p.Who != d.Who })
}

// DropFiles gives up the bytes of owner's files and keeps messages and
// thumbnails; the other side keeps all it has. It answers how many, and their
// size.
func (s *Store) DropFiles(ctx context.Context, owner ID, d Drop) (n int, size int64, err error) {
	var wanted []File
	err = s.EachFile(owner, func(f StoredFile) error {
		if d.wants(&f) {
			wanted = append(wanted, f.File)
		}
		return nil
	})
	for _, f := range wanted {
		if err == nil {
			err = s.dropFile(ctx, owner, f.ID)
		}
		if err == nil {
			n, size = n+1, size+f.Size
		}
	}
	return n, size, internal(err)
}

// dropFile first marks the messages, as many at a time as a transaction
// holds, and with the last of them gives up the bytes: one that was cut off
// in the middle can be done again.
func (s *Store) dropFile(ctx context.Context, owner ID, id string) error {
	for more := true; more; {
		err := s.doFreeing(ctx, maxBatchBytes/2, func(b *batch) error {
			var r fileRecord
			found, err := get(b.txn, fileKey(owner, id), &r)
			if more = false; err != nil || !found || len(r.Hash) == 0 {
				return err
			}
			room := maxBatchBytes / 2
			var shown []place
			usesOf(b.txn, owner, id, func(p place) bool { shown = append(shown, p); return true })
			for _, p := range shown {
				if more = room <= 0; more {
					return nil
				}
				n, err := b.markGone(owner, p)
				if err != nil {
					return err
				}
				room -= n
			}
			if err := b.unrefer(r.Hash); err != nil {
				return err
			}
			r.Hash, r.Flags = nil, r.Flags|fileGone
			b.set(fileKey(owner, id), encode(&r))
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// markGone says in a message that a file of it is gone, and gives about the
// bytes that this writes.
func (b *batch) markGone(owner ID, p place) (int, error) {
	m, ev, err := b.message(owner, p.who, p.seq)
	if err != nil || m == nil {
		return 0, err
	}
	changed := false
	for i := range m.Files {
		if f := &m.Files[i]; f.ID == p.id && !f.Gone {
			f.Gone, changed = true, true
		}
	}
	if !changed {
		return 0, nil
	}
	c, err := b.chat(owner, p.who)
	if err != nil {
		return 0, err
	}
	return len(m.Content) + len(m.Files)*fileWeight/2 + 512, b.replace(owner, p.who, c, m, ev)
}
