package db

import (
	"bytes"
	"context"
	"strings"
	"sync"

	"github.com/dgraph-io/badger/v4"
)

// held are changes of sessions and links that were made while nothing could
// be written, so that people can sign in and out on a full disk. They count
// as made, and go to the disk with the first batch that can be written; a
// host that ends before forgets them. Only the committer changes them.
type held struct {
	mu     sync.RWMutex
	values map[string][]byte // by key; nil deletes
}

// maxHeld bounds the memory; beyond it a full disk is one for signing in too.
const maxHeld = 4096

// get reads key, held or stored.
func (h *held) get(txn *badger.Txn, key []byte, v any) (bool, error) {
	h.mu.RLock()
	val, ok := h.values[string(key)]
	h.mu.RUnlock()
	switch {
	case !ok:
		return get(txn, key, v)
	case val == nil:
		return false, nil
	}
	return true, decode(val, v)
}

// scan calls f with every key under prefix, held or stored.
func (h *held) scan(txn *badger.Txn, prefix []byte, f func(key, val []byte) error) error {
	h.mu.RLock()
	defer h.mu.RUnlock()
	for key, val := range h.values {
		if val != nil && strings.HasPrefix(key, string(prefix)) {
			if err := f([]byte(key), val); err != nil {
				return err
			}
		}
	}
	return scan(txn, prefix, func(key, val []byte) error {
		if _, ok := h.values[string(key)]; ok {
			return nil
		}
		return f(key, val)
	})
}

// putHeld changes a session or a link, on the disk if that can be written;
// nil deletes it.
func (b *batch) putHeld(key, val []byte) {
	h := &b.s.held
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, ok := h.values[string(key)]; ok || b.refuse != nil {
		if h.values == nil {
			h.values = map[string][]byte{}
		}
		h.values[string(key)] = bytes.Clone(val)
	}
	b.setOrDelete(key, val)
}

// settle writes down what is held, with whatever else this batch does.
func (b *batch) settle() {
	h := &b.s.held
	h.mu.RLock()
	defer h.mu.RUnlock()
	for key, val := range h.values {
		b.setOrDelete([]byte(key), val)
	}
	if len(h.values) > 0 {
		b.after = append(b.after, func() {
			h.mu.Lock()
			defer h.mu.Unlock()
			clear(h.values)
		})
	}
}

// settle makes a batch, in case that nothing else does.
func (s *Store) settle(ctx context.Context) error {
	if s.held.len() == 0 || s.poisoned.Load() {
		return nil
	}
	return s.do(ctx, 0, func(*batch) error { return nil })
}

func (b *batch) setOrDelete(key, val []byte) {
	switch {
	case b.refuse != nil:
	case val == nil:
		b.delete(key)
	default:
		b.set(key, val)
	}
}

func (h *held) len() int {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return len(h.values)
}
