//go:build !linux && !windows

package desktop

import (
	"errors"
	"log/slog"
)

// ShowTray has no way to show an icon here.
func ShowTray(*slog.Logger, Actions) (Tray, error) {
	return nil, errors.New("this system gets no icon")
}
