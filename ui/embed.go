// Package ui is the page: plain modules, styles and drawings, embedded as they are written, and the tests that drive
// them in a real browser. It knows nothing of the host but the wire protocol; the host serves what Files returns.
package ui

import (
	"embed"
	"io/fs"
)

//go:embed static
var static embed.FS

// Files returns the sources, index.html at the root. index.html names its assets under /_/, which the host
// replaces by a path that carries the content's hash; everything else is relative.
func Files() fs.FS {
	root, err := fs.Sub(static, "static")
	if err != nil {
		panic(err)
	}
	return root
}
