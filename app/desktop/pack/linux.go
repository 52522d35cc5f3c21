package main

import (
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/goreleaser/nfpm/v2"
	_ "github.com/goreleaser/nfpm/v2/deb"
	"github.com/goreleaser/nfpm/v2/files"
	_ "github.com/goreleaser/nfpm/v2/rpm"
)

//go:embed duologue.desktop
var desktopEntry []byte

var iconSizes = []int{16, 24, 32, 48, 64, 128, 256, 512}

// linux makes the tar.gz, the deb and the rpm.
func (r *release) linux(exe []byte, arch, base string, texts []file) ([]string, error) {
	program := file{name: "duologue", data: exe, program: true}
	var shared []file
	for _, size := range iconSizes {
		data, err := drawPNG(size)
		if err != nil {
			return nil, err
		}
		shared = append(shared, file{name: fmt.Sprintf("icons/hicolor/%dx%d/apps/duologue.png", size, size), data: data})
	}
	shared = append(shared, file{name: "icons/hicolor/scalable/apps/duologue.svg", data: iconSVG},
		file{name: "applications/duologue.desktop", data: desktopEntry})

	folder := "duologue-" + r.version + "/"
	loose := []file{{name: folder + program.name, data: program.data, program: true}}
	for _, f := range slices.Concat([]file{guide()}, texts, shared) {
		loose = append(loose, file{name: folder + f.name, data: f.data})
	}
	made := []string{base + ".tar.gz"}
	if err := writeTarGz(made[0], r.date, loose); err != nil {
		return nil, err
	}

	installed := []file{{name: "/usr/bin/duologue", data: program.data, program: true}}
	for _, f := range shared {
		installed = append(installed, file{name: "/usr/share/" + f.name, data: f.data})
	}
	var copyright strings.Builder
	for _, t := range texts {
		copyright.Write(t.data)
	}
	installed = append(installed, file{name: "/usr/share/doc/duologue/copyright", data: []byte(copyright.String())})
	for _, format := range []string{"deb", "rpm"} {
		path := base + "." + format
		if err := r.install(format, arch, path, installed); err != nil {
			return nil, err
		}
		made = append(made, path)
	}
	return made, nil
}

// install makes a package that a package manager installs.
func (r *release) install(format, arch, path string, contents []file) error {
	dir, err := os.MkdirTemp("", "duologue-pack-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	info := &nfpm.Info{Name: "duologue", Arch: arch, Platform: "linux", Version: r.version, VersionSchema: "none", Release: "1",
		Section: "net", Priority: "optional", Maintainer: "Duologue <duologue@localhost>", License: "MIT", MTime: r.date,
		Description:     "Talk two by two with people on the same network\nOne program with its own page; no account, no internet, nothing else to install.",
		DisableGlobbing: true}
	info.Recommends = []string{"xdg-utils"}
	info.RPM.BuildHost = "localhost"
	for i, f := range contents {
		source := filepath.Join(dir, fmt.Sprint(i))
		if err := os.WriteFile(source, f.data, 0o644); err != nil {
			return err
		}
		info.Contents = append(info.Contents, &files.Content{Source: source, Destination: f.name,
			FileInfo: &files.ContentFileInfo{Owner: "root", Group: "root", Mode: f.mode(), MTime: r.date}})
	}
	info = nfpm.WithDefaults(info)
	if err := nfpm.PrepareForPackager(info, format); err != nil {
		return err
	}
	packager, err := nfpm.Get(format)
	if err != nil {
		return err
	}
	out, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := packager.Package(info, out); err != nil {
		out.Close()
		return err
	}
	return out.Close()
}
