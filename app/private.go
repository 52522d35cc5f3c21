package app

import "os"

// writePrivate replaces a small file as a whole, for this user alone.
func writePrivate(file string, data []byte) error {
	if err := os.WriteFile(file+".new", data, 0o600); err != nil {
		return err
	}
	return os.Rename(file+".new", file)
}
