package desktop

import (
	"path/filepath"
	"testing"
)

func TestPortable(t *testing.T) {
	for _, c := range []struct{ program, folder, want string }{
		{"/opt/duologue/duologue", "/opt/duologue/duologue-data", "/opt/duologue/duologue-data"},
		{"/opt/duologue/duologue", "", ""},
		{"/media/stick/Duologue.app/Contents/MacOS/duologue", "/media/stick/duologue-data", "/media/stick/duologue-data"},
		{"/media/stick/Duologue.app/Contents/MacOS/duologue", "/media/stick/Duologue.app/Contents/MacOS/duologue-data", ""},
		{"", "duologue-data", ""},
	} {
		got := portable(c.program, func(path string) bool { return c.folder != "" && filepath.ToSlash(path) == c.folder })
		if filepath.ToSlash(got) != c.want {
			t.Errorf("%s beside %q: %q, want %q", c.program, c.folder, got, c.want)
		}
	}
}
