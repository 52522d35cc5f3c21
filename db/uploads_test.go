package db

import (
	"context"
	"io"
	"os"
	"testing"
	"time"

	"duologue/db/commit"
	"duologue/db/files"
)

// Whoever gives up waiting for the disk keeps the upload until it is known
// what became of the call: another one would build on what is not so.
func TestUploadStaysTakenWhileTheDiskStalls(t *testing.T) {
	s := openWith(t, quick(t), 1)
	stopPurge(s)
	u, err := s.CreateUpload(t.Context(), 1, files.Upload{Name: "x", Size: 8})
	check(t, err)
	for _, call := range []func(context.Context) error{
		func(ctx context.Context) error { return second(s.Append(ctx, 1, u.ID, 0, []byte("data"))) },
		func(ctx context.Context) error { return s.DropUpload(ctx, 1, u.ID) },
	} {
		stalled, goOn := make(chan struct{}), make(chan struct{})
		s.committer.Submit(&commit.Func[*batch]{Refuse: (*batch).refusal, Change: func(*batch) error { close(stalled); <-goOn; return nil }})
		<-stalled
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- call(ctx) }()
		within(t, "the call waits", func() bool { return s.committer.Waiting() == 1 })
		cancel()
		_, err := s.Append(t.Context(), 1, u.ID, 0, []byte("other"))
		wantCode(t, err, Locked)
		close(goOn)
		check(t, <-done)
	}
	_, err = s.Upload(1, u.ID)
	wantCode(t, err, NotFound)
	if left := inFolder(t, s); len(left) > 0 {
		t.Error("there is still ", left)
	}
}

// A picture is cleaned only where there is room for it twice; it can be tried
// again.
func TestCleaningNeedsRoom(t *testing.T) {
	o, d := withDisk(t)
	s := openWith(t, o, 1)
	data := make([]byte, 1<<20)
	u, err := s.CreateUpload(t.Context(), 1, files.Upload{Name: "x", Size: int64(len(data))})
	check(t, err)
	_, err = s.Append(t.Context(), 1, u.ID, 0, data)
	check(t, err)
	clean := func(w io.Writer) error { return second(w.Write([]byte("clean"))) }
	look := func(*os.File, files.Upload) (files.Made, error) { return files.Made{Clean: clean}, nil }
	d.free.Store(2*o.Reserve + u.Size - 1)
	_, err = s.Finish(t.Context(), 1, u.ID, look)
	wantCode(t, err, StorageFull)
	d.free.Store(2*o.Reserve + u.Size)
	if u, err = s.Finish(t.Context(), 1, u.ID, look); err != nil || !u.Done {
		t.Error(u, err)
	}
}

// What somebody is at, or was since it was found to be stale, stays.
func TestStaleUploadInUse(t *testing.T) {
	o, c := quick(t), newClock()
	o.Now = c.Now
	s := openWith(t, o, 1)
	stopPurge(s)
	ctx := t.Context()
	u, err := s.CreateUpload(ctx, 1, files.Upload{Name: "x", Size: 4})
	check(t, err)
	c.add(25 * time.Hour)
	free, err := s.blobs.Lock(ctx, u.ID, false)
	check(t, err)
	check(t, s.files.DropStale(ctx)) // goes by
	free()
	_, err = s.Append(ctx, 1, u.ID, 0, []byte("data"))
	check(t, err)
	wantCode(t, s.files.DropStaleUpload(ctx, 1, u.ID), Conflict)
	c.add(8 * 24 * time.Hour)
	unsent := bring(t, s, 1, []byte("unsent"))
	wantCode(t, s.files.DropStaleUpload(ctx, 1, unsent), Conflict)
	check(t, s.files.DropStale(ctx))
	_, err = s.Upload(1, u.ID)
	wantCode(t, err, NotFound)
	_, err = s.Upload(1, unsent)
	check(t, err)
}
