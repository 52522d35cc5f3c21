package transfer

import (
	"fmt"
	"net/http"
)

// Headers are those of a download that say what is asked for.
type Headers struct{ Range, IfRange, IfNoneMatch string }

// Answer is what a download gets.
type Answer struct {
	Status int    // 200, 206, 304 or 416
	Part   Range  // what is sent with 200 and 206; of an empty file it ends before it begins
	Range  string // the Content-Range header, with 206 and 416
}

// Select decides what a download of a file with an ETag and size bytes gets,
// as RFC 9110 says: the whole, one part, that there is nothing new, or that it
// has no such part. A part is good only of the same bytes, and several parts
// at once are answered with the whole.
func Select(h Headers, etag string, size int64) Answer {
	if ETagMatches(h.IfNoneMatch, etag) {
		return Answer{Status: http.StatusNotModified}
	}
	if h.Range != "" && (h.IfRange == "" || h.IfRange == etag) {
		switch r, ok, none := ParseRange(h.Range, size); {
		case none:
			return Answer{Status: http.StatusRequestedRangeNotSatisfiable, Range: fmt.Sprintf("bytes */%d", size)}
		case ok:
			return Answer{Status: http.StatusPartialContent, Part: r, Range: fmt.Sprintf("bytes %d-%d/%d", r.First, r.Last, size)}
		}
	}
	return Answer{Status: http.StatusOK, Part: Range{0, size - 1}}
}
