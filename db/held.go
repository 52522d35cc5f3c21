package db

import (
	"bytes"
	"context"
	"maps"
	"strings"

	"github.com/dgraph-io/badger/v4"
)

// held are changes of sessions and links that were made while nothing could
// be written, so that people can sign in and out on a full disk: values by
// key, nil deletes. They count as made, and go to the disk with the first
// batch that can be written; a host that ends before forgets them. The
// committer puts another map in place of the one that all read, which stays
// as it is.
type held map[string][]byte

// maxHeld bounds the memory; beyond it a full disk is one for signing in too.
const maxHeld = 4096

// heldNow is what is held. Who reads the store as well asks before it begins:
// else what is written in between is in neither of the two.
func (s *Store) heldNow() held {
	if h := s.held.Load(); h != nil {
		return *h
	}
	return nil
}

// get reads key, held or stored.
func (h held) get(txn *badger.Txn, key []byte, v any) (bool, error) {
	val, ok := h[string(key)]
	switch {
	case !ok:
		return get(txn, key, v)
	case val == nil:
		return false, nil
	}
	return true, decode(val, v)
}

// scan calls f with every key under prefix, held or stored.
func (h held) scan(txn *badger.Txn, prefix []byte, f func(key, val []byte) error) error {
	for key, val := range h {
		if val != nil && strings.HasPrefix(key, string(prefix)) {
			if err := f([]byte(key), val); err != nil {
				return err
			}
		}
	}
	return scan(txn, prefix, func(key, val []byte) error {
		if _, ok := h[string(key)]; ok {
			return nil
		}
		return f(key, val)
	})
}

// putHeld changes a session or a link, on the disk if that can be written;
// nil deletes it.
func (b *batch) putHeld(key, val []byte) {
	if b.refuse == nil {
		b.setOrDelete(key, val)
		return
	}
	if !b.holds {
		b.held, b.holds = maps.Clone(b.held), true
		if b.held == nil {
			b.held = held{}
		}
	}
	b.held[string(key)] = bytes.Clone(val)
}

// settle writes down what is held, with whatever else this batch does.
func (b *batch) settle() {
	for key, val := range b.held {
		b.setOrDelete([]byte(key), val)
	}
	b.held = nil
}

// keep makes what a batch that succeeded leaves held what all read.
func (b *batch) keep() {
	if len(b.held) == 0 && len(b.s.heldNow()) == 0 {
		return
	}
	now := b.held
	b.s.held.Store(&now)
}

// settle makes a batch, in case that nothing else does.
func (s *Store) settle(ctx context.Context) error {
	if len(s.heldNow()) == 0 || s.poisoned.Load() {
		return nil
	}
	return s.do(ctx, 0, func(*batch) error { return nil })
}

func (b *batch) setOrDelete(key, val []byte) {
	if val == nil {
		b.delete(key)
	} else {
		b.set(key, val)
	}
}
