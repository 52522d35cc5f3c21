package sessions

import (
	"bytes"
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

// MaxUnsaved bounds the memory; beyond it a full disk is one for signing in too.
const MaxUnsaved = 4096

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
func (b *Batch) setWhenPossible(key, val []byte) {
	if b.writable {
		b.setOrDelete(key, val)
		return
	}
	if !b.owns {
		b.unsaved, b.owns = maps.Clone(b.unsaved), true
		if b.unsaved == nil {
			b.unsaved = unsaved{}
		}
	}
	b.unsaved[string(key)] = bytes.Clone(val)
}

// saveUnsaved writes what is unsaved, with whatever else this batch does.
func (b *Batch) saveUnsaved() {
	for key, val := range b.unsaved {
		b.setOrDelete([]byte(key), val)
	}
	b.unsaved = nil
}

// Publish shows all readers what a batch that succeeded leaves unsaved.
func (b *Batch) Publish() {
	if len(b.unsaved) == 0 && len(b.s.current()) == 0 {
		return
	}
	now := b.unsaved
	b.s.unsaved.Store(&now)
}

func (b *Batch) setOrDelete(key, val []byte) {
	if val == nil {
		b.Delete(key)
	} else {
		b.Set(key, val)
	}
}
