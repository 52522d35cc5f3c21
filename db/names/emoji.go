package names

import (
	"regexp"
	"strings"
)

// composed finds emoji that are made of several, as keyboards write them: some
// with joiners between them, and the flags of England, Scotland and Wales. What
// is invisible in them means nothing anywhere else.
var composed = func() *regexp.Regexp {
	const one = `[\x{2194}\x{2195}\x{2600}-\x{27BF}\x{2B1B}\x{1F300}-\x{1F3FA}\x{1F400}-\x{1FAFF}][\x{1F3FB}-\x{1F3FF}]?\x{FE0F}?`
	const flag = `\x{1F3F4}\x{E0067}\x{E0062}(?:\x{E0065}\x{E006E}\x{E0067}|\x{E0073}\x{E0063}\x{E0074}|\x{E0077}\x{E006C}\x{E0073})\x{E007F}`
	return regexp.MustCompile(flag + `|` + one + `(?:\x{200D}` + one + `)+`)
}()

// selectors takes out what phones append to emoji, which only asks for the
// coloured form.
var selectors = strings.NewReplacer("\ufe0e", "", "\ufe0f", "")

// withoutSelectors leaves them in composed emoji, which may fall apart without.
func withoutSelectors(name string) string {
	var out strings.Builder
	end := 0
	for _, at := range composed.FindAllStringIndex(name, -1) {
		out.WriteString(selectors.Replace(name[end:at[0]]))
		out.WriteString(name[at[0]:at[1]])
		end = at[1]
	}
	out.WriteString(selectors.Replace(name[end:]))
	return out.String()
}

// simplified has in place of each composed emoji a plain one.
func simplified(name string) string {
	return composed.ReplaceAllLiteralString(name, "\U0001F600")
}

// apart leaves out what composes emoji: where a font does not know one, its
// parts stand beside each other.
func apart(name string) string {
	return composed.ReplaceAllStringFunc(selectors.Replace(name), func(emoji string) string {
		return strings.Map(func(r rune) rune {
			if r == '\u200d' || r >= 0xE0020 && r <= 0xE007F {
				return -1
			}
			return r
		}, emoji)
	})
}
