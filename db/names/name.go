package names

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/secure/precis"
	"golang.org/x/text/unicode/norm"

	"duologue/db/errs"
)

const (
	maxNameRunes = 40
	// With accents typed apart, selectors and spaces to spare; no more is looked at.
	maxNameTyped = 1024 // bytes
	// Writing systems stack at most a few marks on a letter; more of them
	// paint over the lines above and below.
	maxNameMarks = 4
)

// Clean gives the form in which a name is kept and shown: in NFC, without
// spaces around it and with single spaces inside. A name that is empty, longer
// than 40 characters, or holds what cannot be seen, steers the direction of
// text or has no meaning yet is Invalid. The characters allowed are those of
// the FreeformClass of RFC 8264, and what composes emoji within them.
func Clean(name string) (string, error) {
	if len(name) > maxNameTyped {
		return "", errs.Errorf(errs.Invalid, "name: it is longer than %d characters", maxNameRunes)
	}
	if !utf8.ValidString(name) {
		return "", errs.Errorf(errs.Invalid, "name: it is not valid UTF-8")
	}
	name = withoutSelectors(name)
	name = norm.NFC.String(spaces(name))
	switch n := utf8.RuneCountInString(name); {
	case n == 0:
		return "", errs.Errorf(errs.Invalid, "name: it is empty")
	case n > maxNameRunes:
		return "", errs.Errorf(errs.Invalid, "name: it is longer than %d characters", maxNameRunes)
	}
	profile := precis.NewFreeform(precis.Norm(norm.NFC), precis.DisallowEmpty)
	simple := simplified(name)
	clean, err := profile.String(simple)
	if err != nil || clean != simple {
		return "", errs.Errorf(errs.Invalid, "name: it has a character that is not allowed")
	}
	visible, marks := false, maxNameMarks
	for _, r := range simple {
		switch {
		case blank(r):
			return "", errs.Errorf(errs.Invalid, "name: it has a character that cannot be seen")
		case unicode.Is(unicode.M, r):
			if marks++; marks > maxNameMarks {
				return "", errs.Errorf(errs.Invalid, "name: it has a mark without a letter, or too many on one")
			}
			continue
		case r == ' ': // a mark on a space hangs in the air
			marks = maxNameMarks
		default:
			visible, marks = true, 0
		}
	}
	if !visible {
		return "", errs.Errorf(errs.Invalid, "name: it is empty")
	}
	return name, nil
}

// Fold gives the form by which names are compared: two names that people
// could take for each other fold to the same text. It leaves out case, width,
// compatibility forms and runs of spaces, and reads the Greek and Cyrillic
// letters that are drawn like Latin ones as these. Accents tell names apart.
// It takes any text, and folding twice changes nothing.
func Fold(name string) string {
	name = apart(strings.ToValidUTF8(name, "\ufffd"))
	// A step can make work for the one before it, so they are repeated until
	// nothing changes; two rounds are the most that was ever seen.
	for range 8 {
		folded := cases.Fold().String(norm.NFKC.String(name))
		folded = norm.NFKC.String(strings.Map(lookalike, folded))
		folded = apart(spaces(folded))
		if folded == name {
			break
		}
		name = folded
	}
	return name
}

// spaces takes what is white, line ends and tabs too, off both ends of s, and
// makes one plain space of every run of spaces in it.
func spaces(s string) string {
	return strings.Join(strings.FieldsFunc(strings.TrimSpace(s), func(r rune) bool { return unicode.Is(unicode.Zs, r) }), " ")
}

// blank reports characters that are counted as symbols or letters but draw
// nothing, or stand for something that is missing.
func blank(r rune) bool {
	switch r {
	case '\u2800', // braille without a dot
		'\u3164', '\uffa0', '\u115f', '\u1160', // Hangul fillers
		'\U0001d159', // a note without a head
		'\ufffc', '\ufffd':
		return true
	}
	return false
}

// lookalike reads a folded Greek or Cyrillic letter as the Latin one that its
// small or capital form is drawn like.
func lookalike(r rune) rune {
	if r < 'Α' || r > 'ԝ' {
		return r
	}
	const from = "αβεζηικμνορτυχ" + "авекмнорстухіјѕһԁԛԝӏ"
	const to = "abezhikmnoptyx" + "abekmhopctyxijshdqwl"
	i := 0
	for _, f := range from {
		if f == r {
			return rune(to[i])
		}
		i++
	}
	return r
}
