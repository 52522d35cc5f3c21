package lan

import (
	"context"
	"slices"
	"sync"
	"time"
)

// DiscoverFunc announces me on the network, unless it is nil, and tells found
// who else is there, unless that is nil, until ctx ends; see Discover.
type DiscoverFunc func(ctx context.Context, me *Service, found func([]Host)) error

const (
	// Looking asks the whole network every second, so it goes on only while
	// somebody wants to know.
	lookFor = 15 * time.Second
	// How soon it is tried again where the network takes no multicast.
	retryAfter = 10 * time.Second
)

// Finder lets others find this host, and finds others while somebody wants to
// know. Its methods may be called from any goroutine.
type Finder struct {
	discover DiscoverFunc // nil: switched off
	wake     chan struct{}

	mu    sync.Mutex
	until time.Time // somebody wants to know until then
	round int       // goes up when everything is to begin anew
	hosts []Host
}

// NewFinder finds by discover; nil switches it off.
func NewFinder(discover DiscoverFunc) *Finder {
	return &Finder{discover: discover, wake: make(chan struct{}, 1)}
}

// Hosts gives who was found so far, and goes on looking for 15 s.
func (f *Finder) Hosts() []Host {
	f.mu.Lock()
	f.until = time.Now().Add(lookFor)
	hosts := slices.Clone(f.hosts)
	f.mu.Unlock()
	f.Refresh()
	return hosts
}

// Restart begins anew: what was found in another network is not here.
func (f *Finder) Restart() {
	f.mu.Lock()
	f.round++
	f.hosts = nil
	f.mu.Unlock()
	f.Refresh()
}

// Refresh makes Run ask at once what to announce. It never blocks.
func (f *Finder) Refresh() {
	select {
	case f.wake <- struct{}{}:
	default:
	}
}

// discovery is what is to be done on the network.
type discovery struct {
	me    Service // no instance: nothing is announced
	look  bool
	round int
}

// Run does what is wanted until ctx ends. service says what to announce, and
// false when there is nothing to do with the network; it is asked again and
// again, because names change. Failing is silent: an address can always be
// typed.
func (f *Finder) Run(ctx context.Context, service func() (Service, bool)) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	var doing discovery
	stop := func() {}
	defer func() { stop() }()
	for {
		if want, ok := f.wanted(service); ok && want != doing {
			stop()
			stop, doing = f.start(ctx, want), want
		}
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		case <-f.wake:
		}
	}
}

// wanted says what is to be done now; false when there is nothing to do with
// the network at all.
func (f *Finder) wanted(service func() (Service, bool)) (discovery, bool) {
	me, open := service()
	f.mu.Lock()
	defer f.mu.Unlock()
	look := time.Now().Before(f.until)
	if !look {
		f.hosts = nil
	}
	return discovery{me, look, f.round}, open && f.discover != nil
}

// start begins a discovery and gives the function that ends it and waits for
// its end.
func (f *Finder) start(ctx context.Context, want discovery) (stop func()) {
	var me *Service
	if want.me.Instance != "" {
		me = &want.me
	}
	var found func([]Host)
	if want.look {
		found = func(hosts []Host) { f.found(want.round, hosts) }
	}
	if me == nil && found == nil {
		return func() {}
	}
	ctx, cancel := context.WithCancel(ctx)
	var done sync.WaitGroup
	done.Go(func() {
		for ctx.Err() == nil && f.discover(ctx, me, found) != nil {
			select {
			case <-ctx.Done():
			case <-time.After(retryAfter):
			}
		}
	})
	return func() { cancel(); done.Wait() }
}

// found keeps what was found, unless everything began anew meanwhile.
func (f *Finder) found(round int, hosts []Host) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if round == f.round {
		f.hosts = hosts
	}
}
