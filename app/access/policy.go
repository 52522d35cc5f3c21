package access

// csp is the Content-Security-Policy without the socket's address.
const csp = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; " +
	"media-src 'self' blob:; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; " +
	"object-src 'none'; require-trusted-types-for 'script'; connect-src 'self'"

// Policy is the Content-Security-Policy of the page and of every answer, to a
// request with a Host header. A foreign name gets into no header.
func (h Hosts) Policy(host string) string {
	if !h.Allowed(host) {
		return csp
	}
	// 'self' does not cover ws: in every browser.
	return csp + " ws://" + host + " wss://" + host
}
