package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/tc-hib/winres"
)

func TestVersions(t *testing.T) {
	date := time.Date(2026, 11, 3, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		tag     string
		changed bool
		want    string
		numbers [4]uint16
	}{
		{"", false, "2026.11.3+abc", [4]uint16{2026, 11, 3}},
		{"", true, "2026.11.3+abc+changed", [4]uint16{2026, 11, 3}},
		{"v1.2.3", false, "1.2.3", [4]uint16{1, 2, 3}},
		{"v1.2.3-4-gabc", false, "1.2.3+4+gabc", [4]uint16{1, 2, 3}},
	} {
		got := versionOf(c.tag, "abc", date, c.changed)
		if got != c.want || numbersOf(got) != c.numbers {
			t.Errorf("%q: %s %v", c.tag, got, numbersOf(got))
		}
	}
}

// What the program carries is what the drawing gives.
func TestTrayIconsAreDrawnFromTheSource(t *testing.T) {
	icons, err := trayIcons()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range icons {
		if got, err := os.ReadFile(filepath.Join("..", "icon", name)); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is another: run this with -icons (%v)", name, err)
		}
	}
}

// Every package, made twice, is the same to the last byte. With -short that is
// seen on the packages for Linux only.
func TestPackagesAreReproducible(t *testing.T) {
	first, second := t.TempDir(), t.TempDir()
	for _, out := range []string{first, second} {
		args := []string{"-out", out}
		if testing.Short() {
			args = append(args, "-only", "linux/"+runtime.GOARCH)
		}
		if err := run(args); err != nil {
			t.Fatal(err)
		}
	}
	files, err := filepath.Glob(first + "/*")
	if want := map[bool]int{true: 4, false: 11}[testing.Short()]; err != nil || len(files) != want {
		t.Fatalf("%d files were made, want %d", len(files), want)
	}
	for _, path := range files {
		a, err := os.ReadFile(path)
		b, err2 := os.ReadFile(filepath.Join(second, filepath.Base(path)))
		if err != nil || err2 != nil || !bytes.Equal(a, b) {
			t.Errorf("%s differs the second time (%v, %v)", filepath.Base(path), err, err2)
		}
	}
	t.Run("tar.gz", func(t *testing.T) {
		out, err := exec.Command("tar", "-xzOf", one(t, first, "*_linux_"+runtime.GOARCH+".tar.gz"), "--wildcards", "*/README.txt").Output()
		if err != nil || !bytes.Contains(out, []byte("双击")) || bytes.Count(out, []byte("\n")) != bytes.Count(out, []byte("\r\n")) {
			t.Errorf("the guide: %q, %v", out, err)
		}
	})
	t.Run("deb", func(t *testing.T) { tryDeb(t, one(t, first, "*_linux_"+runtime.GOARCH+".deb")) })
	t.Run("rpm", func(t *testing.T) { readRPM(t, one(t, first, "*_linux_"+runtime.GOARCH+".rpm")) })
	if !testing.Short() {
		t.Run("exe", func(t *testing.T) { readExe(t, inZip(t, one(t, first, "*_windows_amd64.zip"), "duologue.exe")) })
		t.Run("guides", func(t *testing.T) {
			for _, z := range []string{"*_windows_arm64.zip", "*_darwin_amd64.zip"} {
				if !bytes.Contains(inZip(t, one(t, first, z), "README.txt"), []byte("双击")) {
					t.Errorf("%s has no guide", z)
				}
			}
		})
		t.Run("app", func(t *testing.T) {
			plist := string(inZip(t, one(t, first, "*_darwin_arm64.zip"), "Duologue.app/Contents/Info.plist"))
			for _, word := range []string{"NSLocalNetworkUsageDescription", "NSBonjourServices", "_duologue._tcp"} {
				if !strings.Contains(plist, word) {
					t.Errorf("Info.plist lacks %s", word)
				}
			}
		})
	}
}

func one(t *testing.T, dir, pattern string) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, pattern))
	if err != nil || len(found) != 1 {
		t.Fatalf("%s: %q", pattern, found)
	}
	return found[0]
}

func inZip(t *testing.T, path, name string) []byte {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// readExe finds what the Explorer shows.
func readExe(t *testing.T, exe []byte) {
	rs, err := winres.LoadFromEXE(bytes.NewReader(exe))
	if err != nil {
		t.Fatal(err)
	}
	icon, err := rs.GetIcon(winres.ID(1))
	if err != nil || icon == nil {
		t.Errorf("there is no icon: %v", err)
	}
	if manifest := rs.Get(winres.RT_MANIFEST, winres.ID(1), 0x409); !bytes.Contains(manifest, []byte("asInvoker")) {
		t.Errorf("the manifest is %s", manifest)
	}
	if rs.Get(winres.RT_VERSION, winres.ID(1), 0x409) == nil {
		t.Error("there is no version")
	}
}

// need skips, except where everything has to be there.
func need(t *testing.T, tool string) {
	t.Helper()
	if _, err := exec.LookPath(tool); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is missing", tool)
		}
		t.Skipf("skipped: %s is missing here", tool)
	}
}

func tool(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %q: %v: %s", name, args, err, out)
	}
	return string(out)
}

// tryDeb installs the package below a folder of its own, talks to the program
// and removes it again, without a trace.
func tryDeb(t *testing.T, deb string) {
	need(t, "dpkg")
	if os.Getuid() != 0 {
		t.Skip("skipped: dpkg wants to be root")
	}
	root := t.TempDir()
	for _, dir := range []string{"var/lib/dpkg/info", "var/lib/dpkg/updates", "var/log"} {
		if err := os.MkdirAll(filepath.Join(root, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"status", "available"} {
		if err := os.WriteFile(filepath.Join(root, "var/lib/dpkg", name), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	tool(t, "dpkg", "--root="+root, "-i", deb)
	if _, err := exec.LookPath("desktop-file-validate"); err == nil {
		tool(t, "desktop-file-validate", filepath.Join(root, "usr/share/applications/duologue.desktop"))
	}

	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, filepath.Join(root, "usr/bin/duologue"), "-data", t.TempDir(), "-addr", "127.0.0.1:0", "-no-browser", "-no-tray")
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	line, _ := bufio.NewReader(out).ReadString('\n')
	url, _, ok := strings.Cut(strings.TrimPrefix(line, "duologue ready "), "#")
	if !ok {
		t.Fatalf("it says %q", line)
	}
	res, err := http.Get(url + "api/host")
	if err != nil {
		t.Fatal(err)
	}
	said, _ := io.ReadAll(res.Body)
	res.Body.Close()
	version := strings.Split(filepath.Base(deb), "_")[1]
	if !strings.Contains(string(said), `"version":"`+version+`"`) {
		t.Errorf("it answers %s", said)
	}
	cmd.Process.Signal(syscall.SIGTERM)
	if err := cmd.Wait(); err != nil {
		t.Errorf("it ended with %v", err)
	}

	tool(t, "dpkg", "--root="+root, "-r", "duologue")
	if _, err := os.Stat(filepath.Join(root, "usr")); !os.IsNotExist(err) {
		t.Errorf("something is left behind: %v", err)
	}
}

func readRPM(t *testing.T, path string) {
	need(t, "rpm")
	if out := tool(t, "rpm", "-K", "--nosignature", path); !strings.Contains(out, "digests OK") {
		t.Errorf("rpm says %s", out)
	}
	list := tool(t, "rpm", "-qpl", path)
	for _, name := range []string{"/usr/bin/duologue", "/usr/share/applications/duologue.desktop", "/usr/share/icons/hicolor/48x48/apps/duologue.png"} {
		if !strings.Contains(list, name+"\n") {
			t.Errorf("the rpm lacks %s", name)
		}
	}
}
