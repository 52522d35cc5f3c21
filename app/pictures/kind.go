package pictures

import (
	"io"
	"strings"

	"github.com/gabriel-vasile/mimetype"
)

// Kind gives the type of what r reads, by its first bytes, never by a name.
func Kind(r io.Reader) string {
	m, err := mimetype.DetectReader(r)
	if err != nil {
		return "application/octet-stream"
	}
	kind, _, _ := strings.Cut(m.String(), ";")
	if kind == "image/vnd.mozilla.apng" { // for whoever draws it, the same
		return "image/png"
	}
	return kind
}

// Known reports whether this package can measure and clean pictures of a type.
func Known(kind string) bool { return cleaners[kind] != nil }
