package db

import (
	"os"
	"path/filepath"
)

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
