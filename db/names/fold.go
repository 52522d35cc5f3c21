package names

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// FoldText gives the form in which texts are searched: half and full width,
// upper and lower case and accents make no difference. Other marks, such as
// vowel signs, stay.
func FoldText(text string) string {
	if ascii(text) {
		return strings.ToLower(text)
	}
	text = strings.Map(plain, norm.NFKD.String(text))
	return norm.NFC.String(cases.Fold().String(text))
}

// plain leaves out the combining accents of the scripts that have a case, and
// writes Cherokee in one case: the library's folding swaps its two.
func plain(r rune) rune {
	switch {
	case r >= 0x0300 && r <= 0x036F:
		return -1
	case r >= 0xAB70 && r <= 0xABBF:
		return r - 0xAB70 + 0x13A0
	case r >= 0x13F8 && r <= 0x13FD:
		return r - 8
	}
	return r
}

func ascii(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
