package desktop

import (
	"os"
	"path/filepath"
)

func startup(command []string) Switch {
	home, err := os.UserHomeDir()
	if err != nil {
		return nil
	}
	return entryFile{filepath.Join(home, "Library", "LaunchAgents", label+".plist"), launchAgent(command)}
}
