package wire

import (
	"testing"

	"duologue/db"
)

func TestParseRange(t *testing.T) {
	for _, c := range []struct {
		query map[string]string
		want  db.Range
		from  RangeFrom
		code  db.Code
	}{
		{nil, db.Range{Limit: 50}, FromCursor, ""},
		{map[string]string{"limit": "7", "before": "9"}, db.Range{Limit: 7, Before: 9}, FromCursor, ""},
		{map[string]string{"limit": "0"}, db.Range{Limit: 1}, FromCursor, ""},
		{map[string]string{"limit": "-5"}, db.Range{Limit: 1}, FromCursor, ""},
		{map[string]string{"limit": "201"}, db.Range{Limit: 200}, FromCursor, ""},
		{map[string]string{"limit": "99999999999999999999999"}, db.Range{Limit: 200}, FromCursor, ""},
		{map[string]string{"limit": "-99999999999999999999999"}, db.Range{Limit: 1}, FromCursor, ""},
		{map[string]string{"before": "0"}, db.Range{Limit: 50}, FromBelow, ""},
		{map[string]string{"after": "0"}, db.Range{Limit: 50}, FromFirst, ""},
		{map[string]string{"around": "0"}, db.Range{Limit: 50}, FromFirst, ""},
		{map[string]string{"at": "0"}, db.Range{Limit: 50}, FromFirst, ""},
		{map[string]string{"at": "18446744073709551615"}, db.Range{Limit: 50, At: 1<<64 - 1}, FromCursor, ""},
		{map[string]string{"limit": "x"}, db.Range{}, FromCursor, BadRequest},
		{map[string]string{"limit": "-"}, db.Range{}, FromCursor, BadRequest},
		{map[string]string{"limit": "1.5"}, db.Range{}, FromCursor, BadRequest},
		{map[string]string{"before": "-1"}, db.Range{Limit: 50}, FromCursor, BadRequest},
		{map[string]string{"after": "01"}, db.Range{Limit: 50}, FromCursor, BadRequest},
		{map[string]string{"around": "18446744073709551616"}, db.Range{Limit: 50}, FromCursor, BadRequest},
		{map[string]string{"before": "1", "after": "1"}, db.Range{}, FromCursor, BadRequest},
	} {
		got, from, err := ParseRange(func(name string) string { return c.query[name] })
		if c.code != "" {
			if db.CodeOf(err) != c.code {
				t.Errorf("%v: %v", c.query, err)
			}
		} else if err != nil || got != c.want || from != c.from {
			t.Errorf("%v: %+v, %d, %v", c.query, got, from, err)
		}
	}
}
