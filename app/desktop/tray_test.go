package desktop

import "testing"

func TestTrayWords(t *testing.T) {
	for _, c := range []struct {
		locale string
		unread int
		want   string
	}{
		{"", 0, "Duologue"},
		{"C.UTF-8", 1, "Duologue · 1 unread"},
		{"de_DE", 12, "Duologue · 12 unread"},
		{"zh_CN.UTF-8", 3, "Duologue · 3 条未读"},
		{"zh-Hans-CN", 0, "Duologue"},
	} {
		if got := wordsFor(c.locale).title(c.unread); got != c.want {
			t.Errorf("%s, %d: %q", c.locale, c.unread, got)
		}
	}
}
