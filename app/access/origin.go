package access

import "net/http"

// Changes reports whether a method may change state.
func Changes(method string) bool { return method != http.MethodGet && method != http.MethodHead }

// OwnOrigin reports whether the Origin headers of a request are those of our
// own page, whose origin is own, or of a program, which sends none. A page of
// another site cannot leave it out.
func OwnOrigin(headers [][]byte, own string) bool {
	return len(headers) == 0 || len(headers) == 1 && string(headers[0]) == own
}

// Origin is our own, by the Host under which the other side knows us.
func Origin(host string, tls bool) string {
	if tls {
		return "https://" + host
	}
	return "http://" + host
}
