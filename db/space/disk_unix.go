//go:build !windows

package space

import "golang.org/x/sys/unix"

// diskSpace gives in bytes what an ordinary user can still write under dir,
// and how large its file system is.
func diskSpace(dir string) (free, size int64, err error) {
	var st unix.Statfs_t
	err = unix.EINTR
	for err == unix.EINTR { // a file system of another program may be interrupted
		err = unix.Statfs(dir, &st)
	}
	if err != nil {
		return 0, 0, err
	}
	return int64(st.Bavail) * int64(st.Bsize), int64(st.Blocks) * int64(st.Bsize), nil
}

func isFullOS(error) bool { return false }
