package sessions

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"

	"duologue/db/model"
)

// newSecret makes a secret. It names its person, so that the key under which
// its hash is kept can be told, and carries at least 128 random bits: "1.ABC…".
func newSecret(owner model.ID) string {
	return strconv.FormatUint(uint64(owner), 36) + "." + rand.Text()
}

// ParseSecret gives the person and the hash of a secret.
func ParseSecret(secret string) (model.ID, [32]byte, bool) {
	head, _, ok := strings.Cut(secret, ".")
	id, err := strconv.ParseUint(head, 36, 32)
	if !ok || err != nil || id == 0 || len(secret) > 64 {
		return 0, [32]byte{}, false
	}
	return model.ID(id), sha256.Sum256([]byte(secret)), true
}

// sessionID is a session's public name: some of its hash.
func sessionID(sum []byte) string { return hex.EncodeToString(sum[:8]) }
