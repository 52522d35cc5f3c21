package ui

import "testing"

func TestNamesOfThePageOnEverySystem(t *testing.T) {
	for goos, at := range map[string]string{"linux": "/js/main.js", "darwin": "/js/main.js", "windows": `C:\js\main.js`} {
		if got := nameUnder(rootOn(goos), at); got != "js/main.js" {
			t.Errorf("on %s it is %q", goos, got)
		}
	}
}
