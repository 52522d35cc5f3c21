package access

import (
	"strings"
	"testing"
)

func TestHosts(t *testing.T) {
	h := NewHosts("House.lan", "Chat.Example.")
	for header, want := range map[string]bool{
		"localhost": true, "LocalHost:1": true, "127.0.0.1:80": true, "[::1]:7272": true, "house": true, "HOUSE.lan": true,
		"house.local:7272": true, "chat.example:7272": true, "evil.example": false, "chat.example.": false, "house.lan.evil.example": false,
		"": false, "localhost:0": false, "[fe80::1%25eth0]": false, "[127.0.0.1]": false, "127.1": false, "localhost; script-src *": false,
	} {
		if got := h.Allowed(header); got != want {
			t.Errorf("%q: %v", header, got)
		}
	}
	if h := NewHosts(`bad name"`, ""); len(h) != 1 {
		t.Errorf("names that are none: %v", h)
	}
}

// FuzzHostHeader: what is let through is an address or a name of ours, and has
// nothing in it that could end a header or a directive of the policy.
func FuzzHostHeader(f *testing.F) {
	for _, s := range []string{"localhost", "127.0.0.1:80", "[::1]:7272", "house.local", "evil", "[fe80::1%25x;y]", "localhost:1;"} {
		f.Add(s)
	}
	allow := NewHosts("House.lan", "chat.example")
	f.Fuzz(func(t *testing.T, header string) {
		if !allow.Allowed(header) {
			return
		}
		if strings.Trim(strings.ToLower(header), "abcdefghijklmnopqrstuvwxyz0123456789.-_:[]") != "" {
			t.Errorf("%q is let through", header)
		}
		if !strings.ContainsAny(header, "0123456789") && !allow[strings.ToLower(header)] && !strings.HasPrefix(header, "[") {
			t.Errorf("the name %q is let through", header)
		}
	})
}
