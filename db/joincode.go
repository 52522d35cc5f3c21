package db

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"strings"
	"unicode/utf8"

	"duologue/db/errs"
	"duologue/db/record"
)

// JoinCode is what lets new people in.
func (s *Store) JoinCode() string { return *s.joinCode.Load() }

// CheckJoinCode answers Forbidden for a wrong code, and before the setup.
func (s *Store) CheckJoinCode(code string) error {
	if !s.HasOwner() || !sameCode(code, s.JoinCode()) {
		return Errorf(Forbidden, "code: this is not the join code")
	}
	return nil
}

// SetJoinCode fixes the join code; the old one ends. Invalid for a blank one.
func (s *Store) SetJoinCode(ctx context.Context, code string) error {
	if !utf8.ValidString(code) || plainCode(code) == "" {
		return Errorf(Invalid, "code: blank, or not UTF-8")
	}
	if code == s.JoinCode() {
		return nil
	}
	return errs.Unexpected(s.do(ctx, 64, func(b *batch) error {
		b.Set(record.KeyJoinCode, record.Encode(code))
		b.After(func() { s.joinCode.Store(&code) })
		return nil
	}))
}

// NewJoinCode makes a new join code; the old one ends.
func (s *Store) NewJoinCode(ctx context.Context) (string, error) {
	code := newJoinCode()
	return code, s.SetJoinCode(ctx, code)
}

// newJoinCode gives eight characters, 40 bits, that are easy to read out:
// rand.Text has neither 0 and 1 nor 8 and 9.
func newJoinCode() string { return rand.Text()[:8] }

// sameCode compares join codes as people type them: in any case, with spaces
// or dashes. The time it takes tells nothing of the code.
func sameCode(a, b string) bool {
	return subtle.ConstantTimeCompare([]byte(plainCode(a)), []byte(plainCode(b))) == 1
}

func plainCode(code string) string {
	return strings.ToUpper(strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' {
			return -1
		}
		return r
	}, code))
}
