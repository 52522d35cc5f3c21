package kv

import (
	"errors"
	"os"
	"path/filepath"

	"duologue/db/folder"
)

// openName is a file that is there from opening a store to its clean end.
// Found by the next start, it tells of a crash.
const openName = "open"

// crashed tells whether the last run had no clean end.
func crashed(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, openName))
	return err == nil
}

// markOpen has the file on disk before the store changes.
func markOpen(dir string) error {
	if crashed(dir) {
		return nil
	}
	f, err := os.OpenFile(filepath.Join(dir, openName), os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := f.Sync(); err != nil {
		return err
	}
	folder.Sync(dir)
	return nil
}

// markClosed tells of a clean end.
func markClosed(dir string) error { return os.Remove(filepath.Join(dir, openName)) }

// removeLeftovers removes the logs that have no length: the process ended
// between making such a file and giving it one. Nothing was ever in them, but
// Badger takes them for new ones that may not be there, and does not open.
func removeLeftovers(dir string) error {
	paths, err := folder.Files(dir, ".mem", ".vlog")
	for _, path := range paths {
		if st, e := os.Stat(path); e == nil && st.Size() == 0 {
			err = errors.Join(err, os.Remove(path))
		}
	}
	return err
}
