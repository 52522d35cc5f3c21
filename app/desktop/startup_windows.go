package desktop

import (
	"errors"

	"golang.org/x/sys/windows/registry"
)

const runKey = `Software\Microsoft\Windows\CurrentVersion\Run`

// entryValue is an entry that is a value of the registry.
type entryValue string

func startup(command []string) Switch { return entryValue(runValue(command)) }

// On reports whether the entry is there and is about this very program.
func (e entryValue) On() bool {
	k, err := registry.OpenKey(registry.CURRENT_USER, runKey, registry.QUERY_VALUE)
	if err != nil {
		return false
	}
	defer k.Close()
	text, _, err := k.GetStringValue("Duologue")
	return err == nil && text == string(e)
}

// Set writes the entry or takes it away.
func (e entryValue) Set(on bool) error {
	k, _, err := registry.CreateKey(registry.CURRENT_USER, runKey, registry.SET_VALUE)
	if err != nil {
		return err
	}
	defer k.Close()
	if on {
		return k.SetStringValue("Duologue", string(e))
	}
	if err := k.DeleteValue("Duologue"); err != nil && !errors.Is(err, registry.ErrNotExist) {
		return err
	}
	return nil
}
