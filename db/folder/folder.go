// Package folder is what the packages of the store share about folders: making
// one for good, making the names in it last, and what is in it.
package folder

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Make makes a folder and what is missing above it, for this user
// alone. A power cut does not take away what was made.
func Make(dir string) error {
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
		Sync(dir)
	}
	return nil
}

// Sync makes the names in a folder last, where the system can.
func Sync(dir string) {
	if d, err := os.Open(dir); err == nil {
		d.Sync()
		d.Close()
	}
}

// Files gives the paths of what is in a folder and ends in one of ends. A
// pattern would mistake what stands in the folder's own name.
func Files(dir string, ends ...string) (paths []string, err error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	for _, e := range entries {
		if slices.ContainsFunc(ends, func(end string) bool { return strings.HasSuffix(e.Name(), end) }) {
			paths = append(paths, filepath.Join(dir, e.Name()))
		}
	}
	return paths, err
}
