package desktop

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// What is counted is what a file takes of the disk: one that is long and has
// little in it takes little.
func TestFolderSize(t *testing.T) {
	dir := t.TempDir()
	if n := FolderSize(dir); n != 0 {
		t.Errorf("an empty folder takes %d", n)
	}
	if n := FolderSize(filepath.Join(dir, "missing")); n != 0 {
		t.Errorf("no folder takes %d", n)
	}
	below := filepath.Join(dir, "below")
	if err := os.Mkdir(below, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(below, "a"), make([]byte, 1<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	full := FolderSize(dir)
	if full < 1<<20 {
		t.Errorf("a file of 1 MiB takes %d", full)
	}
	if runtime.GOOS == "windows" {
		return // gives files all their space at once
	}
	sparse := filepath.Join(dir, "b")
	if err := os.WriteFile(sparse, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(sparse, 1<<30); err != nil {
		t.Fatal(err)
	}
	if n := FolderSize(dir) - full; n > 1<<20 {
		t.Errorf("a file with nothing in it takes %d", n)
	}
}
