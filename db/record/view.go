package record

import (
	"duologue/db/kv"
)

// Get reads key into v and reports whether it is there.
func Get(view kv.View, key []byte, v any) (bool, error) {
	val, found, err := view.Get(key)
	if err != nil || !found {
		return false, err
	}
	return true, Decode(val, v)
}

// Scan calls f with every key under prefix and its value, until an error.
func Scan(view kv.View, prefix []byte, f func(key, val []byte) error) error {
	return view.Scan(prefix, nil, false, func(key, val []byte) (bool, error) { return true, f(key, val) })
}

// Empty reports whether there is nothing at all.
func Empty(view kv.View) (bool, error) {
	empty := true
	err := view.Scan(nil, nil, false, func(_, _ []byte) (bool, error) { empty = false; return false, nil })
	return empty, err
}
