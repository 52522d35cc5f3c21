// Package record says what the store's keys and values look like: the diagram of
// all keys stands at the top of keys.go. Values are CBOR, which only this
// package knows, and Get and Scan read them. What may be written is not decided
// here.
package record
