package main

import (
	_ "embed"
	"strings"
)

//go:embed Info.plist
var infoPlist string

// mac makes the zip with the app in it, and the guide beside it. The linker has signed the program in
// nobody's name already, which is what Apple's processors insist on.
func (r *release) mac(exe []byte, base string, texts []file) ([]string, error) {
	icon, err := macIcon()
	if err != nil {
		return nil, err
	}
	const in = "Duologue.app/Contents/"
	files := []file{
		{name: in + "Info.plist", data: []byte(strings.ReplaceAll(infoPlist, "VERSION", r.dotted()))},
		{name: in + "PkgInfo", data: []byte("APPL????")},
		{name: in + "MacOS/duologue", data: exe, program: true},
		{name: in + "Resources/duologue.icns", data: icon},
		guide(),
	}
	for _, t := range texts {
		files = append(files, file{name: in + "Resources/" + t.name, data: t.data})
	}
	path := base + ".zip"
	return []string{path}, writeZip(path, r.date, files)
}
