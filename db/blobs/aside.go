package blobs

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"duologue/db/errs"
	"duologue/db/folder"
)

const (
	asidePrefix = "aside-"
	asideLife   = 7 * 24 * time.Hour
)

// MayBeNew refuses a new store in dir when files/ there holds anything: the
// store that refers to it is missing, and must not be taken for one that
// refers to nothing.
func MayBeNew(dir string) error {
	holds := false
	err := filepath.WalkDir(filepath.Join(dir, "files"), func(_ string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		holds = true
		return fs.SkipAll
	})
	switch {
	case holds:
		return errs.Errorf(errs.Unavailable,
			`"files" in %s holds files, but the store beside it is missing: put "store" back, or move "files" away to begin anew`, dir)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return errs.Wrap(errs.Unavailable, "the folder for files cannot be read", err)
	}
	return nil
}

// KeepAside moves files of this folder into files/aside-DATE, where they stay
// for a week, and gives the path of that. Files with the same name are the same.
func (b *Folder) KeepAside(paths []string, now time.Time) (dir string, err error) {
	dir = filepath.Join(b.Dir, asidePrefix+now.UTC().Format(time.DateOnly))
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return dir, err
	}
	for _, path := range paths {
		err = errors.Join(err, os.Rename(path, filepath.Join(dir, filepath.Base(path))))
	}
	b.SyncDir(dir)
	b.SyncDir(b.Dir)
	return dir, err
}

// BringBack moves a file that is kept aside to its path, when its size fits,
// and reports whether it did.
func (b *Folder) BringBack(path string, fits func(size int64) bool) bool {
	for _, dir := range b.asides() {
		kept := filepath.Join(dir, filepath.Base(path))
		st, err := os.Stat(kept)
		if err != nil || !fits(st.Size()) {
			continue
		}
		if err := os.Mkdir(filepath.Dir(path), 0o700); err == nil {
			b.SyncDir(b.Dir)
		}
		if os.Rename(kept, path) == nil {
			b.SyncDir(filepath.Dir(path))
			return true
		}
	}
	return false
}

// DropAside removes what has been kept aside for a week.
func (b *Folder) DropAside(now time.Time) (err error) {
	for _, dir := range b.asides() {
		since, bad := time.Parse(time.DateOnly, strings.TrimPrefix(filepath.Base(dir), asidePrefix))
		if bad == nil && now.Sub(since) > asideLife+24*time.Hour { // the date is that of its first moment
			err = errors.Join(err, os.RemoveAll(dir))
		}
	}
	return err
}

// asides are the folders of what is kept aside.
func (b *Folder) asides() []string {
	paths, _ := folder.Files(b.Dir, "")
	dirs := paths[:0]
	for _, path := range paths {
		if strings.HasPrefix(filepath.Base(path), asidePrefix) {
			dirs = append(dirs, path)
		}
	}
	return dirs
}
