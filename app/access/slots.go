package access

import (
	"sync"
	"time"

	"duologue/app/wire"
	"duologue/db"
)

// Slots bounds what each person has going on at once.
type Slots struct {
	most int
	mu   sync.Mutex
	now  map[db.ID]int
}

// NewSlots gives each person so many.
func NewSlots(most int) *Slots { return &Slots{most: most, now: map[db.ID]int{}} }

// Enter takes one, which Leave gives back; a *wire.RateError when the person
// has all of theirs taken.
func (p *Slots) Enter(id db.ID) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.now[id] >= p.most {
		return &wire.RateError{Wait: time.Second}
	}
	p.now[id]++
	return nil
}

// Leave gives one back.
func (p *Slots) Leave(id db.ID) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.now[id]--; p.now[id] == 0 {
		delete(p.now, id)
	}
}

// Running is how much all have going on together.
func (p *Slots) Running() (n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, one := range p.now {
		n += one
	}
	return n
}
