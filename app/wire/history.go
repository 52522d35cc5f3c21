package wire

import (
	"strconv"
	"strings"

	"duologue/db"
)

const (
	defaultPage = 50
	maxPage     = db.MaxPage
)

// RangeFrom says where a page of a history begins.
type RangeFrom int

// For the store a cursor of 0 is none; on the wire it is the place below the
// first message.
const (
	FromCursor RangeFrom = iota // as the db.Range says
	FromFirst                   // at the first message and upwards
	FromBelow                   // below the first message: there is nothing
)

// ParseRange reads which page of a history is asked for: its limit, clamped to
// what is given, and at most one of before, after and around, each a seq, and at, ms.
func ParseRange(query func(name string) string) (r db.Range, from RangeFrom, err error) {
	if r.Limit, err = parseLimit(query("limit")); err != nil {
		return r, FromCursor, err
	}
	given := ""
	for name, field := range map[string]*uint64{"before": &r.Before, "after": &r.After, "around": &r.Around, "at": &r.At} {
		text := query(name)
		if text == "" {
			continue
		}
		if given != "" {
			return r, FromCursor, db.Errorf(BadRequest, "%s and %s: only one of them at once", given, name)
		}
		given = name
		var ok bool
		if *field, ok = ParseNumber(text, 64); !ok {
			return r, FromCursor, db.Errorf(BadRequest, "%s: it is not a number", name)
		}
	}
	switch {
	case given == "before" && r.Before == 0:
		return r, FromBelow, nil
	case given == "after" && r.After == 0, given == "around" && r.Around == 0, given == "at" && r.At == 0:
		return r, FromFirst, nil
	}
	return r, FromCursor, nil
}

// parseLimit clamps what is asked for to what is given.
func parseLimit(text string) (int, error) {
	if text == "" {
		return defaultPage, nil
	}
	digits := strings.TrimPrefix(text, "-")
	if _, err := strconv.Atoi(digits); digits == "" || strings.Trim(digits, "0123456789") != "" {
		return 0, db.Errorf(BadRequest, "limit: it is not a number")
	} else if err != nil { // too long for a number
		return map[bool]int{true: 1, false: maxPage}[digits != text], nil
	}
	n, _ := strconv.Atoi(text)
	return min(max(n, 1), maxPage), nil
}
