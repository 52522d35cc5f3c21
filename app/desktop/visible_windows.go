package desktop

import "os"

// visible reports whether somebody may read what is written to f: a program
// without a console has no such file at all.
func visible(f *os.File) bool {
	_, err := f.Stat()
	return err == nil
}
