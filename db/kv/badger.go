package kv

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/options"

	"duologue/db/folder"
	"duologue/db/space"
)

// Badger's sizes. The memtable's may never change: a store that was not closed
// cleanly does not open with a smaller one. The value threshold is above every
// value, so that nothing goes to the value log, which then needs no care.
const (
	memTableSize   = 16 << 20
	valueThreshold = 1 << 20
	valueLogSize   = 16 << 20

	// BadgerOpening is what opening takes for a moment, in bytes: Badger makes
	// files of twice the size of a memtable and of a value log.
	BadgerOpening = 2*memTableSize + 2*valueLogSize
	// BadgerMemtable is what a memtable takes as it becomes a table.
	BadgerMemtable = memTableSize
)

// BadgerOptions say where a store of Badger's is. Only Dir has to be set.
type BadgerOptions struct {
	Dir string // the data folder: Badger's files are in store/ below it
	Log *slog.Logger

	// NoFlush leaves what is committed to the operating system: a power cut
	// loses it.
	NoFlush bool

	// MakeRoom reports whether so many bytes can be written; it may give
	// something up for that. Without room Close leaves the files as they are.
	MakeRoom func(bytes int64) bool
}

// Badger is an engine in files of this computer, used by one process.
type Badger struct {
	guard
	o   BadgerOptions
	bdb *badger.DB

	allocated []string // memtables that have their space; Preallocate's
}

func (o *BadgerOptions) badger() badger.Options {
	return badger.DefaultOptions(filepath.Join(o.Dir, "store")).
		WithSyncWrites(!o.NoFlush). // without it a power cut forgets acknowledged writes
		WithDetectConflicts(false). // one writer
		WithMemTableSize(memTableSize).
		WithNumMemtables(2).
		WithValueThreshold(valueThreshold).
		WithValueLogFileSize(valueLogSize).
		WithBlockCacheSize(16 << 20).
		WithNumCompactors(2).
		WithMetricsEnabled(false).
		WithCompression(options.Snappy).
		WithChecksumVerificationMode(options.OnBlockRead). // damage is an error, never a wrong value
		WithLogger(badgerLog{o.Log})
}

// OpenBadger opens the store below o.Dir, making it when there is none:
// ErrDamaged, ErrNewer, ErrInUse, ErrFull, ErrReadOnly, ErrDenied, ErrMemory.
// Damage that can be seen is found before anything is changed.
func OpenBadger(o BadgerOptions) (b *Badger, err error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.MakeRoom == nil {
		o.MakeRoom = func(int64) bool { return true }
	}
	opts := o.badger()
	defer func() { // some kinds of damage end in a panic
		if r := recover(); r != nil {
			b, err = nil, openError(fmt.Errorf("panic: %v", r))
		}
	}()
	if err := checkReadable(opts.Dir); err != nil {
		return nil, openError(err)
	}
	if err := errors.Join(removeLeftovers(opts.Dir), verifyFiles(opts, crashed(o.Dir))); err != nil {
		return nil, openError(err)
	}
	if err := markOpen(o.Dir); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrReadOnly, err)
	}
	bdb, err := badger.Open(opts)
	if err != nil {
		return nil, openError(err)
	}
	return &Badger{o: o, bdb: bdb}, nil
}

// checkReadable finds a file that this user may not read, as one start by
// another user leaves it behind: Badger would say no more of it than of damage.
// It gives the error of the first one, with its path.
func checkReadable(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return ifDenied(err)
	}
	for _, entry := range entries {
		if !entry.Type().IsRegular() {
			continue
		}
		f, err := os.Open(filepath.Join(dir, entry.Name()))
		if err == nil {
			err = f.Close()
		}
		if err := ifDenied(err); err != nil {
			return err
		}
	}
	return nil
}

// ifDenied leaves all other errors to whoever comes across them next.
func ifDenied(err error) error {
	if errors.Is(err, fs.ErrPermission) {
		return err
	}
	return nil
}

// HasBadger reports whether there is anything of a store of Badger's below dir.
func HasBadger(dir string) bool {
	paths, err := folder.Files(filepath.Join(dir, "store"), "")
	return err != nil || len(paths) > 0
}

// openError tells the causes apart, some of which Badger has only words for.
func openError(err error) error {
	kind := ErrDamaged
	switch {
	case strings.Contains(err.Error(), "Another process is using"):
		kind = ErrInUse
	case isNewer(err):
		kind = ErrNewer
	case space.IsFull(err):
		kind = ErrFull
	case errors.Is(err, fs.ErrPermission):
		kind = ErrDenied
	case strings.Contains(err.Error(), syscall.ENOMEM.Error()):
		kind = ErrMemory
	}
	return fmt.Errorf("%w: %w", kind, err)
}

// isNewer reads the version of its files out of what Badger says of them.
func isNewer(err error) bool {
	const words = "manifest has unsupported version: "
	_, rest, found := strings.Cut(err.Error(), words)
	var has, knows int
	n, _ := fmt.Sscanf(rest, "%d (we support %d)", &has, &knows)
	return found && n == 2 && has > knows
}

// View implements Engine.
func (b *Badger) View(ctx context.Context, f func(View) error) error {
	return b.use(func() error {
		txn := b.bdb.NewTransaction(false)
		defer txn.Discard()
		return f(&badgerView{ctx, txn})
	})
}

// Commit implements Engine. It is one transaction of Badger's, which a batch
// within the limits of this package always fits.
func (b *Badger) Commit(changes []Change) error {
	if err := checkChanges(changes); err != nil {
		return err
	}
	return b.use(func() error {
		txn := b.bdb.NewTransaction(true)
		defer txn.Discard()
		entries := make([]badger.Entry, len(changes)) // Badger keeps them until the end of the transaction
		for i, c := range changes {
			var err error
			if c.Delete {
				err = txn.Delete(c.Key)
			} else {
				entries[i].Key, entries[i].Value = c.Key, c.Value
				err = txn.SetEntry(&entries[i])
			}
			if err != nil {
				return fmt.Errorf("%w: %w", ErrRefused, err)
			}
		}
		return txn.Commit()
	})
}

// Size implements Engine.
func (b *Badger) Size() (size int64, err error) {
	paths, err := folder.Files(b.bdb.Opts().Dir, "")
	for _, path := range paths {
		if st, err := os.Stat(path); err == nil { // or it was removed just now
			size += st.Size()
		}
	}
	return size, err
}

// Close implements Engine. It also merges what a later start would have to,
// where there is room for that.
func (b *Badger) Close() error {
	return b.end(func() error {
		if !b.o.MakeRoom(b.closeNeeds()) { // without it closing would end the process
			return ErrFull
		}
		if err := b.bdb.Close(); err != nil {
			return err
		}
		if err := b.mergeYoungest(); err != nil {
			return err
		}
		return markClosed(b.o.Dir)
	})
}

// Abandon implements Engine: nothing is merged, because that would rewrite
// what is damaged or a newer program's.
func (b *Badger) Abandon() error {
	return errors.Join(b.end(func() error { return nil }), b.bdb.Close()) // which may be called again
}

// Leave implements Engine: Badger goes by path for its tables and empties its
// log through the open file, and its Close does both.
func (b *Badger) Leave() error { return b.end(func() error { return nil }) }

// closeNeeds is the space that Badger needs to close: each memtable becomes a
// table, which is no larger than the file behind it, and a merge may be under
// way.
func (b *Badger) closeNeeds() int64 {
	needs := b.mergeNeeds()
	logs, _ := folder.Files(b.bdb.Opts().Dir, ".mem")
	for _, path := range logs {
		if st, err := os.Stat(path); err == nil { // or it became a table just now
			needs += st.Size()
		}
	}
	return needs
}

// mergeNeeds is the space for merging level 0 into the next one: the old files
// go last.
func (b *Badger) mergeNeeds() (needs int64) {
	for _, l := range b.bdb.Levels() {
		if l.Level == 0 || l.IsBaseLevel {
			needs += l.Size
		}
	}
	return needs
}

// mergeYoungest merges level 0 of the closed store; otherwise a later start
// does it, when nobody knows how full the disk will be. Badger can do that as
// it closes, but has to be told as it opens, and then rewrites also what only
// then turns out to be damaged; so it is opened once more, for this alone.
func (b *Badger) mergeYoungest() error {
	if b.bdb.Levels()[0].NumTables == 0 || !b.o.MakeRoom(BadgerOpening+b.mergeNeeds()) {
		return nil
	}
	bdb, err := badger.Open(b.o.badger().WithCompactL0OnClose(true).WithNumCompactors(0))
	if err != nil {
		return err
	}
	return bdb.Close()
}

// badgerLog passes on what Badger says, as an attribute of a constant message.
type badgerLog struct{ log *slog.Logger }

func (l badgerLog) Errorf(f string, a ...any)   { l.say(slog.LevelError, f, a) }
func (l badgerLog) Warningf(f string, a ...any) { l.say(slog.LevelWarn, f, a) }
func (l badgerLog) Infof(f string, a ...any)    { l.say(slog.LevelDebug, f, a) }
func (l badgerLog) Debugf(string, ...any)       {}
func (l badgerLog) say(level slog.Level, f string, a []any) {
	if l.log.Enabled(context.Background(), level) {
		l.log.Log(context.Background(), level, "badger", "text", strings.TrimSpace(fmt.Sprintf(f, a...)))
	}
}
