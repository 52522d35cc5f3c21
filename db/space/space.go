package space

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"time"

	"duologue/db/errs"
	"duologue/db/folder"
)

// Watch knows how much of the disk is free. Badger maps its
// files into memory, and a full disk then ends the process with a signal that
// nothing can catch; so the store takes nothing long before, below Reserve,
// and below half of it does not delete either, because that writes as well.
// What other programs take of the reserve is answered with the ballast: a file
// that holds real space and is given away when space is nearly gone, so that
// what Badger has begun in the background can end.
type Watch struct {
	o        Options
	nearLow  atomic.Bool // low, or not far from it
	low      atomic.Bool
	critical atomic.Bool  // also for what gives space back
	wasLow   atomic.Bool  // low at some time since back was called
	place    folder.Place // what has to be where it was
	lost     atomic.Pointer[errs.Error]
}

// maxUnasked is at how many ticks in a row the disk may not answer.
const maxUnasked = 3

// Options say what is watched; all have to be set but Ballast.
type Options struct {
	Dir       string
	Reserve   int64 // bytes; below this much free space nothing is taken
	Ballast   int64 // bytes; 0 or less is none
	Start     int64 // bytes; what opening the store takes for a moment
	FreeSpace func(dir string) (int64, error)
	Tick      time.Duration // how often the disk is looked at
	Log       *slog.Logger
}

// New refuses a disk on which opening the store could end the program, because
// less than Start is free.
func New(o Options) (*Watch, error) {
	w := &Watch{o: o}
	if err := w.Hold("."); err != nil {
		return nil, err
	}
	free, err := w.o.FreeSpace(w.o.Dir)
	if err != nil {
		return nil, errs.Wrap(errs.Unavailable, "the free space of the disk cannot be read", err)
	}
	if free < w.least() { // what an earlier run set aside may be just enough to read on
		w.removeBallast()
		free, _ = w.o.FreeSpace(w.o.Dir)
	}
	if free < w.least() {
		return nil, errs.Errorf(errs.StorageFull,
			"the disk is full: %d MiB are free under %s, and at least %d MiB are needed to start", free>>20, w.o.Dir, w.least()>>20)
	}
	w.Check()
	return w, nil
}

// Hold has Usable ask for folders in Dir as well, as they are now; those that
// are missing are not asked for. It comes before Run.
func (w *Watch) Hold(names ...string) error {
	for _, name := range names {
		err := w.place.Hold(filepath.Join(w.o.Dir, name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return errs.Wrap(errs.Unavailable, "the data folder cannot be read", err)
		}
	}
	return nil
}

// Close lets go of the folders, when nothing asks any more.
func (w *Watch) Close() { w.place.Close() }

// Lost reports whether Usable refuses for good.
func (w *Watch) Lost() bool { return w.lost.Load() != nil }

// least is what opening needs, or the reserve on a disk that is smaller.
func (w *Watch) least() int64 { return min(w.o.Reserve, w.o.Start) }

// Usable is nil while the folder is where it was and the disk answers. Otherwise
// nothing may be written by path: it would go into another folder, and what is
// removed there belongs to somebody else. What it gives is Unavailable. A folder
// that was elsewhere once is not trusted again.
func (w *Watch) Usable() error {
	if e := w.lost.Load(); e != nil {
		return e
	}
	err := w.place.Check()
	if errors.Is(err, folder.ErrElsewhere) {
		return w.lose("is not where it was", err)
	}
	if err == nil {
		_, err = w.o.FreeSpace(w.o.Dir)
	}
	if err != nil {
		return errs.Wrap(errs.Unavailable, "the disk of the data folder does not answer; nothing is taken until it does", err)
	}
	return nil
}

// lose has Usable refuse for good, and says so once in the log.
func (w *Watch) lose(what string, cause error) error {
	e := errs.Wrap(errs.Unavailable, fmt.Sprintf("the data folder %q %s; what was stored can be read, nothing more is taken until a new start",
		filepath.Base(w.o.Dir), what), cause)
	if w.lost.CompareAndSwap(nil, e) {
		w.o.Log.Error("the data folder "+what+": read-only until the next start", "folder", w.o.Dir, "error", cause)
	}
	return w.lost.Load()
}

// MakeRoom gives the ballast away where it takes that to have so many bytes
// free, and reports whether there are.
func (w *Watch) MakeRoom(needs int64) bool {
	free, err := w.o.FreeSpace(w.o.Dir)
	if err == nil && free < needs {
		w.removeBallast()
		free, err = w.o.FreeSpace(w.o.Dir)
	}
	return err != nil || free >= needs
}

// Check looks at the disk and reports whether writing is safe.
func (w *Watch) Check() bool {
	free, err := w.o.FreeSpace(w.o.Dir)
	if err == nil {
		w.nearLow.Store(free < 2*w.o.Reserve)
		w.low.Store(free < w.o.Reserve)
		w.critical.Store(free < w.o.Reserve/2)
	}
	if !w.low.Load() {
		return true
	}
	if !w.wasLow.Swap(true) {
		w.o.Log.Error("little free space: nothing is taken until there is more", "reserve_bytes", w.o.Reserve)
	}
	return false
}

// Critical reports whether not even what gives space back may be written, as
// far as Check found.
func (w *Watch) Critical() bool { return w.critical.Load() }

// Left is how many bytes are free now.
func (w *Watch) Left() (int64, error) { return w.o.FreeSpace(w.o.Dir) }

// Run looks at every tick, and more often near the reserve, where what other
// programs write could end Badger within a second; it gives the ballast away
// and takes it back, lets the engine allocate what it is about to write to, and
// calls back when writing is safe after it was not. A disk that does not answer
// for some ticks in a row is given up.
func (w *Watch) Run(ctx context.Context, allocate, back func()) {
	for unasked := 0; ; {
		err := w.Usable()
		if unasked++; err == nil {
			unasked = 0
		} else if unasked == maxUnasked {
			w.lose("does not answer", err)
		}
		if w.Check() && w.wasLow.Swap(false) {
			w.o.Log.Info("free space is back: writing again")
			back()
		}
		if err == nil {
			w.adjustBallast(ctx)
			allocate()
		}
		pause := w.o.Tick
		if w.nearLow.Load() {
			pause /= 20
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
	}
}

// Fits says why so many bytes may not be written: the disk is not Usable, or
// they do not leave a reserve on it.
func (w *Watch) Fits(size, reserve int64) error {
	if err := w.Usable(); err != nil {
		return err
	}
	free, err := w.o.FreeSpace(w.o.Dir)
	if err == nil && (free-size < reserve || size > free) {
		return errs.Errorf(errs.StorageFull, "the host's disk has no room for it")
	}
	return nil
}

func (w *Watch) adjustBallast(ctx context.Context) {
	if w.o.Ballast <= 0 {
		return
	}
	free, err := w.o.FreeSpace(w.o.Dir)
	if err != nil {
		return
	}
	_, err = os.Stat(w.ballastPath())
	switch there := err == nil; {
	case there && free < w.o.Reserve/4:
		w.removeBallast()
	case !there && free > w.o.Reserve+2*w.o.Ballast:
		if err := w.writeBallast(ctx); err != nil {
			w.removeBallast()
		}
	}
}

func (w *Watch) ballastPath() string { return filepath.Join(w.o.Dir, "ballast") }

func (w *Watch) removeBallast() {
	os.Remove(w.ballastPath())
	os.Remove(w.ballastPath() + ".new") // an earlier run may have ended over it
}

// writeBallast makes it of random bytes, because neither a hole in a file nor
// what a disk can compress holds space.
func (w *Watch) writeBallast(ctx context.Context) error {
	tmp := w.ballastPath() + ".new"
	f, err := os.OpenFile(tmp, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	chunk := make([]byte, 256<<10)
	rand.Read(chunk)
	for n := int64(0); n < w.o.Ballast && err == nil; n += int64(len(chunk)) {
		if _, err = f.Write(chunk); err == nil {
			err = ctx.Err()
		}
	}
	if err = errors.Join(err, f.Close()); err != nil {
		os.Remove(tmp)
		return err
	}
	return os.Rename(tmp, w.ballastPath())
}

// ReserveOn is 256 MiB, which no other program fills before Badger has ended
// what it began, or on a small disk what lets it be used at all.
func ReserveOn(dir string, least int64) int64 {
	const most, used = 256 << 20, 100 << 20
	if _, size, err := diskSpace(dir); err == nil {
		return min(max(size-used, least), most)
	}
	return most
}

// Free is what an ordinary user can still write under dir, in bytes.
func Free(dir string) (int64, error) {
	free, _, err := diskSpace(dir)
	return free, err
}

// IsFull reports whether an error says that the disk is full.
func IsFull(err error) bool { return errors.Is(err, syscall.ENOSPC) || isFullOS(err) }
