//go:build linux || windows

package desktop

import (
	"errors"
	"log/slog"
	"runtime"
	"sync"

	"fyne.io/systray"
)

// ShowTray puts the icon beside the clock. The library below it knows one icon
// for a process, so this works once.
func ShowTray(log *slog.Logger, a Actions) (Tray, error) {
	if !trayPlace() {
		return nil, errors.New("nobody sits in front of a desktop")
	}
	slog.SetDefault(log) // the library complains to the standard log
	t := &shownTray{words: wordsFor(locale()), ended: make(chan struct{})}
	ready := make(chan struct{})
	go func() {
		runtime.LockOSThread() // windows belong to threads
		defer close(t.ended)
		defer func() {
			if p := recover(); p != nil { // the library ends so when its start failed half-way
				log.Warn("the icon beside the clock failed", "panic", p)
			}
		}()
		systray.Run(func() { t.fill(a); close(ready) }, nil)
	}()
	select {
	case <-ready:
	case <-t.ended:
		return nil, errors.New("the desktop has no place for it")
	}
	return t, nil
}

type shownTray struct {
	words trayWords
	ended chan struct{}
	close sync.Once
}

// fill makes the menu; a click on the icon itself opens the page, too.
func (t *shownTray) fill(a Actions) {
	systray.SetIcon(trayIcon)
	systray.SetTitle(t.words.title(0))
	systray.SetTooltip(t.words.title(0))
	systray.SetOnTapped(a.Open)
	open, invite := systray.AddMenuItem(t.words.open, ""), systray.AddMenuItem(t.words.invite, "")
	systray.AddSeparator()
	quit := systray.AddMenuItem(t.words.quit, "")
	go func() {
		for { // a click that nobody waits for is lost, so what it starts must not keep this
			select {
			case <-open.ClickedCh:
				go a.Open()
			case <-invite.ClickedCh:
				go a.Invite()
			case <-quit.ClickedCh:
				go a.Quit()
			case <-t.ended:
				return
			}
		}
	}()
}

// Unread says how many messages wait.
func (t *shownTray) Unread(n int) {
	systray.SetTitle(t.words.title(n))
	systray.SetTooltip(t.words.title(n))
}

// Close takes the icon away.
func (t *shownTray) Close() { t.close.Do(systray.Quit) }
