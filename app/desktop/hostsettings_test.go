package desktop

import (
	"os"
	"path/filepath"
	"testing"
)

func TestHostSettingsAreKept(t *testing.T) {
	dir := t.TempDir()
	if s := ReadHostSettings(dir); s != (HostSettings{}) {
		t.Errorf("nothing was kept, and it reads %+v", s)
	}
	if err := (HostSettings{Awake: true}).Write(dir); err != nil {
		t.Fatal(err)
	}
	if s := ReadHostSettings(dir); !s.Awake {
		t.Errorf("it reads %+v", s)
	}
	for _, text := range []string{"", "{", "[]", `{"awake":7}`, "\x00\xff"} {
		if err := os.WriteFile(filepath.Join(dir, settingsName), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if s := ReadHostSettings(dir); s != (HostSettings{}) {
			t.Errorf("%q reads as %+v", text, s)
		}
	}
}
