package access

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"duologue/db"
)

const (
	minPassword = 8 // bytes, in NFC
	maxPassword = 200
	maxTyped    = 3 * maxPassword // the most that a password takes in another form
	saltBytes   = 16
	hashBytes   = 32
	// What a stored hash may ask for, so that a damaged one takes neither all
	// memory nor all time.
	maxHashMemory = 64 << 10 // KiB
	maxHashTime   = 8
)

// HashCost is what hashing a password takes, as argon2id counts it.
type HashCost struct{ Memory, Time uint32 } // in KiB, and passes over it

// Passwords hashes and verifies. Each hash takes its memory, so only as many
// run at once as there are slots; the others wait.
type Passwords struct {
	cost  HashCost
	slots chan struct{}
	dummy string // verified in place of the hash that somebody does not have
}

// NewPasswords hashes new passwords at a cost; older hashes keep their own.
func NewPasswords(cost HashCost) *Passwords {
	p := &Passwords{cost: cost, slots: make(chan struct{}, 2)}
	// Nobody knows a password for it: it is no hash of anything.
	p.dummy = cost.encode([]byte(rand.Text())[:saltBytes], []byte(rand.Text() + rand.Text())[:hashBytes])
	return p
}

// CheckPassword refuses a new password that is too short or too long, as
// Invalid. What it is made of is its owner's affair.
func CheckPassword(password string) error {
	if len(password) > maxTyped {
		password = password[:maxTyped]
	}
	if n := len(norm.NFC.String(password)); n < minPassword || n > maxPassword {
		return db.Errorf(db.Invalid, "password: it has to have %d to %d bytes", minPassword, maxPassword)
	}
	return nil
}

// Hash encodes a password in the PHC form of argon2id; Unavailable when ctx
// ends before there is a slot.
func (p *Passwords) Hash(ctx context.Context, password string) (string, error) {
	if err := p.enter(ctx); err != nil {
		return "", err
	}
	defer p.leave()
	salt := make([]byte, saltBytes)
	rand.Read(salt)
	return p.cost.encode(salt, p.cost.key(norm.NFC.String(password), salt)), nil
}

// Verify reports whether the password is that of an encoded hash, however the
// device composes its letters. Without a hash it takes the same time and says no.
func (p *Passwords) Verify(ctx context.Context, password, encoded string) (bool, error) {
	if err := p.enter(ctx); err != nil {
		return false, err
	}
	defer p.leave()
	known := encoded != ""
	if !known {
		encoded = p.dummy
	}
	cost, salt, want, err := decodeHash(encoded)
	if err != nil {
		return false, &db.Error{Code: db.Internal, Message: "a stored password cannot be read", Cause: err}
	}
	if len(password) > maxTyped {
		password, known = password[:maxTyped], false
	}
	for _, form := range formsOf(password) {
		if subtle.ConstantTimeCompare(cost.key(form, salt), want) == 1 && known {
			return true, nil
		}
	}
	return false, nil
}

// formsOf gives the forms in which a password may have been hashed: NFC, as
// Hash does it, and, by hosts before that, as the device had it. How many there
// are depends on what was typed alone.
func formsOf(password string) []string {
	forms := []string{norm.NFC.String(password)}
	for _, form := range []string{password, norm.NFD.String(password)} {
		if !slices.Contains(forms, form) {
			forms = append(forms, form)
		}
	}
	return forms
}

func (p *Passwords) enter(ctx context.Context) error {
	select {
	case p.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return db.Errorf(db.Unavailable, "too many passwords at once; try again")
	}
}

func (p *Passwords) leave() { <-p.slots }

func (c HashCost) key(password string, salt []byte) []byte {
	return argon2.IDKey([]byte(password), salt, c.Time, c.Memory, 1, hashBytes)
}

func (c HashCost) encode(salt, key []byte) string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=1$%s$%s", argon2.Version, c.Memory, c.Time,
		b64.EncodeToString(salt), b64.EncodeToString(key))
}

// decodeHash is the opposite of encode, and takes only what encode makes.
func decodeHash(encoded string) (c HashCost, salt, key []byte, err error) {
	parts := strings.Split(encoded, "$")
	if len(parts) != 6 {
		return c, nil, nil, fmt.Errorf("a hash of %d parts", len(parts))
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=1", &c.Memory, &c.Time); err != nil {
		return c, nil, nil, err
	}
	b64 := base64.RawStdEncoding.Strict()
	if salt, err = b64.DecodeString(parts[4]); err != nil {
		return c, nil, nil, err
	}
	if key, err = b64.DecodeString(parts[5]); err != nil {
		return c, nil, nil, err
	}
	if c.Memory < 8 || c.Memory > maxHashMemory || c.Time < 1 || c.Time > maxHashTime ||
		len(salt) != saltBytes || len(key) != hashBytes || c.encode(salt, key) != encoded {
		return c, nil, nil, fmt.Errorf("a hash that was not made here")
	}
	return c, salt, key, nil
}
