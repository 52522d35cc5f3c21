package desktop

import (
	"cmp"
	_ "embed"
	"os"
	"path/filepath"

	"github.com/godbus/dbus/v5"
)

//go:embed icon/tray.png
var trayIcon []byte

// trayPlace reports whether there is a desktop with a bus of its own that
// answers. Asking for a bus where there is none would start one.
func trayPlace() bool {
	if !desktopSession() {
		return false
	}
	if os.Getenv("DBUS_SESSION_BUS_ADDRESS") == "" {
		run := os.Getenv("XDG_RUNTIME_DIR")
		if _, err := os.Stat(filepath.Join(run, "bus")); err != nil || run == "" {
			return false
		}
	}
	bus, err := dbus.ConnectSessionBus()
	if err != nil {
		return false
	}
	bus.Close()
	return true
}

// locale is the language of the desktop.
func locale() string {
	return cmp.Or(os.Getenv("LC_ALL"), os.Getenv("LC_MESSAGES"), os.Getenv("LANG"))
}
