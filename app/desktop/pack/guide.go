package main

import (
	_ "embed"
	"strings"
)

//go:embed guide.txt
var guideText string

// guide goes beside the program in everything that is unpacked by hand. Older
// editors of Windows need the mark in front and both ends of a line.
func guide() file {
	return file{name: "README.txt", data: []byte("\ufeff" + strings.ReplaceAll(guideText, "\n", "\r\n"))}
}
