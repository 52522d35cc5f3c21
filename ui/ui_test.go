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
func own(t testing.TB, endings ...string) map[string]string {
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
	t.Parallel()
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
	imports = regexp.MustCompile(`(?m)(?:^|;)(?:import|export)\s*(?:[\w*{][^'"();]*?from\s*)?['"]([^'"]+)['"]|@import ['"]([^'"]+)['"]|\bimport\('([^']+\.m?js)'\)`)
)

// TestEverySourceIsUsed: what index.html names is there, and so is what that
// imports; nothing else lies about.
func TestEverySourceIsUsed(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	var follow func(from, name string)
	follow = func(from, name string) {
		if used[name] {
			return
		}
		used[name] = true
		data, err := fs.ReadFile(ui.Files(), name)
		if err != nil {
			t.Errorf("%s names what is not there: %v", from, err)
			return
		}
		for _, m := range imports.FindAllStringSubmatch(string(data), -1) {
			to := m[1] + m[2] + m[3]
			if !strings.HasPrefix(to, ".") {
				t.Errorf("%s imports %s, which is not relative", name, to)
			}
			follow(name, path.Join(path.Dir(name), to))
		}
	}
	for _, m := range assets.FindAllStringSubmatch(own(t, ".html")["index.html"], -1) {
		name, ok := strings.CutPrefix(m[1], "/_/")
		if !ok {
			t.Errorf("index.html names %s, which is not under /_/", m[1])
			continue
		}
		follow("index.html", name)
	}
	for name := range own(t, ".js", ".css") {
		if !used[name] {
			t.Errorf("%s is used by nothing: import it in js/main.js or css/main.css, or delete it", name)
		}
	}
}

// TestPageIsInFewFiles: all that index.html names is there, whole, with the
// licences of what was not written here, and the sources are not.
func TestPageIsInFewFiles(t *testing.T) {
	t.Parallel()
	page := ui.Page()
	for _, m := range assets.FindAllStringSubmatch(own(t, ".html")["index.html"], -1) {
		data, err := fs.ReadFile(page, strings.TrimPrefix(m[1], "/_/"))
		if err != nil || len(data) == 0 {
			t.Errorf("index.html names what is not there: %v", err)
		}
		if loose := imports.Find(data); loose != nil && !bytes.Contains(loose, []byte("chunk-")) {
			t.Errorf("%s still imports: %s", m[1], loose)
		}
	}
	main, err := fs.ReadFile(page, "js/main.js")
	if err != nil || !bytes.Contains(main, []byte("SPDX-License-Identifier")) {
		t.Error("the licences of the libraries are not named in the bundle")
	}
	err = fs.WalkDir(page, ".", func(name string, d fs.DirEntry, err error) error {
		if strings.Contains(name, "/views/") || strings.HasSuffix(name, ".ts") {
			t.Errorf("%s is served", name)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	if a, _ := fs.ReadFile(ui.Page(), "js/main.js"); !bytes.Equal(a, main) {
		t.Error("the same sources make another bundle, so every start would look like a newer page")
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
	t.Parallel()
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
	t.Parallel()
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

func TestHalfWithoutDOM(t *testing.T) {
	t.Parallel()
	node(t, "test", "--test", "test/")
}

func TestTypes(t *testing.T) {
	t.Parallel()
	node(t, "node_modules/typescript/bin/tsc", "node_modules/typescript/bin/tsc", "-p", ".")
}
