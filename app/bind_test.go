package app

import (
	"fmt"
	"strings"
	"testing"
)

func TestPortsThatAreTaken(t *testing.T) {
	first, err := bind("")
	if err != nil {
		t.Skip("somebody has all the usual ports:", err)
	}
	second, err := bind("")
	if err != nil {
		t.Skip("somebody has all the usual ports but one:", err)
	}
	if first.port < firstPort || second.port <= first.port || second.port > lastPort {
		t.Errorf("the ports are %d and %d", first.port, second.port)
	}
	for _, l := range append(first.listeners, second.listeners...) {
		defer l.Close()
	}
	for _, addr := range []string{fmt.Sprintf(":%d", first.port), fmt.Sprintf("127.0.0.1:%d", first.port), fmt.Sprintf("localhost:%d", first.port)} {
		if b, err := bind(addr); err == nil || !strings.Contains(err.Error(), "another program listens") {
			t.Errorf("%s: %+v, %v", addr, b, err)
		}
	}
	if _, err := bind("192.0.2.1:0"); err == nil || strings.Contains(err.Error(), "\n") {
		t.Errorf("an address of another computer: %v", err)
	}
}
