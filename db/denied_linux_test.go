package db

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"duologue/db/kv"
)

// A file that root left behind is not told as damage, and nothing is changed:
// with the right owner again all is there.
func TestFileThatMayNotBeRead(t *testing.T) {
	needsDisk(t)
	o := quick(t)
	s := openWith(t, o, 2)
	say(t, s, 1, 2, "hello")
	check(t, s.Close())
	for _, name := range []string{"*.sst", "MANIFEST", "KEYREGISTRY"} {
		path := one(t, o.Dir, name)
		letOthersIn(t, o.Dir)
		check(t, os.Chmod(path, 0))
		err := openAsNobody(t, o)
		wantCode(t, err, Unavailable)
		oneSentence(t, err, "may not be read by this user")
		if denied, ok := errors.AsType[*fs.PathError](err.(*Error).Cause); !ok || denied.Path != path {
			t.Errorf("the file is %s, not %v", path, denied)
		}
		check(t, os.Chmod(path, 0o600))
	}
	s = open(t, o)
	if n := len(historyOf(t, s, 2, 1)); n != 1 {
		t.Errorf("%d messages are left", n)
	}
}

// letOthersIn opens what is below dir, and the folders above it, to all users.
func letOthersIn(t *testing.T, dir string) {
	t.Helper()
	check(t, filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		return errors.Join(err, os.Chmod(path, 0o777))
	}))
	for dir != os.TempDir() && len(dir) > len(os.TempDir()) {
		check(t, os.Chmod(dir, 0o777))
		dir = filepath.Dir(dir)
	}
}

// openAsNobody opens a store as a user who is not root, whom nothing is denied.
func openAsNobody(t *testing.T, o Options) (err error) {
	t.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		if os.Getuid() == 0 {
			runtime.LockOSThread() // for ever: the thread ends with the goroutine
			if err = syscall.Setfsuid(65534); err != nil {
				return
			}
		}
		var s *Store
		if s, err = Open(t.Context(), o); err == nil {
			s.Close()
		}
	}()
	<-done
	return err
}

// What memory-mapping says when there is no room for it is not damage either.
func TestTooLittleMemoryIsNoDamage(t *testing.T) {
	o := quick(t)
	o.engine = func(*Options, func(int64) bool) (kv.Engine, error) { return nil, kv.ErrMemory }
	_, err := Open(t.Context(), o)
	wantCode(t, err, Unavailable)
	oneSentence(t, err, "memory")
	if strings.Contains(err.Error(), "damaged") {
		t.Error(err)
	}
}
