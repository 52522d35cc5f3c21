package desktop

import (
	"errors"

	"duologue/db"
)

// Sentence is what a person at the terminal should read of err.
func Sentence(err error) string {
	e, ok := errors.AsType[*db.Error](err)
	switch {
	case !ok:
		return err.Error()
	case e.Cause != nil:
		return e.Message + " (" + e.Cause.Error() + ")"
	}
	return e.Message
}
