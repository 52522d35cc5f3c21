package kv

import (
	"os"

	"golang.org/x/sys/unix"
)

// allocate gives a file the space that its size promises, so that writing into its
// mapping cannot fail for want of room.
func allocate(file string) error {
	f, err := os.OpenFile(file, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	return unix.Fallocate(int(f.Fd()), unix.FALLOC_FL_KEEP_SIZE, 0, info.Size())
}
