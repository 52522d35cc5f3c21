package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// texts are the licences that go with the program: its own, and those of all
// that is compiled or embedded into it.
func (r *release) texts(goos, arch string) ([]file, error) {
	own, err := os.ReadFile(filepath.Join(r.top, "LICENSE"))
	if err != nil {
		return nil, err
	}
	out, err := r.command([]string{"CGO_ENABLED=0", "GOOS=" + goos, "GOARCH=" + arch},
		"go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}\t{{.Dir}}{{end}}{{end}}", ".")
	if err != nil {
		return nil, err
	}
	root, err := r.command(nil, "go", "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	lines := strings.Split(out, "\n")
	slices.Sort(lines)
	var b bytes.Buffer
	fmt.Fprintln(&b, "Duologue is made with the works below. Each stands under its own licence.")
	if err := addLicences(&b, "The Go programming language", root); err != nil {
		return nil, err
	}
	for _, line := range slices.Compact(lines) {
		name, dir, ok := strings.Cut(line, "\t")
		if !ok {
			continue
		}
		if err := addLicences(&b, name, dir); err != nil {
			return nil, err
		}
	}
	if err := r.addPageLicences(&b); err != nil {
		return nil, err
	}
	return []file{{name: "LICENSE.txt", data: own}, {name: "LICENCES-OF-OTHERS.txt", data: b.Bytes()}}, nil
}

// addLicences adds every licence and notice at the top of dir.
func addLicences(b *bytes.Buffer, name, dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	found := false
	for _, e := range entries {
		upper := strings.ToUpper(e.Name())
		if e.IsDir() || !strings.HasPrefix(upper, "LICEN") && !strings.HasPrefix(upper, "COPYING") && !strings.HasPrefix(upper, "NOTICE") {
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return err
		}
		found = true
		fmt.Fprintf(b, "\n\n==== %s: %s\n\n%s\n", name, e.Name(), bytes.TrimSpace(data))
	}
	if !found {
		return fmt.Errorf("%s has no licence", name)
	}
	return nil
}

// addPageLicences adds those of what the page embeds.
func (r *release) addPageLicences(b *bytes.Buffer) error {
	vendor := filepath.Join(r.top, "ui", "static", "vendor")
	return filepath.WalkDir(vendor, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() || filepath.Dir(path) != vendor {
			return err
		}
		return addLicences(b, d.Name(), path)
	})
}
