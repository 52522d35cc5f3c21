package history

import (
	"strings"

	"duologue/db/model"
	"duologue/db/names"
)

// MaxQuote bounds the text that an answer carries of what it answers to.
const MaxQuote = 300 // characters

// Quotable is what an answer shows of m.
func Quotable(m *model.Message) string {
	if len(m.Files) > 0 && strings.TrimSpace(m.Content) == "" {
		return names.Shorten(m.Files[0].Name, MaxQuote)
	}
	return names.Shorten(m.Content, MaxQuote)
}
