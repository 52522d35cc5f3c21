package lan

import (
	"context"
	"log/slog"
	"net/netip"
	"slices"
	"sync"
	"time"

	"github.com/go-json-experiment/json"
)

// monitorEvery is how soon a computer that moved to another network notices.
const monitorEvery = 2 * time.Second

// MonitorOptions say what a monitor works with. All have to be set but Saved.
type MonitorOptions struct {
	Read  func() Network // asks the system, as Read does
	Now   func() time.Time
	Log   *slog.Logger
	Saved []byte             // what Save was given last, in an earlier run
	Save  func([]byte) error // keeps the state; called by one goroutine at a time
}

// Monitor follows the addresses of this computer, and remembers by which of
// them devices came in. Its methods may be called from any goroutine.
type Monitor struct {
	o MonitorOptions

	saving  sync.Mutex // held while the state is saved, and taken before mu
	failing bool       // the last save failed; under saving

	mu      sync.Mutex
	present Network
	asked   time.Time // when somebody who came in made it ask the system last
	state   State
	unsaved bool
}

// NewMonitor goes on with the state that was saved, and asks the system once.
func NewMonitor(o MonitorOptions) *Monitor {
	return &Monitor{o: o, state: parseState(o.Saved), present: o.Read()}
}

// Addresses asks the system and ranks those addresses by which others may reach
// this computer right now.
func (m *Monitor) Addresses() []Address {
	present := m.o.Read()
	m.mu.Lock()
	defer m.mu.Unlock()
	m.present = present
	return Rank(present, m.state.Reached)
}

// Arrived notes that a request came in from remote by our address local. A
// browser of this computer that took the long way is none. device names what
// the request came from, empty when it has no name; it is called only when it
// is needed, under the mutex.
func (m *Monitor) Arrived(remote, local netip.Addr, device func() string) {
	now := m.o.Now()
	if m.stale(now) {
		present := m.o.Read() // takes a while, and others need not wait for it
		m.mu.Lock()
		m.present = present
		m.mu.Unlock()
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.present.Has(remote) {
		return
	}
	s := &m.state
	if s.Arrived > 0 && s.By == local && now.UnixMilli()-s.Arrived < time.Second.Milliseconds() {
		return // the other requests of the same page
	}
	s.arrived(local, now.UnixMilli(), device())
	m.unsaved = true
}

// stale reports, once a second, that the system has to be asked again for
// somebody who comes in: anybody can make requests, so they don't each ask.
func (m *Monitor) stale(now time.Time) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if now.Sub(m.asked) < time.Second {
		return false
	}
	m.asked = now
	return true
}

// Choose remembers the host that the person at this computer went to.
func (m *Monitor) Choose(c Chosen) {
	m.mu.Lock()
	m.state.Chosen, m.unsaved = &c, true
	m.mu.Unlock()
	m.save()
}

// State is what is known so far, in a copy.
func (m *Monitor) State() State {
	m.mu.Lock()
	defer m.mu.Unlock()
	s := m.state
	s.Reached = slices.Clone(s.Reached)
	return s
}

// Run asks the system again and again, and saves what it learnt, until ctx
// ends. changed is called when the addresses are others than before.
func (m *Monitor) Run(ctx context.Context, changed func()) {
	t := time.NewTicker(monitorEvery)
	defer t.Stop()
	defer m.save()
	m.mu.Lock()
	was := sorted(Rank(m.present, nil)) // as it was when the monitor was made
	m.mu.Unlock()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
		m.save()
		is := sorted(m.Addresses())
		if !slices.Equal(is, was) {
			m.o.Log.Info("the addresses of this computer changed", "now", is)
			changed()
		}
		was = is
	}
}

// save keeps what has changed since it was last kept.
func (m *Monitor) save() {
	m.saving.Lock() // what is newer comes later
	defer m.saving.Unlock()
	m.mu.Lock()
	unsaved := m.unsaved
	m.unsaved = false
	m.mu.Unlock()
	if !unsaved {
		return
	}
	data, err := json.Marshal(m.State())
	if err == nil {
		err = m.o.Save(data)
	}
	if err != nil {
		m.mu.Lock()
		m.unsaved = true
		m.mu.Unlock()
	}
	if err != nil && !m.failing { // Run tries again and again
		m.o.Log.Info("the network is not remembered", "err", err)
	}
	m.failing = err != nil
}

// sorted are the addresses in an order that their rank does not change.
func sorted(ranked []Address) []netip.Addr {
	var out []netip.Addr
	for _, a := range ranked {
		out = append(out, a.Addr)
	}
	slices.SortFunc(out, netip.Addr.Compare)
	return out
}
