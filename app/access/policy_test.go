package access

import (
	"strings"
	"testing"
)

func TestPolicy(t *testing.T) {
	h := NewHosts("house", "")
	if got := h.Policy("House:7272"); !strings.HasSuffix(got, "connect-src 'self' ws://House:7272 wss://House:7272") {
		t.Error(got)
	}
	for _, host := range []string{"evil.example", "localhost; script-src *", ""} {
		if got := h.Policy(host); got != csp {
			t.Errorf("%q: %s", host, got)
		}
	}
}
