package blobs

import (
	"context"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"duologue/db/errs"
	"duologue/db/folder"
)

// Folder is the folder of files beside the store: bytes under their SHA-256,
// and below new/ what is still arriving.
//
//	files/ab/abcd…    whole, never changed
//	files/new/ID      an upload; ID.clean and ID.thumb what is made of it
//	files/aside-DATE/ what nobody refers to and a start found too much to remove
//
// Bytes come to their place flushed, before the transaction that refers to
// them, and go after the transaction that took the last reference; what a
// crash leaves between the two is removed by the next start.
type Folder struct {
	Dir   string // that of files/
	flush bool   // false leaves what is written to the operating system

	// Placing is held from putting bytes to their place until they are referred
	// to, and while unneeded ones are removed. It comes before the committer:
	// whoever holds it may wait for a change, and no change waits for it.
	Placing sync.Mutex

	// busy has the uploads that somebody is at, by id.
	busy map[string]chan struct{}
	mu   sync.Mutex // of busy and dead; Placing comes before it

	dead [][]byte // nobody refers to these any more
}

// Open makes the folder files/ in dir when it is missing. Without flush what is
// written is left to the operating system.
func Open(dir string, flush bool) (*Folder, error) {
	b := &Folder{Dir: filepath.Join(dir, "files"), flush: flush, busy: map[string]chan struct{}{}}
	if err := os.MkdirAll(filepath.Join(b.Dir, "new"), 0o700); err != nil {
		return nil, errs.Wrap(errs.Unavailable, "the folder for files cannot be made", err)
	}
	b.SyncDir(b.Dir)
	b.SyncDir(dir) // the store's own folder may be as new
	return b, nil
}

// Path is where the bytes of a hash are, once they were put there.
func (b *Folder) Path(hash []byte) string {
	name := hex.EncodeToString(hash)
	return filepath.Join(b.Dir, name[:2], name)
}

// Arriving is the path of an upload, or with a suffix of what is made of it.
func (b *Folder) Arriving(id, suffix string) string { return filepath.Join(b.Dir, "new", id+suffix) }

// Put moves a flushed file to its place; Placing is held. It reports whether it
// did: the same bytes may be there already.
func (b *Folder) Put(from string, hash []byte) (moved bool, err error) {
	to := b.Path(hash)
	if _, err := os.Stat(to); err == nil {
		return false, nil
	}
	if err := os.Mkdir(filepath.Dir(to), 0o700); err == nil {
		b.SyncDir(b.Dir)
	} else if !errors.Is(err, fs.ErrExist) {
		return false, err
	}
	if err := os.Rename(from, to); err != nil {
		return false, err
	}
	b.SyncDir(filepath.Dir(to))
	return true, nil
}

// Write makes a new flushed file of what f writes.
func (b *Folder) Write(path string, f func(io.Writer) error) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	err = errs.First(f(file), b.sync(file))
	if err = errors.Join(err, file.Close()); err != nil {
		os.Remove(path)
	}
	return err
}

// Append writes data into an upload and flushes it.
func (b *Folder) Append(id string, offset int64, data []byte) error {
	file, err := os.OpenFile(b.Arriving(id, ""), os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = file.WriteAt(data, offset)
	return errors.Join(errs.First(err, b.sync(file)), file.Close())
}

// Lock makes an upload one caller's own until unlock is called. Without
// wait it is Locked when somebody has it; Unavailable when ctx ends first.
func (b *Folder) Lock(ctx context.Context, id string, wait bool) (unlock func(), err error) {
	mine := make(chan struct{})
	for {
		b.mu.Lock()
		other, taken := b.busy[id]
		if !taken {
			b.busy[id] = mine
		}
		b.mu.Unlock()
		switch {
		case !taken:
			return func() {
				b.mu.Lock()
				delete(b.busy, id)
				b.mu.Unlock()
				close(mine)
			}, nil
		case !wait:
			return nil, errs.Errorf(errs.Locked, "another call is writing to this upload")
		}
		select {
		case <-other:
		case <-ctx.Done():
			return nil, errs.Wrap(errs.Unavailable, "cancelled", ctx.Err())
		}
	}
}

// Discard notes bytes that may be removed.
func (b *Folder) Discard(hash []byte) {
	if len(hash) == 0 {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.dead = append(b.dead, hash)
}

// Sweep removes what was discarded and has not come back since. What cannot
// be removed now, as an open file on some systems, waits for the next time.
func (b *Folder) Sweep(referred func(hash []byte) (bool, error)) error {
	b.mu.Lock()
	dead := b.dead
	b.dead = nil
	b.mu.Unlock()
	var failed error
	for _, hash := range dead {
		b.Placing.Lock()
		there, err := referred(hash)
		if err == nil && !there {
			if err = os.Remove(b.Path(hash)); errors.Is(err, fs.ErrNotExist) {
				err = nil
			}
		}
		b.Placing.Unlock()
		if err != nil {
			b.Discard(hash)
			failed = err
		}
	}
	return failed
}

// RemoveUpload removes what arrived of an upload.
func (b *Folder) RemoveUpload(id string) {
	for _, suffix := range []string{"", ".clean", ".thumb"} {
		os.Remove(b.Arriving(id, suffix))
	}
}

func (b *Folder) sync(f *os.File) error {
	if !b.flush {
		return nil
	}
	return f.Sync()
}

// SyncDir makes the names in a folder last, unless nothing is flushed.
func (b *Folder) SyncDir(dir string) {
	if b.flush {
		folder.Sync(dir)
	}
}
