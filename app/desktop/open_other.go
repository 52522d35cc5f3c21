//go:build !windows && !darwin

package desktop

import (
	"errors"
	"os"
	"os/exec"
)

// Open shows url in the person's browser. It returns once the browser took it,
// at once where there is no screen to show it on.
func Open(url string) error {
	if os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return errors.New("there is no screen")
	}
	var err error
	for _, program := range []string{"xdg-open", "sensible-browser", "x-www-browser"} {
		if err = exec.Command(program, url).Run(); err == nil {
			return nil
		}
	}
	return err
}
