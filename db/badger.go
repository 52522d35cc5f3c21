package db

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/options"

	"duologue/db/errs"
	"duologue/db/folder"
	"duologue/db/kv"
)

// Badger's sizes. MemTableSize may never change: a store that was not closed
// cleanly does not open with a smaller one. The value threshold is above every
// record, so that nothing goes to the value log, which then needs no care.
const (
	memTableSize   = 16 << 20
	valueThreshold = 1 << 20
	maxTxnBytes    = memTableSize * 15 / 100 // Badger's own limit
)

func badgerOptions(o *Options) badger.Options {
	return badger.DefaultOptions(filepath.Join(o.Dir, "store")).
		WithSyncWrites(!o.NoFlush). // without it a power cut forgets acknowledged writes
		WithDetectConflicts(false). // one writer
		WithMemTableSize(memTableSize).
		WithNumMemtables(2).
		WithValueThreshold(valueThreshold).
		WithValueLogFileSize(16 << 20).
		WithBlockCacheSize(16 << 20).
		WithNumCompactors(2).
		WithMetricsEnabled(false).
		WithCompression(options.Snappy).
		WithChecksumVerificationMode(options.OnBlockRead). // damage is an error, never a wrong text
		WithLogger(badgerLog{o.Log})
}

func openBadger(o *Options) (bdb *badger.DB, err error) {
	opts := badgerOptions(o)
	defer func() { // some kinds of damage end in a panic
		if r := recover(); r != nil {
			bdb, err = nil, damaged(fmt.Errorf("panic: %v", r))
		}
	}()
	if err = errors.Join(kv.RemoveLeftovers(opts.Dir), kv.CheckTables(opts, kv.Crashed(o.Dir))); err != nil {
		return nil, damaged(err)
	}
	if err = kv.MarkOpen(o.Dir); err != nil {
		return nil, errs.Wrap(Unavailable, "the data folder cannot be written", err)
	}
	bdb, err = badger.Open(opts)
	switch {
	case err == nil:
		return bdb, nil
	case strings.Contains(err.Error(), "Another process is using"):
		return nil, errs.Wrap(Unavailable, "the store is in use by another program", err)
	case isFull(err):
		return nil, errs.Wrap(StorageFull, "the disk is full", err)
	}
	return nil, damaged(err)
}

// closeNeeds is the space that Badger needs to close: each memtable becomes a
// table, which is no larger than the file behind it, and a merge may be under
// way.
func closeNeeds(bdb *badger.DB) int64 {
	needs := mergeNeeds(bdb)
	logs, _ := folder.Files(bdb.Opts().Dir, ".mem")
	for _, path := range logs {
		if st, err := os.Stat(path); err == nil { // or it became a table just now
			needs += st.Size()
		}
	}
	return needs
}

// mergeNeeds is the space for merging level 0 into the next one: the old files
// go last.
func mergeNeeds(bdb *badger.DB) (needs int64) {
	for _, l := range bdb.Levels() {
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
func (s *Store) mergeYoungest() error {
	const opening = 4 * memTableSize // a memtable and a value log, each with a file of twice its size
	if s.bdb.Levels()[0].NumTables == 0 || !s.space.makeRoom(opening+mergeNeeds(s.bdb)) {
		return nil
	}
	bdb, err := badger.Open(badgerOptions(&s.opts).WithCompactL0OnClose(true).WithNumCompactors(0))
	if err != nil {
		return err
	}
	return bdb.Close()
}

func damaged(err error) *Error {
	return errs.Wrap(Unavailable, "the store is damaged and cannot be opened; nothing was changed", err)
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
