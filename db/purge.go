package db

import (
	"bytes"
	"context"
	"time"

	"duologue/db/errs"
	"duologue/db/kv"
	"duologue/db/record"
)

// purgePart is how many copies one transaction deletes, so that messages
// which are sent meanwhile don't wait long.
const purgePart = 500

// saveUnsaved makes a batch, in case that nothing else does.
func (s *Store) saveUnsaved(ctx context.Context) error {
	if s.sessions.Unsaved() == 0 || (forFiles{s}).Poisoned() {
		return nil
	}
	return s.do(ctx, 0, func(*batch) error { return nil })
}

// purgeLoop removes the copies of deleted chats, at once and after a restart,
// shortens the logs and gives up stale uploads once an hour, removes the bytes
// that nobody refers to any more, and lets be written what waited for space.
func (s *Store) purgeLoop(ctx context.Context) {
	hour := time.NewTicker(time.Hour)
	defer hour.Stop()
	for stale := true; ; {
		err := errs.First(s.saveUnsaved(ctx), s.purge(ctx), s.trimLog(ctx))
		if stale {
			err = errs.First(err, s.files.DropStale(ctx))
		}
		err = errs.First(err, s.files.Sweep())
		if err != nil && ctx.Err() == nil {
			s.opts.Log.Warn("cleaning up was put off", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-s.purgeWake:
			stale = false
		case <-hour.C:
			stale = true
		}
	}
}

func (s *Store) wakePurge() {
	select {
	case s.purgeWake <- struct{}{}:
	default:
	}
}

func (s *Store) purge(ctx context.Context) error {
	type job struct {
		owner, who ID
		upto       uint64
	}
	var jobs []job
	err := s.viewUntil(ctx, func(view kv.View) error {
		return record.Scan(view, []byte{record.PrefixPurge}, func(key, val []byte) error {
			j := job{owner: record.OwnerOf(key), who: record.LastID(key)}
			jobs = append(jobs, j)
			return record.Decode(val, &jobs[len(jobs)-1].upto)
		})
	})
	for _, j := range jobs {
		key := record.PairKey(record.PrefixPurge, j.owner, j.who)
		if e := s.files.PurgeUses(ctx, j.owner, j.who, j.upto); e != nil {
			return errs.First(err, e) // what shows files has to go first
		}
		err = errs.First(err, s.deleteRange(ctx, record.PairKey(record.PrefixMessage, j.owner, j.who),
			record.MessageKey(j.owner, j.who, j.upto+1), func(b *batch) error {
				var upto uint64
				if _, err := record.Get(b, key, &upto); err != nil || upto != j.upto {
					return err // deleted again meanwhile: another round
				}
				b.Delete(key)
				return nil
			}))
	}
	return err
}

// deleteRange deletes the keys under prefix that are below end, part by part,
// then makes the change last.
func (s *Store) deleteRange(ctx context.Context, prefix, end []byte, last func(*batch) error) error {
	from := prefix // stepping over what was deleted takes long
	for more := true; more; {
		var keys [][]byte
		err := s.viewUntil(ctx, func(view kv.View) error {
			more = false
			return view.Scan(prefix, from, false, func(key, _ []byte) (bool, error) {
				if bytes.Compare(key, end) >= 0 {
					return false, nil
				}
				if more = len(keys) == purgePart; more {
					from = bytes.Clone(key)
					return false, nil
				}
				keys = append(keys, bytes.Clone(key))
				return true, nil
			})
		})
		if err != nil {
			return err
		}
		if len(keys) == 0 && last == nil {
			return nil
		}
		err = s.doFreeing(ctx, 64*len(keys), func(b *batch) error {
			for _, key := range keys {
				b.Delete(key)
			}
			if !more && last != nil {
				return last(b)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// trimLog deletes the oldest runs of every log that is longer than KeepEvents.
func (s *Store) trimLog(ctx context.Context) error {
	for _, id := range s.people.IDs() {
		head, _, err := s.Head(id)
		if err != nil || head <= s.opts.KeepEvents {
			if err != nil {
				return err
			}
			continue
		}
		upto := record.EventKey(id, head-s.opts.KeepEvents+1)
		if err := s.deleteRange(ctx, record.OwnerKey(record.PrefixEvent, id), upto, nil); err != nil {
			return err
		}
	}
	return nil
}
