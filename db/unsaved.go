package db

import (
	"bytes"
	"context"
	"maps"
	"strings"

	"duologue/db/kv"
	"duologue/db/record"
)

// unsaved are changes of sessions and links that were made while nothing could
// be written, so that people can sign in and out on a full disk: values by
// key, nil deletes. They count as made, and go to the disk with the first
// batch that can be written; a host that ends before forgets them. The
// committer puts another map in place of the one that all read, which stays
// as it is.
type unsaved map[string][]byte

// maxUnsaved bounds the memory; beyond it a full disk is one for signing in too.
const maxUnsaved = 4096

// unsavedNow is what is unsaved. Who reads the store as well asks before it begins:
// else what is written in between is in neither of the two.
func (s *Store) unsavedNow() unsaved {
	if h := s.unsaved.Load(); h != nil {
		return *h
	}
	return nil
}

// get reads key, unsaved or stored.
func (h unsaved) get(view kv.View, key []byte, v any) (bool, error) {
	val, ok := h[string(key)]
	switch {
	case !ok:
		return record.Get(view, key, v)
	case val == nil:
		return false, nil
	}
	return true, record.Decode(val, v)
}

// scan calls f with every key under prefix, unsaved or stored.
func (h unsaved) scan(view kv.View, prefix []byte, f func(key, val []byte) error) error {
	for key, val := range h {
		if val != nil && strings.HasPrefix(key, string(prefix)) {
			if err := f([]byte(key), val); err != nil {
				return err
			}
		}
	}
	return record.Scan(view, prefix, func(key, val []byte) error {
		if _, ok := h[string(key)]; ok {
			return nil
		}
		return f(key, val)
	})
}

// setWhenPossible changes a session or a link, on the disk if that can be written;
// nil deletes it.
func (b *batch) setWhenPossible(key, val []byte) {
	if b.Refuse == nil {
		b.setOrDelete(key, val)
		return
	}
	if !b.ownsUnsaved {
		b.unsaved, b.ownsUnsaved = maps.Clone(b.unsaved), true
		if b.unsaved == nil {
			b.unsaved = unsaved{}
		}
	}
	b.unsaved[string(key)] = bytes.Clone(val)
}

// saveUnsaved writes what is unsaved, with whatever else this batch does.
func (b *batch) saveUnsaved() {
	for key, val := range b.unsaved {
		b.setOrDelete([]byte(key), val)
	}
	b.unsaved = nil
}

// publishUnsaved shows all readers what a batch that succeeded leaves unsaved.
func (b *batch) publishUnsaved() {
	if len(b.unsaved) == 0 && len(b.s.unsavedNow()) == 0 {
		return
	}
	now := b.unsaved
	b.s.unsaved.Store(&now)
}

// saveUnsaved makes a batch, in case that nothing else does.
func (s *Store) saveUnsaved(ctx context.Context) error {
	if len(s.unsavedNow()) == 0 || s.committer.Poisoned() {
		return nil
	}
	return s.do(ctx, 0, func(*batch) error { return nil })
}

func (b *batch) setOrDelete(key, val []byte) {
	if val == nil {
		b.Delete(key)
	} else {
		b.Set(key, val)
	}
}
