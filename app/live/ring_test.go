package live

import (
	"strings"
	"testing"

	"duologue/app/wire"
	"duologue/db"
)

// Whatever it is that an event says much with, a ring keeps little of it,
// encoded or not, and all the same gives what is new to whoever is up to date.
func TestRingsAreBounded(t *testing.T) {
	long := strings.Repeat("x", db.MaxContent)
	quoting := &db.Message{Content: "y", Reply: &db.Quote{Content: long}}
	for what, event := range map[string]db.Event{
		"message": {Kind: db.KindMessage, Message: &db.Message{Content: long}, Chat: &db.Chat{}},
		"draft":   {Kind: db.KindChat, Chat: &db.Chat{Draft: long}},
		"last":    {Kind: db.KindChat, Chat: &db.Chat{Last: &db.Message{Content: long}}},
		"quote":   {Kind: db.KindChat, Chat: &db.Chat{Last: quoting}},
		"files":   {Kind: db.KindChat, Chat: &db.Chat{Last: &db.Message{Files: []db.File{{Name: long}}}}},
		"short":   {Kind: db.KindMessage, Message: &db.Message{Content: "\x01"}, Chat: &db.Chat{}},
		"tricky":  {Kind: db.KindMessage, Message: &db.Message{Content: strings.Repeat("\x01", 2000)}, Chat: &db.Chat{}},
	} {
		for _, encoded := range []bool{false, true} {
			var r ring
			for ev := range uint64(ringEvents) {
				event.Ev = ev + 1
				r.push([]db.Event{event})
				if !encoded {
					continue
				}
				frames, end, have := r.after(ev, nil, func(e *db.Event) []byte {
					return wire.EncodeEvent(e, func(db.ID) string { return "" }, func(db.ID) bool { return false })
				})
				if len(frames) != 1 || end != ev+1 || !have {
					t.Fatalf("%s: %d frames up to %d", what, len(frames), end)
				}
			}
			kept := 0
			for _, e := range r.entries {
				if kept += len(e.frame); e.event != nil && what != "short" && what != "tricky" {
					kept += len(long)
				}
			}
			if kept > ringBytes || len(r.entries) == 0 || what == "short" && len(r.entries) != ringEvents {
				t.Errorf("%s, encoded %v: %d events of %d kB", what, encoded, len(r.entries), kept>>10)
			}
		}
	}
}
