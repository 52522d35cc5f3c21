package access

import "strings"

// SessionSecret takes the secret of a session out of a request: from its
// Authorization header, or without one from the cookie. It is empty where
// there is none; bearer says that it came by the header.
func SessionSecret(authorization, cookie string) (secret string, bearer bool) {
	if authorization == "" {
		return cookie, false
	}
	scheme, token, _ := strings.Cut(authorization, " ")
	if !strings.EqualFold(scheme, "bearer") {
		return "", false
	}
	return strings.TrimSpace(token), true
}

// CodeLetters are what a join code is made of, which stands in the fragment of
// an address and is typed by hand.
const CodeLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
