package sessions

import (
	"testing"

	"duologue/db/model"
	"duologue/db/record"
)

// A secret names its person and nobody else; what is not one is refused.
func FuzzParseSecret(f *testing.F) {
	for _, s := range []string{"1.ABC", "", ".", "0.x", "zz.", "-1.x", "1", "4294967295.x", "1z141z4.x", " 1.x", "1.x.y"} {
		f.Add(s, uint32(1))
	}
	f.Fuzz(func(t *testing.T, s string, id uint32) {
		if person, sum, ok := ParseSecret(s); ok {
			if person == 0 || len(s) > 64 {
				t.Fatalf("%q is of %d", s, person)
			}
			if _, other, _ := ParseSecret(s + "x"); other == sum {
				t.Fatal("two secrets with one hash")
			}
		} else if person != 0 || sum != [32]byte{} {
			t.Fatalf("%q is none, and of %d", s, person)
		}
		if id == 0 {
			return
		}
		secret := newSecret(model.ID(id))
		person, sum, ok := ParseSecret(secret)
		if !ok || person != model.ID(id) {
			t.Fatalf("%q of %d is of %d, %v", secret, id, person, ok)
		}
		if key := record.SecretKey(record.PrefixSession, person, sum); record.OwnerOf(key) != model.ID(id) || len(key) != 37 {
			t.Fatalf("%x", key)
		}
	})
}
