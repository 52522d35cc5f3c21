package kv

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// Why a store cannot be opened is told apart.
func TestOpenErrors(t *testing.T) {
	manifest := func(t *testing.T, dir string, at int64, b ...byte) {
		f, err := os.OpenFile(filepath.Join(dir, "store", "MANIFEST"), os.O_WRONLY, 0)
		check(t, err)
		_, err = f.WriteAt(b, at)
		check(t, errors.Join(err, f.Close()))
	}
	for name, c := range map[string]struct {
		want  error
		spoil func(t *testing.T, dir string)
	}{
		"newer":   {ErrNewer, func(t *testing.T, dir string) { manifest(t, dir, 6, 0x7F, 0xFF) }}, // the version behind "Bdgr" and two bytes
		"older":   {ErrDamaged, func(t *testing.T, dir string) { manifest(t, dir, 6, 0, 1) }},
		"damaged": {ErrDamaged, func(t *testing.T, dir string) { manifest(t, dir, 0, 'x') }},
		"in use": {ErrInUse, func(t *testing.T, dir string) {
			b, err := OpenBadger(BadgerOptions{Dir: dir})
			check(t, err)
			closed(t, b)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "data")
			check(t, os.Mkdir(dir, 0o700))
			b, err := OpenBadger(BadgerOptions{Dir: dir})
			check(t, err)
			check(t, b.Commit([]Change{set("a", "1")}))
			check(t, b.Close())
			c.spoil(t, dir)
			if _, err := OpenBadger(BadgerOptions{Dir: dir}); !errors.Is(err, c.want) {
				t.Errorf("%v, want %v", err, c.want)
			}
		})
	}
}

// Badger has only words for what the system refused.
func TestMemoryThatIsMissingIsNoDamage(t *testing.T) {
	for text, want := range map[string]error{
		"while mmapping 00001.mem with size: 33554432: cannot allocate memory": ErrMemory,
		"panic: slice bounds out of range":                                     ErrDamaged,
	} {
		if err := openError(errors.New(text)); !errors.Is(err, want) {
			t.Errorf("%q is told as %v", text, err)
		}
	}
}
