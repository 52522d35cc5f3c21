package names

import "testing"

func TestJoinCodes(t *testing.T) {
	code := NewJoinCode()
	if len(code) != 8 || PlainCode(code) != code {
		t.Errorf("%q", code)
	}
	for _, c := range []struct {
		a, b string
		same bool
	}{{"ABCD2345", "abcd 2345", true}, {"ABCD2345", "ab-cd-23-45 ", true}, {"ABCD2345", "ABCD2346", false}, {"ABCD2345", "ABCD234", false}, {"", "x", false}} {
		if SameCode(c.a, c.b) != c.same {
			t.Errorf("%q and %q", c.a, c.b)
		}
	}
	if PlainCode(" - ") != "" {
		t.Error("a blank code is one")
	}
}
