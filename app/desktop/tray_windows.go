package desktop

import (
	_ "embed"

	"golang.org/x/sys/windows"
)

//go:embed icon/tray.ico
var trayIcon []byte

func trayPlace() bool { return true }

// locale is the language of the desktop.
func locale() string {
	languages, err := windows.GetUserPreferredUILanguages(windows.MUI_LANGUAGE_NAME)
	if err != nil || len(languages) == 0 {
		return ""
	}
	return languages[0]
}
