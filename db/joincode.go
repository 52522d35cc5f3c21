package db

import (
	"context"
	"unicode/utf8"

	"duologue/db/errs"
	"duologue/db/names"
	"duologue/db/record"
)

// JoinCode is what lets new people in.
func (s *Store) JoinCode() string { return *s.joinCode.Load() }

// CheckJoinCode answers Forbidden for a wrong code, and before the setup.
func (s *Store) CheckJoinCode(code string) error {
	if !s.HasOwner() || !names.SameCode(code, s.JoinCode()) {
		return Errorf(Forbidden, "code: this is not the join code")
	}
	return nil
}

// SetJoinCode fixes the join code; the old one ends. Invalid for a blank one.
func (s *Store) SetJoinCode(ctx context.Context, code string) error {
	if !utf8.ValidString(code) || names.PlainCode(code) == "" {
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
	code := names.NewJoinCode()
	return code, s.SetJoinCode(ctx, code)
}
