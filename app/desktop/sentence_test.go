package desktop

import (
	"errors"
	"testing"

	"duologue/db"
)

func TestSentence(t *testing.T) {
	for want, err := range map[string]error{
		"the disk is full (ENOSPC)": &db.Error{Code: db.StorageFull, Message: "the disk is full", Cause: errors.New("ENOSPC")},
		"the folder is in use":      db.Errorf(db.Unavailable, "the folder is in use"),
		"no port is free":           errors.New("no port is free"),
	} {
		if got := Sentence(err); got != want {
			t.Errorf("for people: %q", got)
		}
	}
}
