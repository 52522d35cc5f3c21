package db

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"time"

	"duologue/db/errs"
)

// space watches the free space of the disk under the store. Badger maps its
// files into memory, and a full disk then ends the process with a signal that
// nothing can catch; so the store takes nothing long before, below Reserve,
// and below half of it does not delete either, because that writes as well.
// What other programs take of the reserve is answered with the ballast: a file
// that holds real space and is given away when space is nearly gone, so that
// what Badger has begun in the background can end.
type space struct {
	spaceOptions
	nearLow  atomic.Bool // low, or not far from it
	low      atomic.Bool
	critical atomic.Bool // also for what gives space back
	wasLow   atomic.Bool // low at some time since back was called
}

// spaceOptions say what is watched; all have to be set but Ballast.
type spaceOptions struct {
	Dir       string
	Reserve   int64 // bytes; below this much free space nothing is taken
	Ballast   int64 // bytes; 0 or less is none
	Start     int64 // bytes; what opening the store takes for a moment
	FreeSpace func(dir string) (int64, error)
	Tick      time.Duration // how often the disk is looked at
	Log       *slog.Logger
}

// newSpace refuses a disk on which opening the store could end the program:
// Badger makes files of twice the size of a memtable as it starts.
func newSpace(o spaceOptions) (*space, error) {
	s := &space{spaceOptions: o}
	free, err := s.FreeSpace(s.Dir)
	if err != nil {
		return nil, errs.Wrap(Unavailable, "the free space of the disk cannot be read", err)
	}
	if free < s.least() { // what an earlier run set aside may be just enough to read on
		s.removeBallast()
		free, _ = s.FreeSpace(s.Dir)
	}
	if free < s.least() {
		return nil, Errorf(StorageFull,
			"the disk is full: %d MB are free under %s, and at least %d MB are needed to start", free>>20, s.Dir, s.least()>>20)
	}
	s.check()
	return s, nil
}

// least is what opening needs, or the reserve on a disk that is smaller.
func (s *space) least() int64 { return min(s.Reserve, s.Start) }

// makeRoom gives the ballast away where it takes that to have so many bytes
// free, and reports whether there are.
func (s *space) makeRoom(needs int64) bool {
	free, err := s.FreeSpace(s.Dir)
	if err == nil && free < needs {
		s.removeBallast()
		free, err = s.FreeSpace(s.Dir)
	}
	return err != nil || free >= needs
}

// check looks at the disk and reports whether writing is safe.
func (s *space) check() bool {
	free, err := s.FreeSpace(s.Dir)
	if err == nil {
		s.nearLow.Store(free < 2*s.Reserve)
		s.low.Store(free < s.Reserve)
		s.critical.Store(free < s.Reserve/2)
	}
	if !s.low.Load() {
		return true
	}
	if !s.wasLow.Swap(true) {
		s.Log.Error("little free space: nothing is taken until there is more", "reserve_bytes", s.Reserve)
	}
	return false
}

// watch looks at every tick, and more often near the reserve, where what other
// programs write could end Badger within a second; it gives the ballast away
// and takes it back, lets the engine allocate what it is about to write to, and
// calls back when writing is safe after it was not.
func (s *space) watch(ctx context.Context, allocate, back func()) {
	for {
		if s.check() && s.wasLow.Swap(false) {
			s.Log.Info("free space is back: writing again")
			back()
		}
		s.adjustBallast(ctx)
		allocate()
		pause := s.Tick
		if s.nearLow.Load() {
			pause /= 20
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
	}
}

// fits reports whether so many bytes leave a reserve on the disk.
func (s *space) fits(size, reserve int64) error {
	free, err := s.FreeSpace(s.Dir)
	if err == nil && (free-size < reserve || size > free) {
		return Errorf(StorageFull, "the host's disk has no room for it")
	}
	return nil
}

func (s *space) adjustBallast(ctx context.Context) {
	if s.Ballast <= 0 {
		return
	}
	free, err := s.FreeSpace(s.Dir)
	if err != nil {
		return
	}
	_, err = os.Stat(s.ballastPath())
	switch there := err == nil; {
	case there && free < s.Reserve/4:
		s.removeBallast()
	case !there && free > s.Reserve+2*s.Ballast:
		if err := s.writeBallast(ctx); err != nil {
			s.removeBallast()
		}
	}
}

func (s *space) ballastPath() string { return filepath.Join(s.Dir, "ballast") }

func (s *space) removeBallast() {
	os.Remove(s.ballastPath())
	os.Remove(s.ballastPath() + ".new") // an earlier run may have ended over it
}

// writeBallast makes it of random bytes, because neither a hole in a file nor
// what a disk can compress holds space.
func (s *space) writeBallast(ctx context.Context) error {
	tmp := s.ballastPath() + ".new"
	f, err := os.OpenFile(tmp, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	chunk := make([]byte, 256<<10)
	rand.Read(chunk)
	for n := int64(0); n < s.Ballast && err == nil; n += int64(len(chunk)) {
		if _, err = f.Write(chunk); err == nil {
			err = ctx.Err()
		}
	}
	if err = errors.Join(err, f.Close()); err != nil {
		os.Remove(tmp)
		return err
	}
	return os.Rename(tmp, s.ballastPath())
}

// reserveOn is 256 MiB, which no other program fills before Badger has ended
// what it began, or on a small disk what lets it be used at all.
func reserveOn(dir string, least int64) int64 {
	const most, used = 256 << 20, 100 << 20
	if _, size, err := diskSpace(dir); err == nil {
		return min(max(size-used, least), most)
	}
	return most
}

// freeSpace is what an ordinary user can still write under dir, in bytes.
func freeSpace(dir string) (int64, error) {
	free, _, err := diskSpace(dir)
	return free, err
}

func isFull(err error) bool { return errors.Is(err, syscall.ENOSPC) || isFullOS(err) }
