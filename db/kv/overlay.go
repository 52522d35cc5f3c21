package kv

import (
	"bytes"
	"hash/maphash"
	"slices"
)

// Overlay is a batch in the making: a View of what it stands on with its own
// changes, which it keeps until they are committed. It belongs to one
// goroutine.
type Overlay struct {
	base    View
	changes []Change // each key once, in the order of the first change
	index   map[uint64]int
	seed    maphash.Seed
}

// The index tells where a key is among the changes, by the hash of the key:
// unlike a map by key it costs no memory for each. When two keys have one
// hash, the later one is under the next free number.

// find gives where a key is among the changes, or the number under which it
// will be.
func (o *Overlay) find(key []byte) (at int, slot uint64, found bool) {
	for slot = maphash.Bytes(o.seed, key); ; slot++ {
		at, found = o.index[slot]
		if !found || bytes.Equal(o.changes[at].Key, key) {
			return at, slot, found
		}
	}
}

// maxReused is up to how many changes the memory of a batch serves the next one.
const maxReused = 8192

// Begin empties the overlay and puts it on base. Keys and values that it was
// given are kept by nobody after that.
func (o *Overlay) Begin(base View) {
	o.base = base
	if o.index == nil || len(o.index) > maxReused {
		o.index, o.seed, o.changes = map[uint64]int{}, maphash.MakeSeed(), nil
	}
	clear(o.index)
	clear(o.changes)
	o.changes = o.changes[:0]
}

// Base is what the overlay stands on, without its changes.
func (o *Overlay) Base() View { return o.base }

// Changes are what there is to commit; good until the next call of Begin.
func (o *Overlay) Changes() []Change { return o.changes }

// Set sets a key; the overlay keeps both slices.
func (o *Overlay) Set(key, value []byte) { o.put(Change{Key: key, Value: value}) }

// Delete deletes a key.
func (o *Overlay) Delete(key []byte) { o.put(Change{Key: key, Delete: true}) }

func (o *Overlay) put(c Change) {
	at, slot, found := o.find(c.Key)
	if found {
		o.changes[at] = c
		return
	}
	o.index[slot] = len(o.changes)
	o.changes = append(o.changes, c)
}

// Get implements View.
func (o *Overlay) Get(key []byte) (value []byte, found bool, err error) {
	if at, _, found := o.find(key); found {
		c := &o.changes[at]
		return c.Value, !c.Delete, nil
	}
	return o.base.Get(key)
}

// Scan implements View. It looks through the changes once and sorts those of
// its range alone; f may make changes, which do not show in this scan.
func (o *Overlay) Scan(prefix, from []byte, reverse bool, f func(key, value []byte) (bool, error)) error {
	own := o.within(prefix, from, reverse)
	if len(own) == 0 {
		return o.base.Scan(prefix, from, reverse, f)
	}
	var more = true
	next := func() (err error) {
		c := own[0]
		if own = own[1:]; !c.Delete {
			more, err = f(c.Key, c.Value)
		}
		return err
	}
	err := o.base.Scan(prefix, from, reverse, func(key, value []byte) (bool, error) {
		for more && len(own) > 0 && before(own[0].Key, key, reverse) {
			if err := next(); err != nil {
				return false, err
			}
		}
		if !more {
			return false, nil
		}
		if len(own) > 0 && bytes.Equal(own[0].Key, key) {
			err := next()
			return more, err
		}
		var err error
		more, err = f(key, value)
		return more, err
	})
	for err == nil && more && len(own) > 0 {
		err = next()
	}
	return err
}

// within gives the changes that a scan passes, in its order.
func (o *Overlay) within(prefix, from []byte, reverse bool) (own []Change) {
	for i := range o.changes {
		key := o.changes[i].Key
		if bytes.HasPrefix(key, prefix) && (from == nil || !before(key, from, reverse)) {
			own = append(own, o.changes[i])
		}
	}
	slices.SortFunc(own, func(a, b Change) int {
		if reverse {
			a, b = b, a
		}
		return bytes.Compare(a.Key, b.Key)
	})
	return own
}

// before tells whether a scan comes to a before it comes to b.
func before(a, b []byte, reverse bool) bool {
	if reverse {
		return bytes.Compare(a, b) > 0
	}
	return bytes.Compare(a, b) < 0
}
