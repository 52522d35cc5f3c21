package desktop

import (
	"io/fs"
	"path/filepath"
)

// FolderSize is how many bytes the files in a folder, and in those below it, take
// of the disk. What disappears meanwhile, or cannot be asked, does not count.
func FolderSize(dir string) (sum int64) {
	_ = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil
		}
		if info, err := d.Info(); err == nil {
			sum += onDisk(info)
		}
		return nil
	})
	return sum
}
