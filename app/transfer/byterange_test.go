package transfer

import "testing"

// FuzzRange: a part lies within the file.
func FuzzRange(f *testing.F) {
	for _, s := range []string{"bytes=0-1", "bytes=-5", "bytes=5-", "bytes=1-99999999999999999999", "bytes=--1", "bytes=0-0,1-1"} {
		f.Add(s, int64(10))
	}
	f.Add("bytes=1-9999999999999999999", int64(1<<62-1)) // beyond an int64
	f.Fuzz(func(t *testing.T, header string, size int64) {
		size &= 1<<62 - 1
		r, ok, none := ParseRange(header, size)
		if ok && (none || r.First < 0 || r.First > r.Last || r.Last >= size) {
			t.Fatalf("%q of %d: %+v", header, size, r)
		}
	})
}
