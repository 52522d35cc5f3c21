package blobs

import (
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"duologue/db/errs"
)

func open(t *testing.T) *Folder {
	t.Helper()
	b, err := Open(t.TempDir(), true)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// bring lets text arrive under an id and puts it to its place.
func bring(t *testing.T, b *Folder, id, text string) (hash []byte, moved bool) {
	t.Helper()
	check(t, b.Write(b.Arriving(id, ""), func(w io.Writer) error { return nil }))
	half := len(text) / 2
	check(t, b.Append(id, 0, []byte(text[:half])))
	check(t, b.Append(id, int64(half), []byte(text[half:])))
	sum := sha256.Sum256([]byte(text))
	b.Placing.Lock()
	defer b.Placing.Unlock()
	moved, err := b.Put(b.Arriving(id, ""), sum[:])
	check(t, err)
	return sum[:], moved
}

// What arrives in parts comes to its place once, however often it is brought.
func TestBytesArePutOnce(t *testing.T) {
	b := open(t)
	hash, moved := bring(t, b, "one", "some bytes")
	if data, err := os.ReadFile(b.Path(hash)); !moved || err != nil || string(data) != "some bytes" {
		t.Fatal(moved, err, string(data))
	}
	if _, moved := bring(t, b, "two", "some bytes"); moved {
		t.Fatal("put twice")
	}
	b.RemoveUpload("two")
	if left, _ := os.ReadDir(filepath.Join(b.Dir, "new")); len(left) != 0 {
		t.Fatal(left)
	}
}

// A file that could not be written is not there.
func TestWriteFails(t *testing.T) {
	b, failed := open(t), errors.New("no picture")
	err := b.Write(b.Arriving("x", ".clean"), func(w io.Writer) error { io.WriteString(w, "half"); return failed })
	if !errors.Is(err, failed) {
		t.Fatal(err)
	}
	if _, err := os.Stat(b.Arriving("x", ".clean")); !os.IsNotExist(err) {
		t.Fatal(err)
	}
}

// The sweep removes what was discarded, but not what somebody refers to again,
// and tries again what could not be asked.
func TestSweep(t *testing.T) {
	b := open(t)
	gone, _ := bring(t, b, "a", "gone")
	back, _ := bring(t, b, "b", "back")
	b.Discard(gone)
	b.Discard(back)
	b.Discard(nil)
	unknown := errors.New("unknown")
	if err := b.Sweep(func([]byte) (bool, error) { return false, unknown }); !errors.Is(err, unknown) {
		t.Fatal(err)
	}
	check(t, b.Sweep(func(hash []byte) (bool, error) { return string(hash) == string(back), nil }))
	if _, err := os.Stat(b.Path(gone)); !os.IsNotExist(err) {
		t.Fatal("it is still there", err)
	}
	_, err := os.Stat(b.Path(back))
	check(t, err)
	check(t, b.Sweep(func([]byte) (bool, error) { t.Error("asked again"); return true, nil }))
}

// An upload is one caller's own; others are told, or wait.
func TestLock(t *testing.T) {
	b := open(t)
	unlock, err := b.Lock(t.Context(), "x", false)
	check(t, err)
	if _, err := b.Lock(t.Context(), "x", false); errs.CodeOf(err) != errs.Locked {
		t.Fatal(err)
	}
	other, err := b.Lock(t.Context(), "y", false)
	check(t, err)
	other()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := b.Lock(ctx, "x", true); errs.CodeOf(err) != errs.Unavailable {
		t.Fatal(err)
	}
	got := make(chan error)
	go func() {
		unlock, err := b.Lock(t.Context(), "x", true)
		if err == nil {
			unlock()
		}
		got <- err
	}()
	unlock()
	check(t, <-got)
}
