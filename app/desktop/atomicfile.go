package desktop

import (
	"errors"
	"os"
	"path/filepath"
)

// WriteFileAtomic replaces a small file as a whole, readable by this user
// alone: whoever reads it, also after a power cut, gets the old contents or the
// new ones. It may be called from several goroutines at once.
func WriteFileAtomic(file string, data []byte) error {
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
