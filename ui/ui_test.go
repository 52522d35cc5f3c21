package ui_test

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"duologue/ui"
)

// own gives the page's files with one of these endings that were written here.
func own(t *testing.T, endings ...string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(ui.Files(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(name, "vendor/") || !slices.Contains(endings, path.Ext(name)) {
			return err
		}
		data, err := fs.ReadFile(ui.Files(), name)
		files[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Fatalf("no file ends in %v", endings)
	}
	return files
}

func TestVendoredFilesAreUnchanged(t *testing.T) {
	sums, err := fs.ReadFile(ui.Files(), "vendor/SHA256SUMS")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for lines := bufio.NewScanner(bytes.NewReader(sums)); lines.Scan(); {
		sum, name, _ := strings.Cut(lines.Text(), "  ")
		want[path.Join("vendor", name)] = sum
	}
	err = fs.WalkDir(ui.Files(), "vendor", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.Contains(name, ".d.") || name == "vendor/SHA256SUMS" {
			return err
		}
		data, err := fs.ReadFile(ui.Files(), name)
		sum := sha256.Sum256(data)
		if want[name] != hex.EncodeToString(sum[:]) {
			t.Errorf("%s is not what SHA256SUMS says", name)
		}
		delete(want, name)
		if _, licence := fs.Stat(ui.Files(), path.Join(strings.Join(strings.Split(name, "/")[:2], "/"), "LICENSE")); licence != nil {
			t.Errorf("%s has no licence beside it", name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name := range want {
		t.Errorf("%s is missing", name)
	}
}

var (
	assets  = regexp.MustCompile(`(?:href|src)="([^"]*)"`)
	imports = regexp.MustCompile(`(?m)(?:^|;)(?:import|export)\s*(?:[\w*{][^'"();]*?from\s*)?['"]([^'"]+)['"]`)
)

// TestIndexNamesEverything: what it names is there, and every module that is
// reached from the first is named, so that no request waits for another.
func TestIndexNamesEverything(t *testing.T) {
	index := own(t, ".html")["index.html"]
	named := map[string]bool{}
	for _, m := range assets.FindAllStringSubmatch(index, -1) {
		name, ok := strings.CutPrefix(m[1], "/_/")
		if !ok {
			t.Errorf("index.html names %s, which is not under /_/", m[1])
			continue
		}
		named[name] = true
		if _, err := fs.Stat(ui.Files(), name); err != nil {
			t.Errorf("index.html names what is not there: %v", err)
		}
	}
	reached := map[string]bool{}
	var follow func(name string)
	follow = func(name string) {
		if reached[name] {
			return
		}
		reached[name] = true
		data, err := fs.ReadFile(ui.Files(), name)
		if err != nil {
			t.Errorf("imported, but not there: %v", err)
			return
		}
		for _, m := range imports.FindAllStringSubmatch(string(data), -1) {
			if !strings.HasPrefix(m[1], ".") {
				t.Errorf("%s imports %s, which is not relative", name, m[1])
			}
			follow(path.Join(path.Dir(name), m[1]))
		}
	}
	follow("js/main.js")
	var missing []string
	for name := range reached {
		if !named[name] {
			missing = append(missing, `<link rel="modulepreload" href="/_/`+name+`">`)
		}
	}
	slices.Sort(missing)
	if len(missing) > 0 {
		t.Errorf("index.html lacks:\n%s", strings.Join(missing, "\n"))
	}
	for name := range own(t, ".js", ".css") {
		if !named[name] && !reached[name] {
			t.Errorf("%s is used by nothing", name)
		}
	}
}

// forbidden is what the page's own files must not contain.
var forbidden = []struct {
	why  string
	what *regexp.Regexp
	in   []string
}{
	{"an outside address", regexp.MustCompile(`(?i)(?:https?:|wss?:)?//[a-z0-9-]+\.[a-z]`), []string{".js", ".css", ".html"}},
	{"HTML from a string", regexp.MustCompile(`innerHTML|outerHTML|insertAdjacentHTML|unsafeHTML|unsafeSVG|document\.write|srcdoc|createContextualFragment|DOMParser|setHTML|\beval\(|new Function`), []string{".js", ".html"}},
	{"an inline style", regexp.MustCompile(`(?i)<style|\sstyle\s*=|setAttribute\('style'`), []string{".js", ".html"}},
	{"an inline script", regexp.MustCompile(`(?i)<script(?:\s+[a-z]+="[^"]*")*>[^<]|\son[a-z]+="|javascript:`), []string{".js", ".html"}},
}

func TestThePageKeepsItsPolicy(t *testing.T) {
	for _, f := range forbidden {
		for name, text := range own(t, f.in...) {
			for i, line := range strings.Split(text, "\n") {
				if found := f.what.FindString(line); found != "" {
					t.Errorf("%s:%d: %s: %s", name, i+1, f.why, found)
				}
			}
		}
	}
}

func TestFilesStaySmall(t *testing.T) {
	for name, text := range own(t, ".js", ".css", ".html") {
		if n := strings.Count(text, "\n"); n > 300 {
			t.Errorf("%s has %d lines: it holds more than one behaviour", name, n)
		}
	}
}

// node runs one of the page's own checks.
func node(t *testing.T, needs string, args ...string) {
	t.Helper()
	if _, err := exec.LookPath("node"); err != nil {
		missing(t, "node")
	}
	if _, err := os.Stat(needs); err != nil {
		missing(t, needs+" (run npm ci in ui)")
	}
	if out, err := exec.Command("node", args...).CombinedOutput(); err != nil {
		t.Errorf("node %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

func TestHalfWithoutDOM(t *testing.T) { node(t, "test", "--test", "test/") }

func TestTypes(t *testing.T) {
	node(t, "node_modules/typescript/bin/tsc", "node_modules/typescript/bin/tsc", "-p", ".")
}
