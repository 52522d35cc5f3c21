//go:build !windows

package db

import "golang.org/x/sys/unix"

// freeSpace is what an ordinary user can still write under dir, in bytes.
func freeSpace(dir string) (int64, error) {
	var st unix.Statfs_t
	if err := unix.Statfs(dir, &st); err != nil {
		return 0, err
	}
	return int64(st.Bavail) * int64(st.Bsize), nil
}

func isFullOS(error) bool { return false }
