package app

import (
	"context"
	"log/slog"
	"time"

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
	a.unread.run(ctx, tray.Unread)
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

// unread counts what waits for the owner, after each change.
type unread struct {
	log   *slog.Logger
	count func() (int, error)
	news  chan struct{}
}

func newUnread(log *slog.Logger, count func() (int, error)) *unread {
	return &unread{log: log, count: count, news: make(chan struct{}, 1)}
}

// changed notes that the owner's side changed. It never blocks.
func (u *unread) changed() {
	select {
	case u.news <- struct{}{}:
	default: // it is noted already
	}
}

// run tells show each new number until ctx ends, a few times a second at most.
func (u *unread) run(ctx context.Context, show func(int)) {
	const pause = 250 * time.Millisecond
	was := 0
	for {
		n, err := u.count()
		if err != nil {
			u.log.Warn("the unread messages cannot be counted", "err", err)
		} else if n != was {
			show(n)
			was = n
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
		select {
		case <-ctx.Done():
			return
		case <-u.news:
		}
	}
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
