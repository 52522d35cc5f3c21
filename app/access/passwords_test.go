package access

import (
	"context"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"

	"duologue/db"
)

var cheap = HashCost{Memory: 64, Time: 1}

func TestPasswordHashes(t *testing.T) {
	p := NewPasswords(cheap)
	hash, err := p.Hash(t.Context(), "correct horse")
	if err != nil {
		t.Fatal(err)
	}
	if other, _ := p.Hash(t.Context(), "correct horse"); other == hash {
		t.Error("two hashes share a salt")
	}
	if !strings.HasPrefix(hash, "$argon2id$v=19$m=64,t=1,p=1$") {
		t.Errorf("hash %s", hash)
	}
	for _, c := range []struct {
		password, hash string
		ok             bool
	}{
		{"correct horse", hash, true},
		{"correct horse ", hash, false},
		{"", hash, false},
		{"correct horse", "", false},
		{"", "", false},
		{strings.Repeat("x", 10_000), hash, false},
	} {
		if ok, err := p.Verify(t.Context(), c.password, c.hash); ok != c.ok || err != nil {
			t.Errorf("%.20q with %q: %v, %v", c.password, c.hash, ok, err)
		}
	}
	// A hash keeps its own cost when the program's changes.
	if ok, _ := NewPasswords(HashCost{Memory: 128, Time: 2}).Verify(t.Context(), "correct horse", hash); !ok {
		t.Error("an older hash is not taken")
	}
	for _, bad := range []string{"x", hash[1:], hash + "=", strings.Replace(hash, "m=64", "m=4194304", 1),
		strings.Replace(hash, "t=1", "t=100", 1), strings.Replace(hash, "p=1", "p=2", 1), strings.Replace(hash, "argon2id", "argon2i", 1),
		strings.Replace(hash, "v=19", "v=16", 1), strings.Replace(hash, "m=64", "m=064", 1)} {
		if ok, err := p.Verify(t.Context(), "correct horse", bad); ok || db.CodeOf(err) != db.Internal {
			t.Errorf("%q: %v, %v", bad, ok, err)
		}
	}
}

// One device sends a letter with its accent as one character, another as two.
// A hash that an older host made of either is still good.
func TestPasswordsAreComposedInAnyWay(t *testing.T) {
	p := NewPasswords(cheap)
	for _, password := range []string{"Übergrößenträger", "Ångström 한국어 12", "ừng dụng café", strings.Repeat("ề", 66)} {
		nfc, nfd := norm.NFC.String(password), norm.NFD.String(password)
		if nfc == nfd {
			t.Fatalf("%q has one form", password)
		}
		salt := []byte(strings.Repeat("s", saltBytes))
		for how, hash := range map[string]string{
			"set as NFC":         hashOf(t, p, nfc),
			"set as NFD":         hashOf(t, p, nfd),
			"of an older as NFC": cheap.encode(salt, cheap.key(nfc, salt)),
			"of an older as NFD": cheap.encode(salt, cheap.key(nfd, salt)),
		} {
			for _, typed := range []string{nfc, nfd} {
				if CheckPassword(typed) != nil {
					t.Errorf("%q cannot be set", typed)
				}
				if ok, err := p.Verify(t.Context(), typed, hash); !ok || err != nil {
					t.Errorf("%+q, %s: %v, %v", typed, how, ok, err)
				}
			}
			if ok, _ := p.Verify(t.Context(), password[2:], hash); ok {
				t.Errorf("%q: another is right", password)
			}
		}
	}
	for _, bad := range []string{norm.NFD.String("ếủ"), strings.Repeat("ề", 67), strings.Repeat("x", 1<<20)} {
		if CheckPassword(bad) == nil { // its length is that of NFC
			t.Errorf("%.20q can be set", bad)
		}
	}
}

func hashOf(t *testing.T, p *Passwords, password string) string {
	t.Helper()
	hash, err := p.Hash(t.Context(), password)
	if err != nil {
		t.Fatal(err)
	}
	return hash
}

// Each hash takes its memory, so only two run at once; who waits can give up.
func TestPasswordsTwoAtOnce(t *testing.T) {
	p := NewPasswords(cheap)
	p.enter(t.Context())
	p.enter(t.Context())
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if _, err := p.Hash(ctx, "correct horse"); db.CodeOf(err) != db.Unavailable {
		t.Errorf("a third: %v", err)
	}
	if _, err := p.Verify(ctx, "correct horse", ""); db.CodeOf(err) != db.Unavailable {
		t.Errorf("a third: %v", err)
	}
	p.leave()
	if _, err := p.Hash(t.Context(), "correct horse"); err != nil {
		t.Error(err)
	}
}

// FuzzDecodeHash: what is read as a hash is written again as the same text.
func FuzzDecodeHash(f *testing.F) {
	p := NewPasswords(cheap)
	f.Add(p.dummy)
	f.Add("$argon2id$v=19$m=64,t=1,p=1$$")
	f.Fuzz(func(t *testing.T, s string) {
		cost, salt, key, err := decodeHash(s)
		if err == nil && (cost.encode(salt, key) != s || cost.Memory > maxHashMemory || cost.Time > maxHashTime) {
			t.Errorf("%q was read as %+v", s, cost)
		}
	})
}
