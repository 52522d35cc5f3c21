//go:build !windows && !darwin

package desktop

import (
	"os"

	"github.com/godbus/dbus/v5"
)

// alert shows text to the person at the computer, where the desktop has notices.
func alert(text string) {
	if !desktopSession() {
		return
	}
	bus, err := dbus.ConnectSessionBus()
	if err != nil {
		return
	}
	defer bus.Close()
	bus.Object("org.freedesktop.Notifications", "/org/freedesktop/Notifications").Call(
		"org.freedesktop.Notifications.Notify", 0, "Duologue", uint32(0), "duologue", "Duologue", text,
		[]string{}, map[string]dbus.Variant{}, int32(-1))
}

// desktopSession reports whether somebody sits in front of a desktop.
func desktopSession() bool {
	return os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != ""
}
