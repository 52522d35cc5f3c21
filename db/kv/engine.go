package kv

import (
	"context"
	"errors"
	"fmt"
)

// Engine keeps values by key, in the order of the keys' bytes. Its methods may
// be called from any goroutine, but for Commit: one goroutine at a time.
type Engine interface {
	// View calls f with what is committed at this moment; commits that happen
	// meanwhile do not show in it. ErrClosed after Close. A context that ends
	// ends scans with its error. Views are to be short: an engine keeps what
	// they may still ask for.
	View(ctx context.Context, f func(View) error) error

	// Commit makes all changes or none, flushed to the disk before it returns.
	// Each key is there at most once. ErrRefused means that nothing was
	// written; after any other error nobody can say, until the engine is
	// opened again. It keeps nothing of changes.
	Commit(changes []Change) error

	// Size is what the engine takes on its disk, in bytes.
	Size() (int64, error)

	// Abandon closes the engine and leaves what is there as it was found, for a
	// store that turns out to be none that can be used, or whose Close found no
	// room.
	Abandon() error

	// Leave ends the use of the engine and writes nothing at all, as the end of
	// the process would: for files whose paths may lead elsewhere by now. What
	// it holds of the process, locks too, stays until the process ends.
	Leave() error

	// Close waits for views to end and closes the engine; closing again does
	// nothing. ErrFull means that there was no room for a clean end: what was
	// committed is on the disk, as after a crash.
	Close() error
}

// View is what is stored at one moment. It may be used until the function that
// it was given to returns, by one goroutine at a time.
type View interface {
	// Get gives a value, which is not to be changed and is good until the view ends.
	Get(key []byte) (value []byte, found bool, err error)

	// Scan calls f with the keys that begin with prefix and their values, in
	// rising order from the first that is not below from, in reverse in
	// falling order from the first that is not above it, until f answers false
	// or an error. From nil is the first one of all. Key and value are good
	// only until f returns; f may use the view.
	Scan(prefix, from []byte, reverse bool, f func(key, value []byte) (more bool, err error)) error
}

// Change sets a key to a value, which may be empty, or deletes it.
type Change struct {
	Key, Value []byte
	Delete     bool
}

// What a key and a batch may be.
const (
	MaxKey   = 128                     // bytes, at least 1
	MaxBatch = memTableSize * 15 / 100 // bytes of all keys and values, and changeBytes for each
	// MaxChanges is how many changes a batch holds.
	MaxChanges = 26_000
	// changeBytes is what a change takes of MaxBatch beside key and value.
	changeBytes = 12
)

// What Open and the methods of an Engine answer, wrapped around the cause.
var (
	ErrClosed   = errors.New("the engine is closed")
	ErrDamaged  = errors.New("damaged")
	ErrDenied   = errors.New("not to be read by this user")
	ErrInUse    = errors.New("in use by another process")
	ErrFull     = errors.New("the disk is full")
	ErrMemory   = errors.New("too little memory or address space")
	ErrNewer    = errors.New("written by a newer version")
	ErrReadOnly = errors.New("the folder cannot be written")
	ErrRefused  = errors.New("the batch was refused, nothing is written")
)

// checkChanges refuses what no engine takes.
func checkChanges(changes []Change) error {
	size := 0
	for i := range changes {
		c := &changes[i]
		if len(c.Key) == 0 || len(c.Key) > MaxKey {
			return fmt.Errorf("%w: a key of %d bytes", ErrRefused, len(c.Key))
		}
		size += len(c.Key) + len(c.Value) + changeBytes
	}
	if size >= MaxBatch || len(changes) > MaxChanges {
		return fmt.Errorf("%w: %d changes of %d bytes", ErrRefused, len(changes), size)
	}
	return nil
}
