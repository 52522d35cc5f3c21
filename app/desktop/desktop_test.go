package desktop

import (
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestDataFolderFollowsTheEnvironment(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the variables are those of Linux")
	}
	for _, c := range []struct{ home, data, goos, want string }{
		{"/home/a", "", "linux", "/home/a/.local/share/duologue"},
		{"/home/a", "/data", "linux", "/data/duologue"},
		{"/home/a", "relative", "linux", "/home/a/.local/share/duologue"},
		{"", "/data", "linux", "/data/duologue"},
		{"", "", "linux", ""}, // and not /.local/share
		{"", "relative", "linux", ""},
		{"", "", "darwin", ""},
		{"/home/a", "/data", "darwin", "/data/Duologue"},
		{"/home/a", "/data", "windows", "/data/Duologue"},
	} {
		t.Setenv("HOME", c.home)
		t.Setenv("XDG_DATA_HOME", c.data)
		if got := DataFolder(c.goos); filepath.ToSlash(got) != c.want {
			t.Errorf("HOME=%s XDG_DATA_HOME=%s %s: %s, want %s", c.home, c.data, c.goos, got, c.want)
		}
	}
}

func TestPersonName(t *testing.T) {
	for _, c := range []struct{ full, login, want string }{
		{"Alice Smith", "alice", "Alice Smith"},
		{"", "alice", "alice"},
		{"  ", "alice", "alice"},
		{"", `OFFICE\alice`, "alice"},
		{"张三", `OFFICE\zhangsan`, "张三"},
		{"root", "root", ""},
		{`VM\root`, `VM\root`, ""},
		{"", "Administrator", ""},
		{"", "", ""},
	} {
		if got := personName(c.full, c.login); got != c.want {
			t.Errorf("personName(%q, %q) = %q, want %q", c.full, c.login, got, c.want)
		}
	}
}

// Without a screen nothing is started and the caller learns it at once.
func TestOpenWithoutAScreen(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("a screen is optional on Linux only")
	}
	t.Setenv("DISPLAY", "")
	t.Setenv("WAYLAND_DISPLAY", "")
	if err := Open("http://localhost:1/"); err == nil || !strings.Contains(err.Error(), "screen") {
		t.Errorf("Open gave %v", err)
	}
}
