package db

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// foldText gives the form in which texts are searched: half and full width,
// upper and lower case and accents make no difference. Other marks, such as
// vowel signs, stay.
func foldText(text string) string {
	if ascii(text) {
		return strings.ToLower(text)
	}
	t := transform.Chain(norm.NFKD, runes.Remove(runes.Predicate(accent)), cases.Fold(), norm.NFC)
	out, _, err := transform.String(t, text)
	if err != nil {
		return text
	}
	return out
}

// accent tells the combining accents of the scripts that have a case.
func accent(r rune) bool { return r >= 0x0300 && r <= 0x036F }

func ascii(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
