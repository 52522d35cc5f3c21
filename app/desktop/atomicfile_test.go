package desktop

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
)

// A small private file that many write at once is always whole, for its user
// alone, and leaves nothing beside it.
func TestPrivateFilesAreWhole(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("skipped: Windows replaces no file that somebody reads")
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "a.b")
	whole := func(b byte) []byte { return bytes.Repeat([]byte{b}, 100_000) }
	if err := WriteFileAtomic(file, whole('a')); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for range 20 {
				if err := WriteFileAtomic(file, whole('a'+byte(i))); err != nil {
					t.Error(err)
				}
				if data, err := os.ReadFile(file); err != nil || !bytes.Equal(data, whole(data[0])) {
					t.Errorf("%d bytes, %v", len(data), err)
				}
			}
		})
	}
	all.Wait()
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Error(left, err)
	}
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Error(info.Mode(), err)
	}
	if err := WriteFileAtomic(filepath.Join(dir, "missing", "a"), nil); err == nil {
		t.Error("written into no folder")
	}
}
