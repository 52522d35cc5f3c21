package wire

import (
	"errors"
	"maps"
	"math"
	"net/http"
	"slices"
	"time"

	"duologue/db"
)

// The kinds of errors that only a host has; the others are the store's.
const (
	BadRequest  db.Code = "bad_request"
	Unsupported db.Code = "unsupported"
	Misdirected db.Code = "misdirected"
	BadMethod   db.Code = "bad_method"
	Rate        db.Code = "rate"
	BadVersion  db.Code = "bad_version"
	BadRange    db.Code = "bad_range"
)

// statuses has every code of the wire with its status.
var statuses = map[db.Code]int{
	BadRequest:      http.StatusBadRequest,
	db.Unauthorized: http.StatusUnauthorized,
	db.Forbidden:    http.StatusForbidden,
	db.NotFound:     http.StatusNotFound,
	BadMethod:       http.StatusMethodNotAllowed,
	db.Conflict:     http.StatusConflict,
	db.Locked:       http.StatusLocked,
	db.Gone:         http.StatusGone,
	db.TooBig:       http.StatusRequestEntityTooLarge,
	Unsupported:     http.StatusUnsupportedMediaType,
	Misdirected:     http.StatusMisdirectedRequest,
	db.Invalid:      http.StatusUnprocessableEntity,
	Rate:            http.StatusTooManyRequests,
	BadVersion:      http.StatusPreconditionFailed,
	BadRange:        http.StatusRequestedRangeNotSatisfiable,
	db.Internal:     http.StatusInternalServerError,
	db.Unavailable:  http.StatusServiceUnavailable,
	db.StorageFull:  http.StatusInsufficientStorage,
}

// Status is the HTTP status of a code; 0 for one that is not of the wire.
func Status(code db.Code) int { return statuses[code] }

// Codes are all of the wire's codes, in no order.
func Codes() []db.Code { return slices.Collect(maps.Keys(statuses)) }

// The answers that stand in more than one place.
var (
	ErrNotFound     = db.Errorf(db.NotFound, "there is no such thing here")
	ErrUnauthorized = db.Errorf(db.Unauthorized, "sign in first")
	ErrClosing      = db.Errorf(db.Unavailable, "the host is closing")
)

// RateError asks to come back after wait. It unwraps to an error with its
// code, so that whoever knows codes only understands it too.
type RateError struct{ Wait time.Duration }

func (e *RateError) Error() string { return e.Unwrap().Error() }
func (e *RateError) Unwrap() error { return db.Errorf(Rate, "too much at once; wait a moment") }

// Seconds is the wait for a Retry-After header, from 1.
func (e *RateError) Seconds() int { return max(1, int(math.Ceil(e.Wait.Seconds()))) }

// Outward is what the other side may know about err: its code and a sentence.
// Of an unknown error it says nothing.
func Outward(err error) (db.Code, string) {
	if e, ok := errors.AsType[*db.Error](err); ok && e.Code != db.Internal && Status(e.Code) != 0 {
		return e.Code, e.Message
	}
	return db.Internal, "something went wrong on the host"
}

// ErrorBody is the body of an HTTP error.
type ErrorBody struct {
	Error struct {
		Code    db.Code `json:"code"`
		Message string  `json:"message"`
		Reason  string  `json:"reason,omitzero"` // which limit it is beyond
	} `json:"error"`
}

// ErrorBodyOf has what Outward says of err, and which limit err is beyond.
func ErrorBodyOf(code db.Code, message string, err error) (w ErrorBody) {
	w.Error.Code, w.Error.Message = code, message
	switch {
	case errors.Is(err, db.ErrQuota):
		w.Error.Reason = "quota"
	case errors.Is(err, db.ErrCap):
		w.Error.Reason = "cap"
	case errors.Is(err, db.ErrMembers):
		w.Error.Reason = "members"
	}
	return w
}
