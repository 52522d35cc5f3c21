package desktop

import (
	"encoding/xml"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

var hard = []string{`/opt/my "talk" & more/duologue`, "-data", `C:\Users\Zoë\`, `a\"b`, "100%", "$HOME `id`", "<张三>", ""}

func TestAutostartEntry(t *testing.T) {
	for _, c := range []struct {
		command []string
		want    string
	}{
		{[]string{"/usr/bin/duologue", "-no-browser"}, `"/usr/bin/duologue" "-no-browser"`},
		{[]string{"/home/a b/duologue"}, `"/home/a b/duologue"`},
		{[]string{`a"b`}, `"a\\"b"`},
		{[]string{`a\b`}, `"a\\\\b"`},
		{[]string{"50%$`"}, "\"50%%\\\\$\\\\`\""},
	} {
		entry := autostartEntry(c.command)
		if want := "\nExec=" + c.want + "\n"; !strings.Contains(entry, want) || !strings.HasPrefix(entry, "[Desktop Entry]\nType=Application\n") {
			t.Errorf("%q gives %s", c.command, entry)
		}
	}
	validate, err := exec.LookPath("desktop-file-validate")
	if err != nil {
		t.Skip("skipped: desktop-file-validate is missing here")
	}
	file := filepath.Join(t.TempDir(), "duologue.desktop")
	os.WriteFile(file, []byte(autostartEntry([]string{"/bin/sh", "-data", `/a "b" $c`})), 0o644)
	if out, err := exec.Command(validate, file).CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

func TestLaunchAgentSaysTheCommand(t *testing.T) {
	d := xml.NewDecoder(strings.NewReader(launchAgent(hard)))
	var got []string
	array := false
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		start, ok := token.(xml.StartElement)
		array = array || ok && start.Name.Local == "array"
		if ok && array && start.Name.Local == "string" {
			var text string
			d.DecodeElement(&text, &start)
			got = append(got, text)
		}
	}
	if !slices.Equal(got, hard) {
		t.Errorf("launchd would start %q", got)
	}
}

func TestRunValue(t *testing.T) {
	for _, c := range []struct{ arg, want string }{
		{`C:\Program Files\duologue.exe`, `"C:\Program Files\duologue.exe"`},
		{`C:\data\`, `"C:\data\\"`},
		{`a"b`, `"a\"b"`},
		{`a\"b`, `"a\\\"b"`},
		{"", `""`},
	} {
		if got := runValue([]string{c.arg, "-x"}); got != c.want+` "-x"` {
			t.Errorf("%s becomes %s", c.arg, got)
		}
	}
}

// Turning it on and off leaves nothing behind, and an entry of another
// program, or of this one elsewhere, is not ours.
func TestStartupIsAnEntryOfTheUser(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the folder is that of Linux")
	}
	config := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", config)
	s := Startup([]string{"-no-browser"})
	if s.On() {
		t.Error("it is on before anybody turned it on")
	}
	for range 2 {
		if err := s.Set(true); err != nil || !s.On() {
			t.Fatalf("it is %v after turning it on: %v", s.On(), err)
		}
	}
	if other := Startup([]string{"-no-browser", "-data", "/elsewhere"}); other.On() {
		t.Error("the entry is taken for another's")
	}
	for range 2 {
		if err := s.Set(false); err != nil || s.On() {
			t.Fatalf("it is %v after turning it off: %v", s.On(), err)
		}
	}
	if left, _ := filepath.Glob(config + "/autostart/*"); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}
