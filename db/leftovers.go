package db

import (
	"os"
	"path/filepath"
)

// openName is a file that is there from opening a store to its clean end.
// Found by the next start, it tells of a crash.
const openName = "open"

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
	if d, err := os.Open(dir); err == nil {
		d.Sync() // not every system can
		d.Close()
	}
	return nil
}

func markClosed(dir string) error { return os.Remove(filepath.Join(dir, openName)) }

// removeLeftovers removes the logs that have no length: the process ended
// between making such a file and giving it one. Nothing was ever in them, but
// Badger takes them for new ones that may not be there, and does not open.
func removeLeftovers(dir string) error {
	for _, pattern := range []string{"*.mem", "*.vlog"} {
		names, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			return err
		}
		for _, name := range names {
			if st, err := os.Stat(name); err == nil && st.Size() == 0 {
				if err := os.Remove(name); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
