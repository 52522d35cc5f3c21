package names

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"duologue/db/errs"
)

func TestCleanName(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"Alice", "Alice"},
		{"  Alice  Smith ", "Alice Smith"},
		{"\tCarl\r\n", "Carl"},
		{"Alice\u00a0\u3000Smith", "Alice Smith"},
		{"张三", "张三"},
		{"Зоя", "Зоя"},
		{"محمد", "محمد"},
		{"สมชาย", "สมชาย"},
		{"O'Brien-Ñandú, Jr.", "O'Brien-Ñandú, Jr."},
		{"e\u0301", "é"},
		{"Ａｌｉｃｅ", "Ａｌｉｃｅ"},
		{"Anna \u2764\ufe0f", "Anna \u2764"},
		{"🐼", "🐼"},
		{"👩🏽\u200d💻 Dev", "👩🏽\u200d💻 Dev"},
		{"👨\u200d👩\u200d👧\u200d👦", "👨\u200d👩\u200d👧\u200d👦"},
		{"🏳\ufe0f\u200d🌈", "🏳\ufe0f\u200d🌈"},
		{"\u2764\ufe0f\u200d🔥 \u2764\ufe0f", "\u2764\ufe0f\u200d🔥 \u2764"},
		{"🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"},
		{"🇨🇳 👍🏽", "🇨🇳 👍🏽"},
		{strings.Repeat("长", 40), strings.Repeat("长", 40)},
		{strings.Repeat("e\u0301", 40), strings.Repeat("é", 40)},
	} {
		if got, err := Clean(c.in); err != nil || got != c.want {
			t.Errorf("CleanName(%q) = %q, %v; want %q", c.in, got, err, c.want)
		}
	}
	for what, in := range map[string]string{
		"empty":             "",
		"spaces":            " \u3000\u00a0 ",
		"too long":          strings.Repeat("a", 41),
		"too long as typed": strings.Repeat(" ", 1024) + "a",
		"newline":           "a\nb",
		"tab":               "a\tb",
		"null":              "a\x00b",
		"escape":            "a\x1b[31mb",
		"right-to-left":     "a\u202eb",
		"isolate":           "a\u2066b",
		"direction mark":    "a\u200fb",
		"zero-width space":  "a\u200bb",
		"zero-width joiner": "a\u200db",
		"joiner at the end": "👩\u200d",
		"joiner in front":   "\u200d💻",
		"two joiners":       "👩\u200d\u200d💻",
		"joined to a word":  "👩\u200da",
		"joined to a space": "👩\u200d 💻",
		"flag of letters":   "🏴\U000e0041\U000e007f",
		"flag not ended":    "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074",
		"selector on a tag": "👩\u200d💻\U000e0067",
		"byte order mark":   "\ufeffa",
		"soft hyphen":       "a\u00adb",
		"word joiner":       "a\u2060b",
		"tag":               "a\U000e0041",
		"hangul filler":     "\u3164",
		"braille blank":     "\u2800",
		"line separator":    "a\u2028b",
		"private use":       "a\ue000",
		"unassigned":        "a\U000efffe",
		"noncharacter":      "a\ufffe",
		"not UTF-8":         "a\xffb",
		"surrogate bytes":   "a\xed\xa0\x80b",
		"lone mark":         "\u0301a",
		"mark on a space":   "a \u0301",
		"zalgo":             "a" + strings.Repeat("\u0316", 5),
	} {
		got, err := Clean(in)
		if errs.CodeOf(err) != errs.Invalid {
			t.Errorf("%s: CleanName(%q) = %q, %v; want invalid", what, in, got, err)
			continue
		}
		if e := err.(*errs.Error); !strings.HasPrefix(e.Message, "name: ") {
			t.Errorf("%s: the message %q does not name the field", what, e.Message)
		}
	}
}

func TestFoldNameTellsApart(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"Alice", "aLICE", true},
		{"Alice", "Ａｌｉｃｅ", true},
		{"Alice Smith", "  alice\u3000 SMITH", true},
		{"Straße", "STRASSE", true},
		{"ﬁona", "Fiona", true},
		{"Zoe\u0308", "Zoë", true},
		{"Anna \u2764", "Anna \u2764\ufe0f", true},
		{"👩\u200d💻", "👩💻", true},
		{"\u2764\u200d🔥", "\u2764\ufe0f\u200d🔥", true},
		{"👩🏽\u200d💻", "👩\u200d💻", false},
		{"👩\u200d💻 Dev", "👩\u200d💻 dev", true},
		{"Alice", "Аliсе", true}, // Cyrillic А, с and е
		{"Nora", "Νora", true},   // Greek Ν
		{"张三", "张三", true},
		{"ｶﾞ", "ガ", true},
		{"Zoe", "Zoë", false},
		{"张三", "張三", false},
		{"Anna 1", "Anna 2", false},
		{"Вера", "Вара", false},
		{"Al", "A l", false},
	} {
		if got := Fold(c.a) == Fold(c.b); got != c.same {
			t.Errorf("%q and %q fold to %q and %q", c.a, c.b, Fold(c.a), Fold(c.b))
		}
	}
}

// Whatever CleanName lets through is what it says, and stays so.
func FuzzName(f *testing.F) {
	for _, s := range []string{"Alice", " a  b ", "e\u0301", "ﬁ", "ᾳ", "İ", "ǅ", "\u0345", "ⅷ㍿", "ϒ\u0301", "\u3164", "Аннa", "a\u202e", "\t@", "👩🏽\u200d💻", "🏳\ufe0f\u200d🌈", "🏴\u200d🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		folded := Fold(in)
		if again := Fold(folded); again != folded {
			t.Fatalf("FoldName(%q) = %q, again %q", in, folded, again)
		}
		name, err := Clean(in)
		if err != nil {
			if errs.CodeOf(err) != errs.Invalid || name != "" {
				t.Fatalf("CleanName(%q) = %q, %v", in, name, err)
			}
			return
		}
		if again, err := Clean(name); err != nil || again != name {
			t.Fatalf("CleanName(%q) = %q, again %q, %v", in, name, again, err)
		}
		if n := utf8.RuneCountInString(name); n < 1 || n > 40 || !norm.NFC.IsNormalString(name) || strings.TrimSpace(name) != name {
			t.Fatalf("CleanName(%q) = %q, of %d characters", in, name, n)
		}
		for _, r := range name {
			if strings.ContainsRune("\u200d\U000e007f", r) && composed.MatchString(name) || r >= 0xE0061 && r <= 0xE007A {
				continue // within an emoji, as simplified says
			}
			if !unicode.IsGraphic(r) || unicode.Is(unicode.Bidi_Control, r) || unicode.Is(unicode.Join_Control, r) && r != '\u200c' && r != '\u200d' {
				t.Fatalf("CleanName(%q) = %q lets %U through", in, name, r)
			}
		}
		for _, r := range simplified(name) {
			if r >= 0xE0000 && r <= 0xE0FFF || r == '\ufe0f' || r == '\ufe0e' {
				t.Fatalf("CleanName(%q) = %q keeps %U outside of an emoji", in, name, r)
			}
		}
		if Fold(name) == "" || Fold(name) != Fold(in) && !strings.ContainsAny(in, "\ufe0e\ufe0f") {
			t.Fatalf("%q folds to %q, cleaned to %q", in, Fold(in), Fold(name))
		}
	})
}
