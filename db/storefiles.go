package db

import (
	"context"
	"os"
	"slices"

	"duologue/db/files"
	"duologue/db/kv"
)

// What is said of files, see files.
type (
	Upload        = files.Upload
	Made          = files.Made
	Bytes         = files.Bytes
	StoredFile    = files.StoredFile
	Place         = files.Place
	Drop          = files.Drop
	Storage       = files.Storage
	StorageTotals = files.StorageTotals
)

// The limits that a file can be beyond, see files.
var (
	ErrQuota = files.ErrQuota
	ErrCap   = files.ErrCap
)

// CreateUpload begins an upload of owner's, see files.Files.CreateUpload.
func (s *Store) CreateUpload(ctx context.Context, owner ID, u Upload) (Upload, error) {
	return s.files.CreateUpload(ctx, owner, u)
}

// Upload tells how far an upload of owner's is, see files.Files.Upload.
func (s *Store) Upload(owner ID, id string) (Upload, error) { return s.files.Upload(owner, id) }

// Append adds data to an upload, see files.Files.Append.
func (s *Store) Append(ctx context.Context, owner ID, id string, offset int64, data []byte) (int64, error) {
	return s.files.Append(ctx, owner, id, offset, data)
}

// Finish makes a file of a whole upload, see files.Files.Finish.
func (s *Store) Finish(ctx context.Context, owner ID, id string, look func(*os.File, Upload) (Made, error)) (Upload, error) {
	return s.files.Finish(ctx, owner, id, look)
}

// DropUpload gives up an upload, or a file that was not sent, see files.Files.DropUpload.
func (s *Store) DropUpload(ctx context.Context, owner ID, id string) error {
	return s.files.DropUpload(ctx, owner, id)
}

// OpenFile opens the bytes of owner's file, see files.Files.OpenFile.
func (s *Store) OpenFile(owner ID, id string) (Bytes, error) {
	return s.files.OpenFile(owner, id)
}

// OpenThumb opens the thumbnail of owner's file, see files.Files.OpenThumb.
func (s *Store) OpenThumb(owner ID, id string) (Bytes, error) {
	return s.files.OpenThumb(owner, id)
}

// EachFile calls f with every file that owner's messages show.
func (s *Store) EachFile(owner ID, f func(StoredFile) error) error {
	return s.files.EachFile(owner, f)
}

// DropFiles gives up the bytes of owner's files, see files.Files.DropFiles.
func (s *Store) DropFiles(ctx context.Context, owner ID, d Drop) (n int, size int64, err error) {
	return s.files.DropFiles(ctx, owner, d)
}

// SetStorage sets the owner's limits for the files of all.
func (s *Store) SetStorage(ctx context.Context, limits Storage) error {
	return s.files.SetStorage(ctx, limits)
}

// StorageTotals adds up the files of all.
func (s *Store) StorageTotals() (StorageTotals, error) { return s.files.StorageTotals() }

// Charged is what a person brought and the host keeps, in bytes.
func (s *Store) Charged(id ID) (int64, error) { return s.files.Charged(id) }

// forFiles is the store as its files see it.
type forFiles struct{ *Store }

func (s forFiles) View(f func(kv.View) error) error { return s.view(f) }
func (s forFiles) ViewUntil(ctx context.Context, f func(kv.View) error) error {
	return s.viewUntil(ctx, f)
}

func (s forFiles) Wake()          { s.wakePurge() }
func (s forFiles) Poisoned() bool { return s.committer.Poisoned() || s.space.Lost() }

func (s forFiles) Do(ctx context.Context, bytes int, f func(files.Batch) error) error {
	return s.do(ctx, bytes, func(b *batch) error { return f(b) })
}

func (s forFiles) DoFreeing(ctx context.Context, bytes int, f func(files.Batch) error) error {
	return s.doFreeing(ctx, bytes, func(b *batch) error { return f(b) })
}

func (s forFiles) Removed(id ID) bool {
	p, _ := s.people.Get(id)
	return p.Removed
}

func (s forFiles) AllRemoved() []ID {
	return slices.DeleteFunc(s.people.IDs(), func(id ID) bool { return !s.Removed(id) })
}

// tidyFiles is files.Files.Tidy before the committer runs.
func (s *Store) tidyFiles() error {
	err := s.files.Tidy(s.engine.Commit)
	if CodeOf(err) == Internal {
		return openError(err)
	}
	return err
}

// Member implements files.Batch.
func (b *batch) Member(id ID) bool {
	p, ok := b.person(id)
	return ok && !p.Removed
}

// Floor implements files.Batch.
func (b *batch) Floor(owner, who ID) (uint64, error) {
	c, err := b.chat(owner, who)
	if err != nil {
		return 0, err
	}
	return c.Floor, nil
}
