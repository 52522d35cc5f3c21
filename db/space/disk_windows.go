package space

import (
	"errors"

	"golang.org/x/sys/windows"
)

// diskSpace gives in bytes what this user can still write under dir, and how
// much this user could on an empty disk.
func diskSpace(dir string) (free, size int64, err error) {
	path, err := windows.UTF16PtrFromString(dir)
	if err != nil {
		return 0, 0, err
	}
	var left, all uint64
	err = windows.GetDiskFreeSpaceEx(path, &left, &all, nil)
	return int64(left), int64(all), err
}

func isFullOS(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL)
}
