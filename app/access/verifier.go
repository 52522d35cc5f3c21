package access

import (
	"context"
	"net/netip"
	"time"

	"duologue/db"
)

// MaxSignInName is how many bytes of a name that somebody signs in with are
// looked at: no member's is longer, however it is typed, and comparing takes
// time for each byte.
const MaxSignInName = 400

// slowTry is the pause before each try of VerifySlowly.
const slowTry = time.Second

// Verifier verifies the passwords of accounts within the limits of guessing.
type Verifier struct {
	passwords *Passwords
	guesses   *Guesses
	slow      Turns
}

// NewVerifier counts failures with what else is counted by guesses.
func NewVerifier(passwords *Passwords, guesses *Guesses) *Verifier {
	return &Verifier{passwords: passwords, guesses: guesses}
}

// Verify reports whether a password is the one of a hash; from is where the
// call came from and name is the account's, both counted when it is wrong. The
// error is a *wire.RateError when there were too many.
func (v *Verifier) Verify(ctx context.Context, from netip.Addr, name, password, hash string) (ok bool, err error) {
	try, err := v.guesses.Begin(ctx, from, accountKey(name))
	if err != nil {
		return false, err
	}
	defer func() { try.End(err == nil && !ok) }()
	return v.passwords.Verify(ctx, password, hash)
}

// VerifySlowly is for the owner at this computer when there were too many
// tries: whoever made them must not lock the owner out. One password a second
// is looked at, and a wrong one is answered like the others, with refused.
func (v *Verifier) VerifySlowly(ctx context.Context, owner db.Person, password string, refused error) (bool, error) {
	done, err := v.slow.Begin(ctx, owner.ID)
	if err != nil {
		return false, err
	}
	defer done()
	select {
	case <-time.After(slowTry):
	case <-ctx.Done():
		return false, refused
	}
	ok, err := v.passwords.Verify(ctx, password, owner.Password)
	if err == nil && !ok {
		err = refused
	}
	return ok, err
}

// accountKey is how failures for a name are counted.
func accountKey(name string) string {
	return "." + db.FoldName(name[:min(len(name), MaxSignInName)])
}
