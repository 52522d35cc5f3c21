package app

import (
	"net/http"
	"path/filepath"

	"duologue/app/desktop"
	"duologue/app/wire"
	"duologue/db"
)

// getProgram shows the owner the state of the program. The path of the folder,
// which has a person's name in it, stays on this computer.
func (a *App) getProgram(q *call) error {
	w := wire.Program{Version: a.o.Version, Since: a.began.UnixMilli(), Here: q.here(), Size: desktop.FolderSize(a.o.Data),
		People: len(a.store.People()), Online: a.hub.Others(0), Awake: a.awake.On()}
	for _, base := range a.bases() {
		w.Addresses = append(w.Addresses, base+"/")
	}
	if w.Here {
		w.Folder, _ = filepath.Abs(a.o.Data) // without a working folder there is no path
	}
	if a.o.Startup != nil {
		on := a.o.Startup.On()
		w.Startup = &on
	}
	return reply(q.Ctx, http.StatusOK, w)
}

// patchProgram turns switches of this computer. A session that was stolen on
// the network must not reach that far, so it takes somebody who sits here.
func (a *App) patchProgram(q *call) error {
	var body struct {
		Startup *bool `json:"startup"`
		Awake   *bool `json:"awake"`
	}
	if err := decode(q.Ctx, &body); err != nil {
		return err
	}
	if !q.here() {
		return db.Errorf(db.Forbidden, "only on the host's own computer")
	}
	if body.Startup != nil && a.o.Startup == nil {
		return db.Errorf(db.Invalid, "startup: this computer does not offer it")
	}
	if body.Awake != nil && a.awake.On() == nil {
		return db.Errorf(db.Invalid, "awake: this computer does not offer it")
	}
	if body.Startup != nil {
		if err := a.o.Startup.Set(*body.Startup); err != nil {
			return err
		}
		a.log.Info("starting with the computer was turned", "on", *body.Startup)
	}
	if body.Awake != nil {
		if err := a.awake.Set(*body.Awake); err != nil {
			return err
		}
		a.log.Info("keeping the computer awake was turned", "on", *body.Awake)
	}
	return a.getProgram(q)
}

// postQuit ends the program once this call is answered.
func (a *App) postQuit(q *call) error {
	a.log.Info("the owner ends the program")
	a.quit()
	return q.SendStatus(http.StatusNoContent)
}
