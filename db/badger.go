package db

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/options"
)

// Badger's sizes. MemTableSize may never change: a store that was not closed
// cleanly does not open with a smaller one. The value threshold is above every
// record, so that nothing goes to the value log, which then needs no care.
const (
	memTableSize   = 16 << 20
	valueThreshold = 1 << 20
	maxTxnBytes    = memTableSize * 15 / 100 // Badger's own limit
)

func openBadger(o *Options) (bdb *badger.DB, err error) {
	dir := filepath.Join(o.Dir, "store")
	opts := badger.DefaultOptions(dir).
		WithSyncWrites(!o.NoFlush). // without it a power cut forgets acknowledged writes
		WithDetectConflicts(false). // one writer
		WithMemTableSize(memTableSize).
		WithNumMemtables(2).
		WithValueThreshold(valueThreshold).
		WithValueLogFileSize(16 << 20).
		WithBlockCacheSize(16 << 20).
		WithNumCompactors(2).
		WithCompactL0OnClose(true). // or the next start does it, when nobody knows how full the disk will be
		WithMetricsEnabled(false).
		WithCompression(options.Snappy).
		WithChecksumVerificationMode(options.OnBlockRead). // damage is an error, never a wrong text
		WithLogger(badgerLog{o.Log})
	defer func() { // some kinds of damage end in a panic
		if r := recover(); r != nil {
			bdb, err = nil, damaged(fmt.Errorf("panic: %v", r))
		}
	}()
	if err = errors.Join(removeLeftovers(dir), checkTables(opts, crashed(o.Dir))); err != nil {
		return nil, damaged(err)
	}
	if err = markOpen(o.Dir); err != nil {
		return nil, &Error{Unavailable, "the data folder cannot be written", err}
	}
	bdb, err = badger.Open(opts)
	switch {
	case err == nil:
		return bdb, nil
	case strings.Contains(err.Error(), "Another process is using"):
		return nil, &Error{Unavailable, "the store is in use by another program", err}
	case isFull(err):
		return nil, &Error{StorageFull, "the disk is full", err}
	}
	return nil, damaged(err)
}

// closeNeeds is the space that Badger needs to close: for the memtable as a
// file, and for the two levels that are merged, whose old files go last.
func closeNeeds(bdb *badger.DB) int64 {
	needs := int64(2 * memTableSize)
	for _, l := range bdb.Levels() {
		if l.Level == 0 || l.IsBaseLevel {
			needs += l.Size
		}
	}
	return needs
}

func damaged(err error) *Error {
	return &Error{Unavailable, "the store is damaged and cannot be opened; nothing was changed", err}
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
