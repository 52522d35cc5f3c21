// Package errs holds the kinds of errors that the store answers with. It knows
// nothing of what failed, nor of how a kind is told on a wire.
package errs

import (
	"errors"
	"fmt"
)

// Code is the kind of an error, spelled as on the wire.
type Code string

// The kinds of errors that the store answers with.
const (
	Invalid      Code = "invalid"      // well-formed but not allowed; the message names the field
	Unauthorized Code = "unauthorized" // a session, token, link or password that is not good
	Forbidden    Code = "forbidden"
	NotFound     Code = "not_found" // missing, or somebody else's
	Conflict     Code = "conflict"
	Locked       Code = "locked" // somebody else is at it right now
	Gone         Code = "gone"
	TooBig       Code = "too_big"
	StorageFull  Code = "storage_full" // little free space; reading goes on
	Unavailable  Code = "unavailable"  // closing, or a flush failed earlier
	Internal     Code = "internal"
)

// Error is an error with a kind for programs and a sentence for people. Cause
// is for the log only.
type Error struct {
	Code    Code
	Message string
	Cause   error
}

func (e *Error) Error() string {
	if e.Cause != nil {
		return fmt.Sprintf("%s: %s: %v", e.Code, e.Message, e.Cause)
	}
	return string(e.Code) + ": " + e.Message
}

func (e *Error) Unwrap() error { return e.Cause }

// Errorf makes an Error of the given kind.
func Errorf(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// Wrap makes an Error of the given kind with its cause.
func Wrap(code Code, message string, cause error) *Error {
	return &Error{Code: code, Message: message, Cause: cause}
}

// CodeOf returns the kind of err: Internal for errors that have none, and the
// empty text for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return Internal
}

// First gives the first error of several, nil when there is none.
func First(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// Unexpected makes an error that has no kind Internal, as one of the store
// itself; others stay as they are.
func Unexpected(err error) error {
	if _, known := errors.AsType[*Error](err); err == nil || known {
		return err
	}
	return Wrap(Internal, "the store could not be read", fmt.Errorf("store: %w", err))
}
