package files

import (
	"context"
	"log/slog"
	"time"

	"duologue/db/blobs"
	"duologue/db/kv"
	"duologue/db/model"
	"duologue/db/space"
)

// Weight is about what a file adds to a message on both sides, in bytes.
const Weight = 3 << 10

const (
	// maxChange is about what one change of many files writes, in bytes: a
	// half of what the committer takes, so that others find room beside it.
	maxChange = kv.MaxBatch / 4
	// changeFiles is how many files one change in the background drops.
	changeFiles = 500
)

// Files are the files of everybody in one store. Its methods may be called from
// any goroutine; those that take a batch are for the committer's alone.
type Files struct {
	o     Options
	store Store
	blobs *blobs.Folder
	space *space.Watch
	sums  *Sums // the committer's; nil until they are asked for
}

// Options are the limits for files; 0 is none where it can be.
type Options struct {
	MaxFile     int64         // bytes of one file
	Quota       int64         // bytes that one person's files may take
	FileReserve int64         // bytes that files leave free on the disk
	UploadLife  time.Duration // an upload that does not go on is given up …
	UnsentLife  time.Duration // … and a whole one that is not sent
	Now         func() time.Time
	Log         *slog.Logger
}

// Store is what files need of the store that they are part of.
type Store interface {
	// View calls f with what is stored at one moment; ViewUntil ends scans when
	// ctx does.
	View(f func(kv.View) error) error
	ViewUntil(ctx context.Context, f func(kv.View) error) error
	// Do makes a change of about so many bytes and waits until it is on disk;
	// DoFreeing is for what gives space back, also when there is little.
	Do(ctx context.Context, bytes int, f func(Batch) error) error
	DoFreeing(ctx context.Context, bytes int, f func(Batch) error) error
	// Removed reports whether a person was removed; AllRemoved lists them.
	Removed(id model.ID) bool
	AllRemoved() []model.ID
	// Wake has Sweep called soon.
	Wake()
	// Poisoned reports that a flush failed, so that nobody knows what is on the
	// disk, or that the folder is not there any more.
	Poisoned() bool
}

// Batch is the transaction in the making that a change of files is part of.
type Batch interface {
	kv.View // with what the batch is about to change
	Set(key, value []byte)
	Delete(key []byte)
	Now() int64     // ms
	After(f func()) // runs f once the batch is on disk
	// Member reports whether a person is there and not removed.
	Member(id model.ID) bool
	// Floor is up to where owner's copies of the chat with who are deleted.
	Floor(owner, who model.ID) (uint64, error)
	// MarkGone says in owner's copy of a message that a file of it is gone, and
	// gives about the bytes that this writes.
	MarkGone(owner, who model.ID, seq uint64, id string) (bytes int, err error)
}

func New(o Options, store Store, folder *blobs.Folder, watch *space.Watch) *Files {
	return &Files{o: o, store: store, blobs: folder, space: watch}
}

// Reset drops what is known of batches, after one that was given up; on the
// committer's goroutine.
func (s *Files) Reset() { s.sums = nil }
