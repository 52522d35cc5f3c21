package listen

import (
	"fmt"
	"strings"
	"testing"
)

func TestPortsThatAreTaken(t *testing.T) {
	first, err := Bind("")
	if err != nil {
		t.Skip("somebody has all the usual ports:", err)
	}
	second, err := Bind("")
	if err != nil {
		t.Skip("somebody has all the usual ports but one:", err)
	}
	if first.Port < firstPort || second.Port <= first.Port || second.Port > lastPort {
		t.Errorf("the ports are %d and %d", first.Port, second.Port)
	}
	for _, l := range append(first.Listeners, second.Listeners...) {
		defer l.Close()
	}
	for _, addr := range []string{fmt.Sprintf(":%d", first.Port), fmt.Sprintf("127.0.0.1:%d", first.Port), fmt.Sprintf("localhost:%d", first.Port)} {
		if b, err := Bind(addr); err == nil || !strings.Contains(err.Error(), "another program listens") {
			t.Errorf("%s: %+v, %v", addr, b, err)
		}
	}
	if _, err := Bind("192.0.2.1:0"); err == nil || strings.Contains(err.Error(), "\n") {
		t.Errorf("an address of another computer: %v", err)
	}
}

func TestAddressesThatCanBeTyped(t *testing.T) {
	for want, b := range map[string]Bound{
		"http://localhost:7272":      {Port: 7272},
		"http://localhost:7273":      {Host: "0.0.0.0", Port: 7273},
		"http://localhost:7274":      {Host: "::", Port: 7274},
		"http://[::1]:80":            {Host: "::1", Port: 80},
		"http://192.168.1.5:7272":    {Host: "192.168.1.5", Port: 7272},
		"http://chat.lan:7272":       {Host: "chat.lan", Port: 7272},
		"http://[fe80::1%25eth0]:80": {Host: "fe80::1%eth0", Port: 80},
	} {
		if got := b.URL(); got != want {
			t.Errorf("%+v is %s, want %s", b, got, want)
		}
	}
}
