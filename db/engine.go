package db

import (
	"context"
	"errors"
	"io/fs"

	"duologue/db/blobs"
	"duologue/db/commit"
	"duologue/db/errs"
	"duologue/db/kv"
)

func openBadger(o *Options, makeRoom func(bytes int64) bool) (kv.Engine, error) {
	if !kv.HasBadger(o.Dir) { // before a new one stands in the way of what is brought back
		if err := blobs.MayBeNew(o.Dir); err != nil {
			return nil, err
		}
	}
	return kv.OpenBadger(kv.BadgerOptions{Dir: o.Dir, Log: o.Log, NoFlush: o.NoFlush, MakeRoom: makeRoom})
}

var (
	errNewer = Errorf(Unavailable, "the store was written by a newer Duologue; please use that one")
)

// openError says for people why an engine cannot be opened.
func openError(err error) error {
	switch {
	case CodeOf(err) != Internal:
		return err
	case errors.Is(err, kv.ErrInUse):
		return errs.Wrap(Unavailable, "the store is in use by another program", err)
	case errors.Is(err, kv.ErrFull):
		return errs.Wrap(StorageFull, "the disk is full", err)
	case errors.Is(err, kv.ErrReadOnly):
		return errs.Wrap(Unavailable, "the data folder cannot be written", err)
	case errors.Is(err, kv.ErrDenied), errors.Is(err, fs.ErrPermission):
		return errs.Wrap(Unavailable, "a file of the store may not be read by this user: perhaps another one, or root, started the program once", err)
	case errors.Is(err, kv.ErrMemory):
		return errs.Wrap(Unavailable, "there is too little memory, or address space, to open the store", err)
	case errors.Is(err, kv.ErrNewer):
		return errNewer
	}
	return damaged(err)
}

func damaged(err error) *Error {
	return errs.Wrap(Unavailable, "the store is damaged and cannot be opened; nothing was changed", err)
}

// preallocate lets an engine take the space on the disk that it is about to
// write to, where it knows that beforehand.
func (s *Store) preallocate() {
	if e, ok := s.engine.(interface{ Preallocate() }); ok {
		e.Preallocate()
	}
}

// view calls f with what is stored at one moment.
func (s *Store) view(f func(kv.View) error) error { return s.viewUntil(context.Background(), f) }

// viewUntil is view for a caller that may give up.
func (s *Store) viewUntil(ctx context.Context, f func(kv.View) error) error {
	err := s.engine.View(ctx, f)
	if errors.Is(err, kv.ErrClosed) {
		return commit.ErrClosing
	}
	return err
}
