package kv

import (
	"bytes"
	"context"
	"sync/atomic"
)

// Memory is an engine in memory, for tests: what it keeps ends with the
// process, and it takes and refuses what the others do.
type Memory struct {
	guard
	root atomic.Pointer[state]
}

// state is what is stored at one moment. Nothing in it ever changes, so that a
// view is no more than a pointer.
type state struct {
	tree *node
	size int64
}

// OpenMemory makes an engine with what another one holds at this moment, also
// a closed one; with nothing when that is nil.
func OpenMemory(with *Memory) *Memory {
	m := &Memory{}
	m.root.Store(&state{})
	if with != nil {
		m.root.Store(with.root.Load())
	}
	return m
}

// View implements Engine.
func (m *Memory) View(ctx context.Context, f func(View) error) error {
	return m.use(func() error { return f(&memoryView{ctx, m.root.Load().tree}) })
}

// Commit implements Engine.
func (m *Memory) Commit(changes []Change) error {
	if err := checkChanges(changes); err != nil {
		return err
	}
	return m.use(func() error {
		s := *m.root.Load()
		for _, c := range changes {
			old := s.tree.find(c.Key)
			if old != nil {
				s.size -= int64(len(old.key) + len(old.value))
			}
			switch {
			case !c.Delete:
				s.tree = s.tree.with(newNode(bytes.Clone(c.Key), bytes.Clone(c.Value)))
				s.size += int64(len(c.Key) + len(c.Value))
			case old != nil:
				s.tree = s.tree.without(c.Key)
			}
		}
		m.root.Store(&s)
		return nil
	})
}

// Size implements Engine: what it would take on a disk at the least.
func (m *Memory) Size() (int64, error) { return m.root.Load().size, nil }

// Close implements Engine.
func (m *Memory) Close() error { return m.end(func() error { return nil }) }

// Abandon implements Engine.
func (m *Memory) Abandon() error { return m.Close() }

// Leave implements Engine.
func (m *Memory) Leave() error { return m.Close() }

type memoryView struct {
	ctx  context.Context
	tree *node
}

func (v *memoryView) Get(key []byte) (value []byte, found bool, err error) {
	if n := v.tree.find(key); n != nil {
		return n.value, true, nil
	}
	return nil, false, nil
}

func (v *memoryView) Scan(prefix, from []byte, reverse bool, f func(key, value []byte) (bool, error)) error {
	seen := 0
	_, err := v.tree.walk(seekKey(prefix, from, reverse), reverse, func(n *node) (bool, error) {
		if seen++; seen%askEvery == 0 && v.ctx.Err() != nil {
			return false, v.ctx.Err()
		}
		if !bytes.HasPrefix(n.key, prefix) {
			return false, nil
		}
		return f(n.key, n.value)
	})
	if err == nil {
		err = v.ctx.Err()
	}
	return err
}
