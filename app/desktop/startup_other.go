//go:build !windows && !darwin

package desktop

import (
	"path/filepath"

	"github.com/adrg/xdg"
)

func startup(command []string) Switch {
	xdg.Reload()
	return entryFile{filepath.Join(xdg.ConfigHome, "autostart", "duologue.desktop"), autostartEntry(command)}
}
