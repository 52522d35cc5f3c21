package access

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"duologue/app/wire"
	"duologue/db"
)

// Wrong passwords count, right ones do not, and the owner at this computer is
// let in slowly whatever was tried before.
func TestVerifier(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, now := NewPasswords(cheap), time.Now()
		v := NewVerifier(p, NewGuesses(func() time.Time { return now }))
		hash, err := p.Hash(t.Context(), "correct horse")
		if err != nil {
			t.Fatal(err)
		}
		for range 9 {
			if ok, err := v.Verify(t.Context(), far1, "Alice", "wrong horse", hash); ok || err != nil {
				t.Fatal(ok, err)
			}
		}
		if ok, err := v.Verify(t.Context(), far1, "alice", "correct horse", hash); !ok || err != nil {
			t.Error(ok, err)
		}
		if ok, err := v.Verify(t.Context(), far1, "nobody", "wrong horse", ""); ok || err != nil {
			t.Error(ok, err)
		}
		if ok, _ := v.Verify(t.Context(), far1, "ALICE", "wrong horse", hash); ok {
			t.Error("a wrong one is taken")
		}
		_, refused := v.Verify(t.Context(), far2, "Alice", "correct horse", hash)
		if _, rate := errors.AsType[*wire.RateError](refused); !rate {
			t.Fatalf("the eleventh: %v", refused)
		}
		owner, began := db.Person{ID: 1, Password: hash}, time.Now()
		if ok, err := v.VerifySlowly(t.Context(), owner, "wrong horse", refused); ok || err != refused {
			t.Error(ok, err)
		}
		if ok, err := v.VerifySlowly(t.Context(), owner, "correct horse", refused); !ok || err != nil {
			t.Error(ok, err)
		}
		if took := time.Since(began); took != 2*slowTry {
			t.Errorf("two tries took %v", took)
		}
	})
}

func TestAccountKey(t *testing.T) {
	if accountKey("Alice") != accountKey("ALICE") || accountKey("Alice") == accountKey("Bob") || accountKey("") == "" {
		t.Error("names are not told apart as people do")
	}
	if long := strings.Repeat("x", MaxSignInName); accountKey(long) != accountKey(long+"y") {
		t.Error("more of a name is looked at than is needed")
	}
}
