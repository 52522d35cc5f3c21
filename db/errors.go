package db

import "duologue/db/errs"

// What goes wrong is said with the kinds of errs; they are named here as well,
// for those who know the store alone.
type (
	Code  = errs.Code
	Error = errs.Error
)

// The kinds of errors that the store answers with, see errs.
const (
	Invalid      = errs.Invalid
	Unauthorized = errs.Unauthorized
	Forbidden    = errs.Forbidden
	NotFound     = errs.NotFound
	Conflict     = errs.Conflict
	Locked       = errs.Locked
	Gone         = errs.Gone
	TooBig       = errs.TooBig
	StorageFull  = errs.StorageFull
	Unavailable  = errs.Unavailable
	Internal     = errs.Internal
)

// Errorf makes an Error of the given kind.
func Errorf(code Code, format string, args ...any) *Error { return errs.Errorf(code, format, args...) }

// CodeOf returns the kind of err: Internal for errors that have none, and the
// empty text for nil.
func CodeOf(err error) Code { return errs.CodeOf(err) }
