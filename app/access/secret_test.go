package access

import "testing"

func TestSessionSecret(t *testing.T) {
	for _, c := range []struct {
		authorization, cookie, secret string
		bearer                        bool
	}{
		{"", "", "", false},
		{"", "c", "c", false},
		{"Bearer s", "c", "s", true},
		{"bearer  s ", "", "s", true},
		{"Bearer", "c", "", true},
		{"Basic s", "c", "", false},
		{"Bearers", "c", "", false},
	} {
		if secret, bearer := SessionSecret(c.authorization, c.cookie); secret != c.secret || bearer != c.bearer {
			t.Errorf("%+v: %q, %v", c, secret, bearer)
		}
	}
}
