package transfer

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxFileName is short enough for every file system, with room for a number
// in front.
const maxFileName = 200 // bytes

// CleanFileName makes of whatever a client sends a name that does no harm
// anywhere: one line, one part of a path, nothing that hides or turns text,
// and no name that Windows keeps for itself. Here a name is only ever text;
// the care is for the disks that it is saved to.
func CleanFileName(name string) string {
	name = strings.ToValidUTF8(name, "_")
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = norm.NFC.String(strings.Map(plainRune, name)) // joins what stood apart only by what is left out
	name = strings.TrimRight(strings.TrimSpace(name), ". ")
	stem, ext := name, path.Ext(name)
	if stem = strings.TrimSuffix(name, ext); stem == "" { // as .profile
		stem, ext = name, ""
	}
	if len(ext) > 20 {
		stem, ext = name, ""
	}
	name = cut(stem, maxFileName-len(ext)) + ext
	if base, _, _ := strings.Cut(name, "."); windowsDevice(strings.TrimSpace(base)) {
		name = "_" + name
	}
	if name == "" {
		return "file"
	}
	return name
}

// plainRune leaves out what nobody sees and replaces what no file name may have.
func plainRune(r rune) rune {
	switch {
	case strings.ContainsRune(`<>:"|?*`, r):
		return '_'
	case r == 0x200C || r == 0x200D: // inside words and emoji
		return r
	case unicode.In(r, unicode.Zs):
		return ' '
	case r == utf8.RuneError, unicode.In(r, unicode.C, unicode.Zl, unicode.Zp), r == 0x3164, r == 0xFFA0:
		return -1
	}
	return r
}

// cut shortens text to n bytes, between characters.
func cut(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return strings.TrimRight(text[:n], ". ")
}

// windowsDevice reports whether Windows takes a name for a device, whatever
// comes behind its first dot.
func windowsDevice(base string) bool {
	switch base = strings.ToUpper(base); base {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return true
	}
	digit, ok := strings.CutPrefix(base, "COM")
	if !ok {
		digit, ok = strings.CutPrefix(base, "LPT")
	}
	return ok && utf8.RuneCountInString(digit) == 1 && strings.ContainsAny(digit, "0123456789¹²³")
}
