package access

import (
	"context"
	"testing"

	"duologue/db"
)

// One person's turns come one after the other, and don't wait for another's.
func TestOneAtATime(t *testing.T) {
	var o Turns
	done, err := o.Begin(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := o.Begin(over, 1); db.CodeOf(err) != db.Unavailable {
		t.Errorf("a second one at once: %v", err)
	}
	other, err := o.Begin(t.Context(), 2)
	if err != nil {
		t.Fatal(err)
	}
	other()
	done()
	if done, err = o.Begin(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	done()
}
