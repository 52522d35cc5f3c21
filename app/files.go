package app

import (
	"sync"
	"time"

	"github.com/valyala/fasthttp"

	"duologue/app/transfer"
	"duologue/app/wire"
	"duologue/db"
)

const (
	maxPersonUploads   = 2 // parts of files that one person sends at once
	maxPersonDownloads = 16
)

// files bounds what is done with files at once.
type files struct {
	arrivals  *transfer.Arrivals[*fasthttp.RequestHeader]
	uploads   *perPerson
	downloads *perPerson
	pictures  chan struct{} // one is decoded at a time: it takes memory
}

func newFiles() files {
	return files{transfer.NewArrivals[*fasthttp.RequestHeader](transfer.PartTime), newPerPerson(maxPersonUploads), newPerPerson(maxPersonDownloads), make(chan struct{}, 1)}
}

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
