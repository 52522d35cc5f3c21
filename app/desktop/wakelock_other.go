//go:build !windows && !darwin

package desktop

import (
	"os"

	"github.com/godbus/dbus/v5"
)

const logind = "org.freedesktop.login1"

func canHoldAwake() bool {
	bus, err := dbus.ConnectSystemBus()
	if err != nil {
		return false
	}
	defer bus.Close()
	var there bool
	err = bus.BusObject().Call("org.freedesktop.DBus.NameHasOwner", 0, logind).Store(&there)
	return err == nil && there
}

// holdAwake asks systemd-logind, which answers with a file: the computer may
// sleep again once it is closed.
func holdAwake() (release func(), err error) {
	bus, err := dbus.ConnectSystemBus()
	if err != nil {
		return nil, err
	}
	defer bus.Close()
	var held dbus.UnixFD
	err = bus.Object(logind, "/org/freedesktop/login1").Call("org.freedesktop.login1.Manager.Inhibit", 0,
		"sleep:idle", "Duologue", "Others are connected", "block").Store(&held)
	if err != nil {
		return nil, err
	}
	file := os.NewFile(uintptr(held), "inhibitor")
	return func() { file.Close() }, nil
}
