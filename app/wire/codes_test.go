package wire

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"duologue/db"
)

// Of an error that nobody meant for others nothing goes out.
func TestOutward(t *testing.T) {
	for _, c := range []struct {
		err  error
		code db.Code
		text string
	}{
		{ErrNotFound, db.NotFound, "there is no such thing here"},
		{fmt.Errorf("within: %w", ErrUnauthorized), db.Unauthorized, "sign in first"},
		{&RateError{time.Second}, Rate, "too much at once; wait a moment"},
		{errors.New("a path of this computer"), db.Internal, "something went wrong on the host"},
		{db.Errorf(db.Internal, "a detail"), db.Internal, "something went wrong on the host"},
		{db.Errorf("unheard of", "x"), db.Internal, "something went wrong on the host"},
	} {
		if code, text := Outward(c.err); code != c.code || text != c.text {
			t.Errorf("%v: %s, %s", c.err, code, text)
		}
	}
	for err, want := range map[error]string{db.ErrQuota: "quota", db.ErrCap: "cap", db.ErrMembers: "members", ErrNotFound: ""} {
		if got := ErrorBodyOf("x", "y", fmt.Errorf("within: %w", err)).Error; got.Reason != want || got.Code != "x" || got.Message != "y" {
			t.Errorf("%v: %+v", err, got)
		}
	}
}

func TestRateErrorInSeconds(t *testing.T) {
	for wait, want := range map[time.Duration]int{0: 1, time.Millisecond: 1, time.Second: 1, 1001 * time.Millisecond: 2} {
		if got := (&RateError{wait}).Seconds(); got != want {
			t.Errorf("%v: %d", wait, got)
		}
	}
}
