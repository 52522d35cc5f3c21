package app

import (
	"context"

	"duologue/app/desktop"
	"duologue/db"
)

// showTray puts an icon beside the clock, if there is a place for one, and
// keeps its number right until ctx ends.
func (a *App) showTray(ctx context.Context) {
	if a.o.Tray == nil {
		return
	}
	tray, err := a.o.Tray(a.log, desktop.Actions{Open: a.openPage, Invite: a.openInvite, Quit: a.quit})
	if err != nil {
		a.log.Info("there is no icon beside the clock", "why", err)
		return
	}
	defer tray.Close()
	a.unread.Run(ctx, tray.Unread)
}

// openPage shows the page to the person at this computer, signed in.
func (a *App) openPage() { a.openSignedIn("") }

// openInvite shows how others get in.
func (a *App) openInvite() { a.openSignedIn("&to=invite") }

func (a *App) openSignedIn(to string) {
	token, err := a.store.MakeStartToken(a.life, tokenLife)
	if err != nil {
		a.log.Warn("the page is opened without a sign-in", "err", err)
		a.showBrowser(a.URL())
		return
	}
	a.showBrowser(a.URL() + "#token=" + token + to)
}

// ownersUnread is what the list of chats would add up to, without muted ones.
func (a *App) ownersUnread() (n int, err error) {
	const owner db.ID = 1
	if !a.store.HasOwner() {
		return 0, nil
	}
	snap, err := a.store.Snapshot(owner)
	for _, c := range snap.Chats {
		if !c.Muted {
			n += c.New
		}
	}
	return n, err
}
