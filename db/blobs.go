package db

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

// blobs is the folder of files beside the store: bytes under their SHA-256,
// and below new/ what is still arriving.
//
//	files/ab/abcd…    whole, never changed
//	files/new/ID      an upload; ID.clean and ID.thumb what is made of it
//
// Bytes come to their place flushed, before the transaction that refers to
// them, and go after the transaction that took the last reference; what a
// crash leaves between the two is removed by the next start.
type blobs struct {
	dir   string
	flush bool // false leaves what is written to the operating system

	// mu is held from putting bytes to their place until they are referred
	// to, and while unneeded ones are removed. It comes before the committer:
	// whoever holds it may wait for a change, and no change waits for it.
	mu sync.Mutex

	// busy has what is done with an upload right now.
	busy map[string]chan struct{}
	lock sync.Mutex // of busy and dead, inside mu

	dead [][]byte // nobody refers to these any more
}

func newBlobs(dir string, flush bool) (*blobs, error) {
	b := &blobs{dir: filepath.Join(dir, "files"), flush: flush, busy: map[string]chan struct{}{}}
	if err := os.MkdirAll(filepath.Join(b.dir, "new"), 0o700); err != nil {
		return nil, errs.Wrap(Unavailable, "the folder for files cannot be made", err)
	}
	b.syncDir(b.dir)
	b.syncDir(dir) // the store's own folder may be as new
	return b, nil
}

func (b *blobs) path(hash []byte) string {
	name := hex.EncodeToString(hash)
	return filepath.Join(b.dir, name[:2], name)
}

// arriving is the path of an upload, or with a suffix of what is made of it.
func (b *blobs) arriving(id, suffix string) string { return filepath.Join(b.dir, "new", id+suffix) }

// put moves a flushed file to its place; b.mu is held. It reports whether it
// did: the same bytes may be there already.
func (b *blobs) put(from string, hash []byte) (moved bool, err error) {
	to := b.path(hash)
	if _, err := os.Stat(to); err == nil {
		return false, nil
	}
	if err := os.Mkdir(filepath.Dir(to), 0o700); err == nil {
		b.syncDir(b.dir)
	} else if !errors.Is(err, fs.ErrExist) {
		return false, err
	}
	if err := os.Rename(from, to); err != nil {
		return false, err
	}
	b.syncDir(filepath.Dir(to))
	return true, nil
}

// write makes a new flushed file of what f writes.
func (b *blobs) write(path string, f func(io.Writer) error) error {
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

// append writes data into an upload and flushes it.
func (b *blobs) append(id string, offset int64, data []byte) error {
	file, err := os.OpenFile(b.arriving(id, ""), os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = file.WriteAt(data, offset)
	return errors.Join(errs.First(err, b.sync(file)), file.Close())
}

// take makes an upload one caller's own until free is called. Without
// patience it is Locked when somebody has it.
func (b *blobs) take(ctx context.Context, id string, patience bool) (free func(), err error) {
	mine := make(chan struct{})
	for {
		b.lock.Lock()
		other, taken := b.busy[id]
		if !taken {
			b.busy[id] = mine
		}
		b.lock.Unlock()
		switch {
		case !taken:
			return func() {
				b.lock.Lock()
				delete(b.busy, id)
				b.lock.Unlock()
				close(mine)
			}, nil
		case !patience:
			return nil, Errorf(Locked, "another call is writing to this upload")
		}
		select {
		case <-other:
		case <-ctx.Done():
			return nil, errs.Wrap(Unavailable, "cancelled", ctx.Err())
		}
	}
}

// discard notes bytes that may be removed.
func (b *blobs) discard(hash []byte) {
	if len(hash) == 0 {
		return
	}
	b.lock.Lock()
	defer b.lock.Unlock()
	b.dead = append(b.dead, hash)
}

// sweep removes what was discarded and has not come back since. What cannot
// be removed now, as an open file on some systems, waits for the next time.
func (b *blobs) sweep(referred func(hash []byte) (bool, error)) error {
	b.lock.Lock()
	dead := b.dead
	b.dead = nil
	b.lock.Unlock()
	var failed error
	for _, hash := range dead {
		b.mu.Lock()
		there, err := referred(hash)
		if err == nil && !there {
			if err = os.Remove(b.path(hash)); errors.Is(err, fs.ErrNotExist) {
				err = nil
			}
		}
		b.mu.Unlock()
		if err != nil {
			b.discard(hash)
			failed = err
		}
	}
	return failed
}

// removeUpload removes what arrived of an upload.
func (b *blobs) removeUpload(id string) {
	for _, suffix := range []string{"", ".clean", ".thumb"} {
		os.Remove(b.arriving(id, suffix))
	}
}

func (b *blobs) sync(f *os.File) error {
	if !b.flush {
		return nil
	}
	return f.Sync()
}

func (b *blobs) syncDir(dir string) {
	if b.flush {
		folder.Sync(dir)
	}
}
