package app

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"time"

	"duologue/app/lan"
	"duologue/app/wire"
	"duologue/db"
)

// Discover announces me on the network, unless it is nil, and tells found who
// else is there, unless that is nil, until ctx ends; see lan.Discover.
type Discover func(ctx context.Context, me *lan.Service, found func([]lan.Host)) error

const (
	// Looking asks the whole network every second, so it goes on only while
	// somebody wants to know.
	lookFor = 15 * time.Second
	// How soon it is tried again where the network takes no multicast.
	findAgain = 10 * time.Second
)

// finder lets others find this host, and finds others for the first page.
type finder struct {
	discover Discover // nil: switched off
	wake     chan struct{}

	mu    sync.Mutex
	until time.Time // somebody wants to know until then
	round int       // goes up when everything is to begin anew
	hosts []lan.Host
}

func newFinder(o Options) *finder {
	f := &finder{discover: o.Discover, wake: make(chan struct{}, 1)}
	if o.NoDiscovery {
		f.discover = nil
	}
	return f
}

// look gives who was found so far, and goes on looking for a while.
func (f *finder) look() []lan.Host {
	f.mu.Lock()
	f.until = time.Now().Add(lookFor)
	hosts := slices.Clone(f.hosts)
	f.mu.Unlock()
	f.nudge()
	return hosts
}

// again begins anew: what was found in another network is not here.
func (f *finder) again() {
	f.mu.Lock()
	f.round++
	f.hosts = nil
	f.mu.Unlock()
	f.nudge()
}

func (f *finder) nudge() {
	select {
	case f.wake <- struct{}{}:
	default:
	}
}

// task is what is to be done on the network.
type task struct {
	me    lan.Service // no instance: nothing is announced
	look  bool
	round int
}

// run does what is wanted until ctx ends. service says what to announce; it is
// asked again and again, because names change. Failing is silent: an address
// can always be typed.
func (f *finder) run(ctx context.Context, service func() (lan.Service, bool)) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	var doing task
	stop := func() {}
	defer func() { stop() }()
	for {
		if want, ok := f.task(service); ok && want != doing {
			stop()
			stop, doing = f.begin(ctx, want), want
		}
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		case <-f.wake:
		}
	}
}

// task says what is to be done now; false when there is nothing to do with
// the network at all.
func (f *finder) task(service func() (lan.Service, bool)) (task, bool) {
	me, open := service()
	f.mu.Lock()
	defer f.mu.Unlock()
	look := time.Now().Before(f.until)
	if !look {
		f.hosts = nil
	}
	return task{me, look, f.round}, open && f.discover != nil
}

// begin starts a task and gives the function that ends it.
func (f *finder) begin(ctx context.Context, want task) (stop func()) {
	var me *lan.Service
	if want.me.Instance != "" {
		me = &want.me
	}
	var found func([]lan.Host)
	if want.look {
		found = func(hosts []lan.Host) { f.found(want.round, hosts) }
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
			case <-time.After(findAgain):
			}
		}
	})
	return func() { cancel(); done.Wait() }
}

func (f *finder) found(round int, hosts []lan.Host) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if round == f.round {
		f.hosts = hosts
	}
}

// service is what this host announces, once there is somebody to visit; false
// when only this computer comes in.
func (a *App) service() (lan.Service, bool) {
	s := lan.Service{}
	if a.store.HasOwner() {
		s = lan.Service{Instance: a.store.Instance(), Owner: a.store.NameOf(1), Port: a.bound.Port}
	}
	return s, !a.bound.LocalOnly()
}

type wireFound struct {
	Instance string `json:"instance"`
	Owner    string `json:"owner"`
	Title    string `json:"title"`
	URL      string `json:"url"`
	Here     bool   `json:"here"`   // it answers right now
	Chosen   bool   `json:"chosen"` // it was gone to last time
}

// getFound tells who else is on the network. It is for the person who starts a
// host on this computer and might join another one, and for the owner.
func (a *App) getFound(q *call) error {
	if err := a.mayLook(q); err != nil {
		return err
	}
	w := struct {
		Hosts []wireFound `json:"hosts"`
	}{Hosts: a.whoIsThere()}
	return reply(q.Ctx, http.StatusOK, w)
}

// whoIsThere puts the host that was gone to last time first, there or not.
func (a *App) whoIsThere() []wireFound {
	out := []wireFound{}
	c := a.network.State().Chosen
	if c != nil {
		out = append(out, wireFound{c.Instance, c.Owner, c.Title, c.URL, false, true})
	}
	for _, h := range a.finder.look() {
		w := wireFound{h.Instance, h.Owner, h.Title, h.Base() + "/", true, false}
		if c != nil && c.Instance == h.Instance {
			w.Chosen = true
			out[0] = w
			continue
		}
		out = append(out, w)
	}
	return out
}

// postFound remembers which host the person went to, for the next start.
func (a *App) postFound(q *call) error {
	var body struct {
		Instance *string `json:"instance"`
	}
	if err := decode(q.Ctx, &body); err != nil {
		return err
	}
	if err := a.mayLook(q); err != nil {
		return err
	}
	if body.Instance == nil {
		return wire.Missing("instance")
	}
	for _, w := range a.whoIsThere() {
		if w.Instance == *body.Instance {
			a.network.Choose(lan.Chosen{Instance: w.Instance, Owner: w.Owner, Title: w.Title, URL: w.URL})
			return q.SendStatus(http.StatusNoContent)
		}
	}
	return wire.ErrNotFound
}

// mayLook lets the person at this computer see the network around it.
func (a *App) mayLook(q *call) error {
	if !a.store.HasOwner() {
		if q.here() {
			return nil
		}
		return db.Errorf(db.Forbidden, "only the computer that hosts this may ask")
	}
	if err := a.authenticate(q); err != nil {
		return err
	}
	if !q.me.Owner() {
		return db.Errorf(db.Forbidden, "only the owner of this host may do this")
	}
	return nil
}
