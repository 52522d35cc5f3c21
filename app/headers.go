package app

import (
	"net/url"
	"strings"
)

// inline reports whether a browser may show a type in its own window. Nothing
// on this list runs anything.
func inline(kind string) bool {
	switch kind {
	case "image/png", "image/jpeg", "image/gif", "image/webp", "image/avif",
		"video/mp4", "video/webm", "audio/mpeg", "audio/ogg", "audio/wav", "audio/mp4", "audio/x-m4a", "text/plain":
		return true
	}
	return false
}

// disposition is the Content-Disposition header, as RFC 6266 says, of a file
// of a type: whether it is shown, and its name on the disk that it is saved to.
func disposition(kind, name string) string {
	how := "attachment"
	if inline(kind) {
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

// rangeHolds reads an If-Range header: a part is good only of the same bytes.
func rangeHolds(header, etag string) bool { return header == "" || header == etag }

// etagMatches reads an If-None-Match header.
func etagMatches(header, etag string) bool {
	for part := range strings.SplitSeq(header, ",") {
		part = strings.TrimSpace(part)
		if part == "*" || strings.TrimPrefix(part, "W/") == etag {
			return true
		}
	}
	return false
}
