package kv

import (
	"bytes"
	"context"
	"errors"

	"github.com/dgraph-io/badger/v4"
)

// badgerView reads in a transaction of Badger's that writes nothing.
type badgerView struct {
	ctx context.Context
	txn *badger.Txn
}

func (v *badgerView) Get(key []byte) (value []byte, found bool, err error) {
	item, err := v.txn.Get(key)
	if errors.Is(err, badger.ErrKeyNotFound) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	// Values below the threshold are the item's own, for as long as the
	// transaction lives.
	err = item.Value(func(val []byte) error { value = val; return nil })
	return value, err == nil, err
}

// askEvery is after how many keys a scan looks whether it is still wanted.
const askEvery = 64

func (v *badgerView) Scan(prefix, from []byte, reverse bool, f func(key, value []byte) (bool, error)) error {
	it := v.txn.NewIterator(badger.IteratorOptions{Prefix: prefix, Reverse: reverse})
	defer it.Close()
	n := 0
	for it.Seek(seekKey(prefix, from, reverse)); it.Valid(); it.Next() {
		if n++; n%askEvery == 0 && v.ctx.Err() != nil {
			return v.ctx.Err()
		}
		more, item := false, it.Item()
		err := item.Value(func(value []byte) (err error) {
			more, err = f(item.Key(), value)
			return err
		})
		if err != nil || !more {
			return err
		}
	}
	return v.ctx.Err()
}

// seekKey is where a scan begins: the first key that is not below it, in
// reverse the first that is not above it.
func seekKey(prefix, from []byte, reverse bool) []byte {
	switch beside := !bytes.HasPrefix(from, prefix); {
	case !reverse && (from == nil || beside && bytes.Compare(from, prefix) < 0):
		return prefix
	case reverse && (from == nil || beside && bytes.Compare(from, prefix) > 0):
		end := append(make([]byte, 0, MaxKey+1), prefix...) // the prefix itself is below all its keys
		for len(end) <= MaxKey {
			end = append(end, 0xFF)
		}
		return end
	}
	return from
}
