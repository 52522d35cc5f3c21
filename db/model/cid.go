package model

import "strings"

// ValidCID reports whether a text can name a message for its sender:
// 16 to 64 of 0-9 A-Z a-z _ -.
func ValidCID(cid string) bool {
	return len(cid) >= 16 && len(cid) <= 64 && !strings.ContainsFunc(cid, notCID)
}

func notCID(r rune) bool {
	return !(r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r == '_' || r == '-')
}
