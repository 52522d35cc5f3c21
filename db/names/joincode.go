package names

import (
	"crypto/rand"
	"crypto/subtle"
	"strings"
)

// NewJoinCode gives eight characters, 40 bits, that are easy to read out:
// rand.Text has neither 0 and 1 nor 8 and 9.
func NewJoinCode() string { return rand.Text()[:8] }

// SameCode compares join codes as people type them: in any case, with spaces
// or dashes. The time it takes tells nothing of the code.
func SameCode(a, b string) bool {
	return subtle.ConstantTimeCompare([]byte(PlainCode(a)), []byte(PlainCode(b))) == 1
}

// PlainCode is a join code without what people put between its letters, in one
// case; empty for a blank one.
func PlainCode(code string) string {
	return strings.ToUpper(strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' {
			return -1
		}
		return r
	}, code))
}
