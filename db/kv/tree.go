package kv

import (
	"bytes"
	"hash/maphash"
)

// node is an entry of a treap: a binary tree in the order of the keys in which
// no node weighs less than those below it. Weights come from the keys by
// chance, which keeps the tree flat. Nodes are never changed: with and without
// make new ones on the way to the place and share all others.
type node struct {
	key, value  []byte
	weight      uint64
	left, right *node
}

var seed = maphash.MakeSeed()

func newNode(key, value []byte) *node {
	return &node{key: key, value: value, weight: maphash.Bytes(seed, key)}
}

// over is n above other nodes.
func (n *node) over(left, right *node) *node {
	c := *n
	c.left, c.right = left, right
	return &c
}

// find gives the node of a key, or nil.
func (n *node) find(key []byte) *node {
	for n != nil {
		switch c := bytes.Compare(key, n.key); {
		case c == 0:
			return n
		case c < 0:
			n = n.left
		default:
			n = n.right
		}
	}
	return nil
}

// with gives the tree with e, instead of another node of its key.
func (n *node) with(e *node) *node {
	if n == nil || e.weight >= n.weight { // a node of the same key weighs the same
		return e.over(n.split(e.key))
	}
	if bytes.Compare(e.key, n.key) < 0 {
		return n.over(n.left.with(e), n.right)
	}
	return n.over(n.left, n.right.with(e))
}

// without gives the tree without a key, which is there.
func (n *node) without(key []byte) *node {
	switch c := bytes.Compare(key, n.key); {
	case c == 0:
		return n.left.join(n.right)
	case c < 0:
		return n.over(n.left.without(key), n.right)
	default:
		return n.over(n.left, n.right.without(key))
	}
}

// split gives what is below a key and what is above it.
func (n *node) split(key []byte) (below, above *node) {
	if n == nil {
		return nil, nil
	}
	switch c := bytes.Compare(key, n.key); {
	case c == 0:
		return n.left, n.right
	case c < 0:
		below, above = n.left.split(key)
		return below, n.over(above, n.right)
	default:
		below, above = n.right.split(key)
		return n.over(n.left, below), above
	}
}

// join gives one tree of n and of one whose keys are all above those of n.
func (n *node) join(above *node) *node {
	switch {
	case n == nil:
		return above
	case above == nil:
		return n
	case n.weight > above.weight:
		return n.over(n.left, n.right.join(above))
	default:
		return above.over(n.join(above.left), above.right)
	}
}

// walk calls f with the nodes from a key on in the direction asked, until it
// answers false or an error.
func (n *node) walk(from []byte, reverse bool, f func(*node) (bool, error)) (more bool, err error) {
	if n == nil {
		return true, nil
	}
	first, last := n.left, n.right
	if reverse {
		first, last = last, first
	}
	if !before(n.key, from, reverse) {
		if more, err := first.walk(from, reverse, f); err != nil || !more {
			return more, err
		}
		if more, err := f(n); err != nil || !more {
			return more, err
		}
	}
	return last.walk(from, reverse, f)
}
