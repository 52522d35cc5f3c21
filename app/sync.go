package app

import (
	"net/http"

	"duologue/app/wire"
	"duologue/db"
)

// getSync gives all that a page starts from, as of one moment.
func (a *App) getSync(q *call) error {
	snap, err := a.store.Snapshot(q.me.ID)
	if err != nil {
		return err
	}
	w := wire.Sync{Epoch: a.store.Epoch(), Ev: snap.Ev, Now: a.o.Now().UnixMilli(), Me: wire.MeOf(snap.Me), Session: q.session.ID}
	names := make(map[db.ID]string, len(snap.People))
	for _, p := range snap.People {
		names[p.ID] = p.Name
		w.People = append(w.People, wire.UserOf(p, a.hub.Online(p.ID)))
	}
	for i := range snap.Chats {
		c := &snap.Chats[i]
		name, ok := names[c.Who]
		if !ok { // somebody who was removed
			name = a.store.NameOf(c.Who)
		}
		w.Chats = append(w.Chats, wire.ChatOf(c, name))
	}
	return reply(q.Ctx, http.StatusOK, w)
}
