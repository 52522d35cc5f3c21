// Package record says what the store's keys and values look like: the diagram of
// all keys stands at the top of keys.go. Values are CBOR, which only this
// package knows. Nothing here reads or writes.
package record
