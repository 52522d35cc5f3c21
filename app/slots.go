package app

import (
	"sync"
	"time"

	"duologue/app/wire"
	"duologue/db"
)

// perPerson counts what each person has going on.
type perPerson struct {
	most int
	mu   sync.Mutex
	now  map[db.ID]int
}

func newPerPerson(most int) *perPerson { return &perPerson{most: most, now: map[db.ID]int{}} }

// enter takes a place, which leave gives back, or says to come again.
func (p *perPerson) enter(id db.ID) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.now[id] >= p.most {
		return &wire.RateError{Wait: time.Second}
	}
	p.now[id]++
	return nil
}

func (p *perPerson) leave(id db.ID) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.now[id]--; p.now[id] == 0 {
		delete(p.now, id)
	}
}

// running is how much all have going on together.
func (p *perPerson) running() (n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, one := range p.now {
		n += one
	}
	return n
}
