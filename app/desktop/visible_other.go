//go:build !windows

package desktop

import "os"

// visible reports whether somebody may read what is written to f: what a desktop
// starts often has the null device there.
func visible(f *os.File) bool {
	info, err := f.Stat()
	if err != nil {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(info, null)
}
