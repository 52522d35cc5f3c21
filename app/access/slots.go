package access

import (
	"sync"
	"time"

	"duologue/app/wire"
	"duologue/db"
)

// Slots counts what each person has going on.
type Slots struct {
	most int
	mu   sync.Mutex
	now  map[db.ID]int
}

func NewSlots(most int) *Slots { return &Slots{most: most, now: map[db.ID]int{}} }

// Enter takes a place, which leave gives back, or says to come again.
func (p *Slots) Enter(id db.ID) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.now[id] >= p.most {
		return &wire.RateError{Wait: time.Second}
	}
	p.now[id]++
	return nil
}

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
