// Pack turns the program into what people install: a zip for Windows, an app
// for macOS, a tar.gz, a deb and an rpm for Linux, each for both processors,
// and their checksums. The same commit always gives the same bytes.
//
// It is a module of its own, so that its tools are none of the program's.
//
//	go -C app/desktop/pack run .                  everything, into dist/
//	go -C app/desktop/pack run . -only linux/amd64
//	go -C app/desktop/pack run . -icons           draw the tray's icons anew
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "pack:", err)
		os.Exit(1)
	}
}

// targets are what is packed, GOOS/GOARCH.
var targets = []string{"windows/amd64", "windows/arm64", "darwin/amd64", "darwin/arm64", "linux/amd64", "linux/arm64"}

func run(args []string) error {
	f := flag.NewFlagSet("pack", flag.ContinueOnError)
	out := f.String("out", "", "the folder for the packages (default: dist at the top)")
	only := f.String("only", "", "one target, such as linux/amd64")
	icons := f.Bool("icons", false, "draw the tray's icons anew and end")
	if err := f.Parse(args); err != nil {
		return err
	}
	top, err := filepath.Abs(filepath.Join("..", "..", ".."))
	if err != nil {
		return err
	}
	if *icons {
		return writeTrayIcons(filepath.Join(top, "app", "desktop", "icon"))
	}
	if *out == "" {
		*out = filepath.Join(top, "dist")
	}
	if err := os.MkdirAll(*out, 0o755); err != nil {
		return err
	}
	r, err := readRelease(top)
	if err != nil {
		return err
	}
	var made []string
	for _, target := range targets {
		if *only != "" && *only != target {
			continue
		}
		goos, arch, _ := strings.Cut(target, "/")
		names, err := r.pack(goos, arch, *out)
		if err != nil {
			return fmt.Errorf("%s: %w", target, err)
		}
		made = append(made, names...)
	}
	if len(made) == 0 {
		return fmt.Errorf("there is no target %q", *only)
	}
	return writeSums(*out, made)
}

// pack builds the program for one target and makes its packages in out.
func (r *release) pack(goos, arch, out string) ([]string, error) {
	exe, err := r.build(goos, arch)
	if err != nil {
		return nil, err
	}
	texts, err := r.texts(goos, arch)
	if err != nil {
		return nil, err
	}
	base := filepath.Join(out, "duologue_"+r.version+"_"+goos+"_"+arch)
	switch goos {
	case "windows":
		return r.windows(exe, arch, base, texts)
	case "darwin":
		return r.mac(exe, base, texts)
	}
	return r.linux(exe, arch, base, texts)
}
