package app

import (
	"testing"

	"duologue/app/wire"
	"duologue/db"
)

func TestPerPerson(t *testing.T) {
	p := newPerPerson(2)
	for _, id := range []db.ID{1, 1, 2} {
		if err := p.enter(id); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.enter(1); db.CodeOf(err) != wire.Rate {
		t.Errorf("a third at once: %v", err)
	}
	p.leave(1)
	if err := p.enter(1); err != nil {
		t.Errorf("a place that was given back: %v", err)
	}
	for _, id := range []db.ID{1, 1, 2} {
		p.leave(id)
	}
	if p.running() != 0 || len(p.now) != 0 {
		t.Errorf("somebody is counted still: %v", p.now)
	}
}
