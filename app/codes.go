package app

import (
	"errors"
	"math"
	"net/http"
	"time"

	"duologue/db"
)

// The kinds of errors that only a host has; the others are the store's.
const (
	codeBadRequest  db.Code = "bad_request"
	codeUnsupported db.Code = "unsupported"
	codeMisdirected db.Code = "misdirected"
	codeBadMethod   db.Code = "bad_method"
	codeRate        db.Code = "rate"
	codeBadVersion  db.Code = "bad_version"
	codeBadRange    db.Code = "bad_range"
)

// statuses has every code of the wire with its status.
var statuses = map[db.Code]int{
	codeBadRequest:  http.StatusBadRequest,
	db.Unauthorized: http.StatusUnauthorized,
	db.Forbidden:    http.StatusForbidden,
	db.NotFound:     http.StatusNotFound,
	codeBadMethod:   http.StatusMethodNotAllowed,
	db.Conflict:     http.StatusConflict,
	db.Locked:       http.StatusLocked,
	db.Gone:         http.StatusGone,
	db.TooBig:       http.StatusRequestEntityTooLarge,
	codeUnsupported: http.StatusUnsupportedMediaType,
	codeMisdirected: http.StatusMisdirectedRequest,
	db.Invalid:      http.StatusUnprocessableEntity,
	codeRate:        http.StatusTooManyRequests,
	codeBadVersion:  http.StatusPreconditionFailed,
	codeBadRange:    http.StatusRequestedRangeNotSatisfiable,
	db.Internal:     http.StatusInternalServerError,
	db.Unavailable:  http.StatusServiceUnavailable,
	db.StorageFull:  http.StatusInsufficientStorage,
}

// The answers that stand in more than one place.
var (
	errNotFound     = db.Errorf(db.NotFound, "there is no such thing here")
	errUnauthorized = db.Errorf(db.Unauthorized, "sign in first")
)

// rateError asks to come back after wait. It unwraps to an error with its
// code, so that whoever knows codes only understands it too.
type rateError struct{ wait time.Duration }

func (e *rateError) Error() string { return e.Unwrap().Error() }
func (e *rateError) Unwrap() error { return db.Errorf(codeRate, "too much at once; wait a moment") }

// seconds is the wait for a Retry-After header, from 1.
func (e *rateError) seconds() int { return max(1, int(math.Ceil(e.wait.Seconds()))) }

// tellable is what the other side may know about err: its code and a sentence.
// Of an unknown error it says nothing.
func tellable(err error) (db.Code, string) {
	if e, ok := errors.AsType[*db.Error](err); ok && e.Code != db.Internal && statuses[e.Code] != 0 {
		return e.Code, e.Message
	}
	return db.Internal, "something went wrong on the host"
}

type wireError struct {
	Error struct {
		Code    db.Code `json:"code"`
		Message string  `json:"message"`
		Reason  string  `json:"reason,omitzero"` // which limit it is beyond
	} `json:"error"`
}
