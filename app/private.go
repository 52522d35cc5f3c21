package app

import (
	"errors"
	"os"
	"path/filepath"
)

// writePrivate replaces a small file as a whole, for this user alone: whoever
// reads it, also after a power cut, has the old one or the new one. Several
// may write it at once.
func writePrivate(file string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(file), filepath.Base(file)+".new*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), file)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}
