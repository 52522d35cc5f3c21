package app

import (
	"strings"
)

// byteRange is a part of a file, both ends counted.
type byteRange struct{ first, last int64 }

// parseRange reads a Range header for a file of size bytes. ok is false where
// the header asks for nothing that is known here, several parts included, and
// the whole is to be sent; none is true where no byte of the file is asked for.
func parseRange(header string, size int64) (r byteRange, ok, none bool) {
	spec, found := strings.CutPrefix(header, "bytes=")
	if !found || strings.ContainsRune(spec, ',') {
		return r, false, false
	}
	from, to, found := strings.Cut(strings.TrimSpace(spec), "-")
	if !found || from == "" && to == "" || strings.Trim(from+to, "0123456789") != "" {
		return r, false, false
	}
	if from == "" { // the last so many
		n := clampNumber(to, size)
		if n == 0 {
			return r, false, true
		}
		return byteRange{size - n, size - 1}, true, false
	}
	r.first, r.last = clampNumber(from, size), size-1
	if to != "" {
		r.last = min(r.last, clampNumber(to, size))
		if less(to, from) {
			return r, false, false
		}
	}
	if r.first >= size {
		return r, false, true
	}
	return r, true, false
}

// clampNumber reads digits, however many, as a number up to most.
func clampNumber(digits string, most int64) (n int64) {
	for _, d := range digits {
		if n = 10*n + int64(d-'0'); n >= most {
			return most
		}
	}
	return n
}

// less compares two numbers of any length.
func less(a, b string) bool {
	a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	if len(a) != len(b) {
		return len(a) < len(b)
	}
	return a < b
}
