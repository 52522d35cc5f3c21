package access

import (
	"testing"

	"duologue/app/wire"
	"duologue/db"
)

func TestSlots(t *testing.T) {
	p := NewSlots(2)
	for _, id := range []db.ID{1, 1, 2} {
		if err := p.Enter(id); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.Enter(1); db.CodeOf(err) != wire.Rate {
		t.Errorf("a third at once: %v", err)
	}
	p.Leave(1)
	if err := p.Enter(1); err != nil {
		t.Errorf("a place that was given back: %v", err)
	}
	for _, id := range []db.ID{1, 1, 2} {
		p.Leave(id)
	}
	if p.Running() != 0 || len(p.now) != 0 {
		t.Errorf("somebody is counted still: %v", p.now)
	}
}
