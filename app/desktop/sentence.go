package desktop

import (
	"errors"
	"io/fs"
	"syscall"

	"duologue/db"
)

// Sentence is what a person at the terminal should read of err. What the
// operating system said is added, since it names the file or the cause; what a
// library said means nothing to them, and is for the log.
func Sentence(err error) string {
	e, ok := errors.AsType[*db.Error](err)
	switch {
	case !ok:
		return err.Error()
	case e.Cause == nil:
		return e.Message
	}
	if cause, ok := errors.AsType[*fs.PathError](e.Cause); ok {
		return e.Message + " (" + cause.Error() + ")"
	}
	if cause, ok := errors.AsType[syscall.Errno](e.Cause); ok {
		return e.Message + " (" + cause.Error() + ")"
	}
	return e.Message
}
