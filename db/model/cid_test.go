package model

import (
	"strings"
	"testing"
)

func TestValidCID(t *testing.T) {
	for cid, want := range map[string]bool{
		"0123456789abcdef": true, "ABCDEFGHIJ_-klmn": true, strings.Repeat("a", 64): true,
		"": false, "0123456789abcde": false, strings.Repeat("a", 65): false, "0123456789abcde ": false, "0123456789abcdeé": false,
	} {
		if ValidCID(cid) != want {
			t.Errorf("%q: %v", cid, !want)
		}
	}
}
