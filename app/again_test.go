package app

import (
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A token is for whoever can read the folder, and for nobody else.
func TestStartTokenNeedsTheKey(t *testing.T) {
	h := startHost(t)
	h.setUp("Alice")
	data, err := os.ReadFile(filepath.Join(h.app.o.Data, keyName))
	if err != nil {
		t.Fatal(err)
	}
	key := strings.TrimSpace(string(data))
	token := h.nobody().call("POST", "/api/program/token", map[string]any{"key": key}).want(t, 201, "").json(t)["token"].(string)
	h.nobody().call("POST", "/api/signin", map[string]any{"token": token}).want(t, 200, "")
	h.nobody().call("POST", "/api/program/token", nil).want(t, 400, "bad_request")
	for _, wrong := range []string{"", key[1:], key + "A", strings.ToLower(key)} {
		h.nobody().call("POST", "/api/program/token", map[string]any{"key": wrong}).want(t, 401, "unauthorized")
	}
}

func TestSameComputer(t *testing.T) {
	for _, c := range []struct {
		remote, local string
		want          bool
	}{
		{"127.0.0.1", "127.0.0.1", true},
		{"::1", "::1", true},
		{"192.168.1.5", "192.168.1.5", true},
		{"192.168.1.7", "192.168.1.5", false},
		{"fd00::7", "fd00::5", false},
	} {
		if got := sameComputer(netip.MustParseAddr(c.remote), netip.MustParseAddr(c.local)); got != c.want {
			t.Errorf("%s to %s: %v", c.remote, c.local, got)
		}
	}
	if sameComputer(netip.Addr{}, netip.Addr{}) {
		t.Error("what has no address is here")
	}
}
