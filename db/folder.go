package db

import (
	"os"
	"path/filepath"
)

// MakeFolder makes a folder and what is missing above it, for this user
// alone. A power cut does not take away what was made.
func MakeFolder(dir string) error {
	var above []string // the folders that get a new name in them
	for at := filepath.Clean(dir); ; at = filepath.Dir(at) {
		if _, err := os.Stat(at); err == nil || at == filepath.Dir(at) {
			break
		}
		above = append(above, filepath.Dir(at))
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	for _, dir := range above {
		syncDir(dir)
	}
	return nil
}

// syncDir makes the names in a folder last, where the system can.
func syncDir(dir string) {
	if d, err := os.Open(dir); err == nil {
		d.Sync()
		d.Close()
	}
}
