package app

import "net/http"

// changes reports whether a method may change state.
func changes(method string) bool { return method != http.MethodGet && method != http.MethodHead }

// ownOrigin reports whether the Origin headers of a request are those of our
// own page, whose origin is own, or of a program, which sends none. A page of
// another site cannot leave it out.
func ownOrigin(headers [][]byte, own string) bool {
	return len(headers) == 0 || len(headers) == 1 && string(headers[0]) == own
}
