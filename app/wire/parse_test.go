package wire

import (
	"fmt"
	"testing"
)

// FuzzNumber: a number is taken in exactly one way of writing.
func FuzzNumber(f *testing.F) {
	for _, s := range []string{"0", "1", "01", "-0", "+1", "1_0", "18446744073709551615", "18446744073709551616", " 1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, ok := ParseNumber(s, 64)
		if ok && fmt.Sprint(n) != s {
			t.Errorf("%q was taken as %d", s, n)
		}
		if id, ok := ParseID(s, 32); ok && (id == 0 || id >= 1<<32 || fmt.Sprint(id) != s) {
			t.Errorf("%q was taken as the id %d", s, id)
		}
		if limit, err := parseLimit(s); err == nil && (limit < 1 || limit > maxPage) {
			t.Errorf("%q was taken as the limit %d", s, limit)
		}
	})
}
