package app

import (
	"net/http"

	"duologue/app/lan"
	"duologue/app/wire"
	"duologue/db"
)

// discover is how hosts are announced and looked for; nil when that is switched
// off.
func (o Options) discover() lan.DiscoverFunc {
	if o.NoDiscovery {
		return nil
	}
	return o.Discover
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

// getFound tells who else is on the network. It is for the person who starts a
// host on this computer and might join another one, and for the owner.
func (a *App) getFound(q *call) error {
	if err := a.mayLook(q); err != nil {
		return err
	}
	w := struct {
		Hosts []wire.Found `json:"hosts"`
	}{Hosts: a.whoIsThere()}
	return reply(q.Ctx, http.StatusOK, w)
}

// whoIsThere puts the host that was gone to last time first, there or not.
func (a *App) whoIsThere() []wire.Found {
	out := []wire.Found{}
	c := a.network.State().Chosen
	if c != nil {
		out = append(out, wire.Found{Instance: c.Instance, Owner: c.Owner, Title: c.Title, URL: c.URL, Chosen: true})
	}
	for _, h := range a.finder.Hosts() {
		w := wire.Found{Instance: h.Instance, Owner: h.Owner, Title: h.Title, URL: h.Base() + "/", Here: true}
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
