package db

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"duologue/db/blobs"
	"duologue/db/commit"
	"duologue/db/errs"
	"duologue/db/files"
	"duologue/db/folder"
	"duologue/db/kv"
	"duologue/db/names"
	"duologue/db/record"
	"duologue/db/roster"
	"duologue/db/sessions"
	"duologue/db/space"
)

// Options say where a store is and who listens. Only Dir has to be set.
type Options struct {
	Dir string // made when missing, for this user alone; the caller holds its lock

	Now func() time.Time
	Log *slog.Logger

	// Committed is told of every transaction after its flush, in order, by
	// the committer's goroutine. It must not block nor call the store.
	Committed func(Committed)
	// Looking answers whether a device of owner shows the end of the chat
	// with who to a person right now; asked by the committer while it stores
	// a message. It must not call the store.
	Looking func(owner, who ID) bool

	RecallWindow time.Duration // how long one's own message can be taken back: 5 minutes
	EditWindow   time.Duration // … or changed: 15 minutes
	SessionLife  time.Duration // an unused session ends: 180 days
	MaxSessions  int           // per person, the least recently used gives way: 50
	KeepEvents   uint64        // a person's log is kept at least that long: 200,000
	MaxMembers   int           // at once: 2,000, see defaultMembers

	Reserve   int64                           // below this much free space the store takes nothing, below half of it is read-only: see space.ReserveOn
	Ballast   int64                           // given away when space is nearly gone: a quarter of Reserve; negative: none
	FreeSpace func(dir string) (int64, error) // bytes; default asks the operating system
	SpaceTick time.Duration                   // how often free space is looked at: 1 s
	CloseTime time.Duration                   // how long Close takes at most: 5 s

	MaxFile     int64         // size of one file; 0: no limit but the disk's
	Quota       int64         // what one person's files may take; 0: no limit
	FileReserve int64         // files leave this much free: twice Reserve
	UploadLife  time.Duration // an upload that does not go on is given up: a day
	UnsentLife  time.Duration // … and a whole one that is not sent: a week

	// engine opens what keeps the records: Badger, but for tests.
	engine func(o *Options, makeRoom func(bytes int64) bool) (kv.Engine, error)

	// NoFlush leaves acknowledged writes to the operating system. A power cut
	// then loses them; it is there so that the tests can show that they notice.
	NoFlush bool
}

func (o *Options) setDefaults() {
	o.RecallWindow = cmp.Or(o.RecallWindow, 5*time.Minute)
	o.EditWindow = cmp.Or(o.EditWindow, 15*time.Minute)
	o.SessionLife = cmp.Or(o.SessionLife, 180*24*time.Hour)
	o.MaxSessions = cmp.Or(o.MaxSessions, 50)
	o.KeepEvents = cmp.Or(o.KeepEvents, 200_000)
	o.MaxMembers = cmp.Or(o.MaxMembers, defaultMembers)
	o.Reserve = cmp.Or(o.Reserve, space.ReserveOn(o.Dir, kv.BadgerOpening+2*kv.BadgerMemtable))
	o.Ballast = cmp.Or(o.Ballast, o.Reserve/4)
	o.SpaceTick = cmp.Or(o.SpaceTick, time.Second)
	o.CloseTime = cmp.Or(o.CloseTime, 5*time.Second)
	o.FileReserve = cmp.Or(o.FileReserve, 2*o.Reserve)
	o.UploadLife = cmp.Or(o.UploadLife, 24*time.Hour)
	o.UnsentLife = cmp.Or(o.UnsentLife, 7*24*time.Hour)
	if o.engine == nil {
		o.engine = openBadger
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Committed == nil {
		o.Committed = func(Committed) {}
	}
	if o.Looking == nil {
		o.Looking = func(ID, ID) bool { return false }
	}
	if o.FreeSpace == nil {
		o.FreeSpace = space.Free
	}
}

// Store is an open store. Its methods may be called from any goroutine until
// Close.
type Store struct {
	opts     Options
	engine   kv.Engine
	epoch    string
	instance string
	space    *space.Watch
	people   roster.Roster // what every request asks, in memory
	joinCode atomic.Pointer[string]
	sessions *sessions.Sessions
	blobs    *blobs.Folder
	files    *files.Files

	committer *commit.Committer[*batch]
	com       committerState // the committer's alone

	janitor   context.CancelFunc
	janitors  sync.WaitGroup
	purgeWake chan struct{}
}

// MakeFolder makes a data folder and what is missing above it, for this user
// alone. A power cut does not take away what was made.
func MakeFolder(dir string) error { return folder.Make(dir) }

// Open opens the store in o.Dir, making it when there is none. An error is
// one sentence for people: a full disk is StorageFull, a damaged store, one
// of a newer program or one that is in use Unavailable.
func Open(ctx context.Context, o Options) (_ *Store, err error) {
	defer func() {
		if e, ok := errors.AsType[*Error](err); ok && e.Cause != nil && o.Log != nil {
			o.Log.Error("the store cannot be opened", "err", e.Cause)
		}
	}()
	if err := folder.Make(o.Dir); err != nil {
		return nil, errs.Wrap(Unavailable, "the data folder cannot be made", err)
	}
	o.setDefaults()
	watch, err := space.New(space.Options{Dir: o.Dir, Reserve: o.Reserve, Ballast: o.Ballast,
		Start: kv.BadgerOpening + kv.BadgerMemtable, FreeSpace: o.FreeSpace, Tick: o.SpaceTick, Log: o.Log})
	if err != nil {
		return nil, err
	}
	s := &Store{opts: o, space: watch, sessions: sessions.New(sessions.Options{Life: o.SessionLife, Max: o.MaxSessions}),
		purgeWake: make(chan struct{}, 1)}
	if s.engine, err = o.engine(&o, watch.MakeRoom); err != nil {
		watch.Close()
		return nil, openError(err)
	}
	if s.blobs, err = blobs.Open(o.Dir, !o.NoFlush); err == nil {
		s.files = files.New(files.Options{MaxFile: o.MaxFile, Quota: o.Quota, FileReserve: o.FileReserve,
			UploadLife: o.UploadLife, UnsentLife: o.UnsentLife, Now: o.Now, Log: o.Log}, forFiles{s}, s.blobs, watch)
		err = errs.First(watch.Hold("store", "files"), s.load())
	}
	if err == nil { // what cannot be read says nothing of which files are needed
		err = s.tidyFiles()
	}
	if err != nil {
		s.engine.Abandon()
		watch.Close()
		return nil, err
	}
	s.committer = commit.New(commit.Options{Engine: s.engine, Now: o.Now, Log: o.Log}, forCommitter{s})
	go s.committer.Run()
	jctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	s.janitor = cancel
	s.janitors.Go(func() { s.space.Run(jctx, s.preallocate, s.wakePurge) })
	s.janitors.Go(func() { s.purgeLoop(jctx) })
	return s, nil
}

// Close finishes what is queued and what is being read, and closes the store.
// One whose folder is not where it was, or whose disk does not answer within
// Options.CloseTime, is left as a crash would leave it. Later calls answer
// Unavailable; closing again does nothing.
func (s *Store) Close() error {
	if !s.committer.Close() {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), s.opts.CloseTime)
	defer cancel()
	ended := make(chan error, 1)
	go func() { ended <- s.end(ctx) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
		s.opts.Log.Error("the disk does not answer: the store is left as it is, as after a crash", "folder", s.opts.Dir)
		return nil
	}
}

// end is Close without a bound; when ctx ended the engine is not closed any more.
func (s *Store) end(ctx context.Context) error {
	s.janitor()
	s.janitors.Wait()
	s.committer.Wait()
	defer s.space.Close()
	if err := errs.First(ctx.Err(), s.space.Usable()); err != nil {
		s.opts.Log.Error("the store is left as it is, as after a crash: it may not be there any more", "folder", s.opts.Dir, "error", err)
		return s.engine.Leave()
	}
	err := s.engine.Close()
	if errors.Is(err, kv.ErrFull) {
		s.opts.Log.Warn("the disk is full: the store is left as it is, the next start tidies it up")
		return nil
	}
	return err
}

// Epoch names this event history.
func (s *Store) Epoch() string { return s.epoch }

// Instance names this store for ever, e.g. in the name of a cookie.
func (s *Store) Instance() string { return s.instance }

// load reads what the committer and every request need, and stamps a new store.
func (s *Store) load() error {
	s.com.reset()
	err := s.view(func(view kv.View) error {
		var version int
		found, err := record.Get(view, record.KeySchema, &version)
		if err == nil && !found {
			if empty, err := record.Empty(view); err != nil || empty {
				return errs.First(err, errNew)
			}
		}
		switch {
		case err != nil:
			return err
		case version > record.Schema:
			return errNewer
		case version != record.Schema:
			return record.ErrUnreadable
		}
		var joinCode string
		for _, r := range []struct {
			key []byte
			v   any
		}{{record.KeyEpoch, &s.epoch}, {record.KeyInstance, &s.instance}, {record.KeyJoinCode, &joinCode}, {record.KeyLastChat, &s.com.lastChat}} {
			if _, err := record.Get(view, r.key, r.v); err != nil {
				return err
			}
		}
		s.joinCode.Store(&joinCode)
		return s.people.Load(view)
	})
	var e *Error
	switch {
	case err == errNew:
		if err := blobs.MayBeNew(s.opts.Dir); err != nil {
			return err
		}
		return s.stamp()
	case err == nil || errors.As(err, &e):
		return err
	}
	return damaged(err)
}

var errNew = errors.New("a new store")

// stamp makes what distinguishes this store from all others.
func (s *Store) stamp() error {
	s.epoch, s.instance = rand.Text(), strings.ToLower(rand.Text()[:10])
	joinCode := names.NewJoinCode()
	s.joinCode.Store(&joinCode)
	err := s.engine.Commit([]kv.Change{
		{Key: record.KeyEpoch, Value: record.Encode(s.epoch)}, {Key: record.KeyInstance, Value: record.Encode(s.instance)},
		{Key: record.KeyJoinCode, Value: record.Encode(joinCode)}, {Key: record.KeySchema, Value: record.Encode(record.Schema)},
	})
	if err != nil {
		return errs.Wrap(Unavailable, "the store cannot be written", err)
	}
	return nil
}
