// Package kv is the seam between the store and the engine that keeps its keys
// and values: an Engine is read through a View of one moment, and changed by
// committing a batch of Changes. An Overlay is such a batch in the making.
//
// The types, errors and options of Badger are in this package and in no other.
// Memory is an engine for tests: what it keeps ends with the process.
//
// What keys and values mean is not known here.
package kv
