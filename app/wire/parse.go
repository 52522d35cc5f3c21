package wire

import "strconv"

// ParseNumber takes a whole number from 0 in the one way of writing it: no
// sign, no leading zero, no underscore.
func ParseNumber(text string, bits int) (uint64, bool) {
	n, err := strconv.ParseUint(text, 10, bits)
	return n, err == nil && strconv.FormatUint(n, 10) == text
}

// ParseID takes a number from 1 in the one way of writing it.
func ParseID(text string, bits int) (uint64, bool) {
	n, ok := ParseNumber(text, bits)
	return n, ok && n > 0
}
