package files

import (
	"context"
	"slices"

	"duologue/db/errs"
	"duologue/db/model"
	"duologue/db/record"
)

// Drop says which files a person no longer wants: those that came for the
// last time before a moment, or just the one with this ID. Unless Who is 0,
// only such as no chat but the one with Who shows.
type Drop struct {
	Before int64
	Who    model.ID
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
func (s *Files) DropFiles(ctx context.Context, owner model.ID, d Drop) (n int, size int64, err error) {
	var wanted []model.File
	err = s.eachFile(owner, d.ID, func(f StoredFile) error {
		if d.wants(&f) {
			wanted = append(wanted, f.File)
		}
		return nil
	})
	for err == nil && len(wanted) > 0 {
		var done int
		if done, err = s.dropSome(ctx, owner, wanted); err == nil {
			for _, f := range wanted[:done] {
				n, size = n+1, size+f.Size
			}
			wanted = wanted[done:]
		}
	}
	return n, size, errs.Unexpected(err)
}

// dropSome drops as many files as a transaction holds, from the first of all
// on, and tells how many it finished: the next one may be half done.
func (s *Files) dropSome(ctx context.Context, owner model.ID, all []model.File) (done int, err error) {
	err = s.store.DoFreeing(ctx, maxChange, func(b Batch) error {
		room := maxChange
		for done = 0; done < len(all) && room > 0; done++ {
			if more, err := s.dropFile(b, owner, all[done].ID, &room); more || err != nil {
				return err
			}
		}
		return nil
	})
	return done, err
}

// dropFile first marks the messages, as many as there is room for, and with
// the last of them gives up the bytes: one that was cut off in the middle can
// be done again. more tells that some are left.
func (s *Files) dropFile(b Batch, owner model.ID, id string, room *int) (more bool, err error) {
	var r record.File
	found, err := record.Get(b, record.FileKey(owner, id), &r)
	if err != nil || !found || len(r.Hash) == 0 {
		return false, err
	}
	var shown []place
	err = usesOf(b, owner, id, func(p place) (bool, error) { shown = append(shown, p); return true, nil })
	if err != nil {
		return false, err
	}
	for _, p := range shown {
		if *room <= 0 {
			return true, nil
		}
		n, err := b.MarkGone(owner, p.who, p.seq, p.id)
		if err != nil {
			return false, err
		}
		*room -= n
	}
	if err := s.unrefer(b, r.Hash); err != nil {
		return false, err
	}
	r.Hash, r.Flags = nil, r.Flags|record.FlagGone
	b.Set(record.FileKey(owner, id), record.Encode(&r))
	*room -= 512
	return false, nil
}
