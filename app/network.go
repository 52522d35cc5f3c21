package app

import (
	"context"
	"log/slog"
	"net/netip"
	"slices"
	"sync"
	"time"

	"duologue/app/lan"
)

// lookEvery is how soon a computer that moved to another network notices.
const lookEvery = 2 * time.Second

// network follows the addresses of this computer, and remembers by which of
// them devices came in. Its methods may be called from anywhere.
type network struct {
	read func() lan.Network
	now  func() time.Time
	log  *slog.Logger
	file string // where it is remembered

	saving  sync.Mutex // held while the file is written, before mu
	failing bool       // under saving

	mu      sync.Mutex
	present lan.Network
	looked  time.Time // when somebody who came in did so last
	memory  memory
	unsaved bool
}

func newNetwork(o Options) *network {
	n := &network{read: o.Network, now: o.Now, log: o.Log, file: memoryFile(o.Data)}
	n.memory = n.load()
	n.present = n.read()
	return n
}

// addresses ranks those by which others may reach this computer right now.
func (n *network) addresses() []lan.Address {
	present := n.read()
	n.mu.Lock()
	defer n.mu.Unlock()
	n.present = present
	return lan.Rank(present, n.memory.known())
}

// arrived notes that a request came in from remote by our address local.
func (n *network) arrived(remote, local netip.Addr, device func() string) {
	now := n.now()
	if n.stale(now) {
		present := n.read() // takes a while, and others need not wait for it
		n.mu.Lock()
		n.present = present
		n.mu.Unlock()
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.present.Has(remote) {
		return // a browser of this computer took the long way
	}
	m := &n.memory
	if m.Arrived > 0 && m.By == local && now.UnixMilli()-m.Arrived < time.Second.Milliseconds() {
		return // the other requests of the same page
	}
	m.Arrived, m.By = now.UnixMilli(), local
	if name := device(); name != "" {
		m.Device = name
	}
	m.Reached = slices.DeleteFunc(m.Reached, func(a netip.Addr) bool { return a == local })
	m.Reached = slices.Insert(m.Reached, 0, local)
	m.Reached = m.Reached[:min(len(m.Reached), maxReached)]
	n.unsaved = true
}

// stale reports, once a second, that somebody who comes in has to look at the
// addresses again: anybody can make requests, so they don't each ask the
// system.
func (n *network) stale(now time.Time) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	if now.Sub(n.looked) < time.Second {
		return false
	}
	n.looked = now
	return true
}

// choose remembers the host that the person at this computer went to.
func (n *network) choose(c chosen) {
	n.mu.Lock()
	n.memory.Chosen, n.unsaved = &c, true
	n.mu.Unlock()
	n.save()
}

// remembered is what was noted so far.
func (n *network) remembered() memory {
	n.mu.Lock()
	defer n.mu.Unlock()
	m := n.memory
	m.Reached = slices.Clone(m.Reached)
	return m
}

// run looks again and again until ctx ends; changed is called when the
// addresses are others than before.
func (n *network) run(ctx context.Context, changed func()) {
	t := time.NewTicker(lookEvery)
	defer t.Stop()
	defer n.save()
	n.mu.Lock()
	was := plainAddrs(lan.Rank(n.present, nil)) // as it was when the host was made
	n.mu.Unlock()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
		n.save()
		is := plainAddrs(n.addresses())
		if !slices.Equal(is, was) {
			n.log.Info("the addresses of this computer changed", "now", is)
			changed()
		}
		was = is
	}
}

// plainAddrs are the addresses in an order that their rank does not change.
func plainAddrs(ranked []lan.Address) []netip.Addr {
	var out []netip.Addr
	for _, a := range ranked {
		out = append(out, a.Addr)
	}
	slices.SortFunc(out, netip.Addr.Compare)
	return out
}
