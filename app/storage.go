package app

import (
	"net/http"

	"duologue/app/transfer"
	"duologue/app/wire"
	"duologue/db"
)

// getStorage adds up what the caller's files take.
func (a *App) getStorage(q *call) error {
	w, err := a.storage(q.me)
	if err != nil {
		return err
	}
	return reply(q.Ctx, http.StatusOK, w)
}

func (a *App) storage(me db.Person) (w wire.Storage, err error) {
	u := transfer.NewUsage()
	if err := a.store.EachFile(me.ID, func(f db.StoredFile) error { u.Add(f); return nil }); err != nil {
		return w, err
	}
	w = u.Storage()
	w.Quota, w.MaxFile = a.o.Quota, a.o.MaxFile
	if w.Brought, err = a.store.Charged(me.ID); err != nil || !me.Owner() {
		return w, err
	}
	t, err := a.store.StorageTotals()
	w.Host = transfer.StorageTotals(t)
	return w, err
}

// dropStorage gives up the bytes of my files, and keeps messages and
// thumbnails.
func (a *App) dropStorage(q *call) error {
	var body struct {
		Before *int64  `json:"before"`
		Who    *db.ID  `json:"who"`
		File   *string `json:"file"`
	}
	if err := decode(q.Ctx, &body); err != nil {
		return err
	}
	d := db.Drop{}
	switch {
	case body.Before == nil && body.File == nil:
		return wire.Missing("before")
	case body.Before != nil && body.File != nil:
		return db.Errorf(wire.BadRequest, "before and file: only one of them at once")
	case body.File != nil && *body.File == "":
		return wire.ErrNotFound
	case body.File != nil:
		d.ID = *body.File
	default:
		d.Before = *body.Before
	}
	if body.Who != nil {
		if d.Who = *body.Who; d.Who == 0 {
			return db.Errorf(db.Invalid, "who: there is no such person")
		}
	}
	n, size, err := a.store.DropFiles(a.life, q.me.ID, d)
	if err != nil {
		return err
	}
	return reply(q.Ctx, http.StatusOK, struct {
		Files int   `json:"files"`
		Size  int64 `json:"size"`
	}{n, size})
}

// patchStorage sets the owner's limits for the files of all.
func (a *App) patchStorage(q *call) error {
	var body struct {
		Cap  *int64 `json:"cap"`
		Warn *int64 `json:"warn"`
	}
	if err := decode(q.Ctx, &body); err != nil {
		return err
	}
	t, err := a.store.StorageTotals()
	if err != nil {
		return err
	}
	limits := t.Storage
	if body.Cap != nil {
		limits.Cap = *body.Cap
	}
	if body.Warn != nil {
		limits.Warn = *body.Warn
	}
	if err := a.store.SetStorage(q.ctx, limits); err != nil {
		return err
	}
	return a.getStorage(q)
}
