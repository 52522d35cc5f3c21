package desktop

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"
	"testing"

	"duologue/db"
)

func TestSentence(t *testing.T) {
	for want, err := range map[string]error{
		"the disk is full (no space left on device)": &db.Error{Message: "the disk is full", Cause: fmt.Errorf("full: %w", syscall.ENOSPC)},
		"it cannot be read (open x: permission denied)": &db.Error{Message: "it cannot be read",
			Cause: fmt.Errorf("verify: %w", &fs.PathError{Op: "open", Path: "x", Err: syscall.EACCES})},
		"the store is damaged": &db.Error{Message: "the store is damaged", Cause: errors.New("panic: slice bounds out of range")},
		"the folder is in use": db.Errorf(db.Unavailable, "the folder is in use"),
		"no port is free":      errors.New("no port is free"),
	} {
		if got := Sentence(err); got != want {
			t.Errorf("for people: %q", got)
		}
	}
}
