package transfer

import (
	"strconv"
	"strings"
)

// Range is a part of a file, both ends counted.
type Range struct{ First, Last int64 }

// ParseRange reads a Range header for a file of size bytes. ok is false where
// the header asks for nothing that is known here, several parts included, and
// the whole is to be sent; none is true where no byte of the file is asked for.
func ParseRange(header string, size int64) (r Range, ok, none bool) {
	spec, found := strings.CutPrefix(header, "bytes=")
	if !found || strings.ContainsRune(spec, ',') {
		return r, false, false
	}
	from, to, found := strings.Cut(strings.TrimSpace(spec), "-")
	if !found || from == "" && to == "" || strings.Trim(from+to, "0123456789") != "" {
		return r, false, false
	}
	first, last := position(from), position(to)
	if from == "" { // the last so many
		n := min(last, size)
		return Range{size - n, size - 1}, n > 0, n == 0
	}
	if to == "" {
		last = size - 1
	} else if last < first {
		return r, false, false
	}
	return Range{first, min(last, size-1)}, first < size, first >= size
}

// position reads digits; what is beyond any file is the largest position.
func position(digits string) int64 {
	n, _ := strconv.ParseInt(digits, 10, 64)
	return n
}
