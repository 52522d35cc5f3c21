package names

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestFoldText(t *testing.T) {
	for _, c := range []struct {
		text, query string
		found       bool
	}{
		{"今天天气很好", "天气", true},
		{"今天天气很好", "天好", false},
		{"Ｈｅｌｌｏ　Ｗｏｒｌｄ", "hello world", true},
		{"ﾊﾛｰﾜｰﾙﾄﾞ", "ワールド", true},
		{"Straße", "STRASSE", true},
		{"Crème Brûlée", "creme brulee", true},
		{"creme", "crème", true},
		{"ΣΊΣΥΦΟΣ", "σίσυφος", true},
		{"Ёлка", "елка", true},
		{"Việt Nam", "viet", true},
		{"İstanbul", "istanbul", true},
		{"x² + y²", "x2", true},
		{"안녕하세요", "하세", true},
		{"ガ", "カ", false}, // another letter, not an accent
		{"หนึ่ง", "หนง", false},
		{"नमस्ते", "नमसत", false},
		{"日本語", "日語", false},
		{"naïve", "nave", false},
		{"ᏣᎳᎩ", "ꮳꮃꭹ", true},
		{"ᏸ", "Ᏸ", true},
	} {
		if have := strings.Contains(FoldText(c.text), FoldText(c.query)); have != c.found {
			t.Errorf("%q in %q: %v (%q in %q)", c.query, c.text, have, FoldText(c.query), FoldText(c.text))
		}
	}
}

// Every character folds to something that stays as it is.
func TestFoldTextOfEveryCharacter(t *testing.T) {
	for r := range rune(utf8.MaxRune + 1) {
		if !utf8.ValidRune(r) {
			continue
		}
		once := FoldText(string(r))
		if again := FoldText(once); again != once {
			t.Errorf("%U folds to %+q, and that to %+q", r, once, again)
		}
	}
}

// Folding again changes nothing, and every part of a text that begins and
// ends between characters is found in it.
func FuzzFold(f *testing.F) {
	for _, s := range []string{"Hello", "今天天气", "ﬁn", "e\u0301", "\u0345α", "ϓ", "가각", "하", "İi", "ẞß", "ŉ", "a\u0315\u0300", "\u0f73\u0f71", "ΐ", "ﾊﾞ", "ꮑ각"} {
		f.Add(s, 1, 2)
	}
	f.Fuzz(func(t *testing.T, text string, from, to int) {
		if !utf8.ValidString(text) {
			return
		}
		folded := FoldText(text)
		if again := FoldText(folded); again != folded {
			t.Fatalf("%q folds to %q, and that to %q", text, folded, again)
		}
		if !utf8.ValidString(folded) {
			t.Fatalf("%q folds to %q", text, folded)
		}
		clusters := characters(text)
		if from < 0 || from > to || to > len(clusters) {
			return
		}
		part := strings.Join(clusters[from:to], "")
		if !strings.Contains(folded, FoldText(part)) {
			t.Fatalf("%q (%q) is not found in %q (%q)", part, FoldText(part), text, folded)
		}
	})
}

// characters cuts a text where no mark, vowel or jamo joins what is before.
func characters(text string) (out []string) {
	var it norm.Iter
	for it.InitString(norm.NFKD, text); !it.Done(); {
		out = append(out, string(it.Next()))
	}
	return out
}
