package transfer

import (
	"net/url"
	"strings"
)

// Inline reports whether a browser may show a type in its own window. Nothing
// on this list runs anything.
func Inline(kind string) bool {
	switch kind {
	case "image/png", "image/jpeg", "image/gif", "image/webp", "image/avif",
		"video/mp4", "video/webm", "audio/mpeg", "audio/ogg", "audio/wav", "audio/mp4", "audio/x-m4a", "text/plain":
		return true
	}
	return false
}

// Disposition is the Content-Disposition header, as RFC 6266 says, of a file
// of a type: whether it is shown, and its name on the disk that it is saved to.
func Disposition(kind, name string) string {
	how := "attachment"
	if Inline(kind) {
		how = "inline"
	}
	plain := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || r == '"' || r == '\\' || r == '%' {
			return '_'
		}
		return r
	}, name)
	return how + `; filename="` + plain + `"; filename*=UTF-8''` + strings.ReplaceAll(url.QueryEscape(name), "+", "%20")
}

// ETagMatches reads an If-None-Match header.
func ETagMatches(header, etag string) bool {
	for part := range strings.SplitSeq(header, ",") {
		part = strings.TrimSpace(part)
		if part == "*" || strings.TrimPrefix(part, "W/") == etag {
			return true
		}
	}
	return false
}
