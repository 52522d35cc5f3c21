package app_test

import (
	"log/slog"
	"strings"
	"testing"

	"duologue/app"
	"duologue/app/desktop"
)

// fakeTray tells what it is told.
type fakeTray struct {
	unread chan int
	closed chan bool
}

func (t fakeTray) Unread(n int) { t.unread <- n }
func (t fakeTray) Close()       { close(t.closed) }

func TestTrayCountsWhatWaits(t *testing.T) {
	tray, opened := fakeTray{make(chan int, 20), make(chan bool)}, make(chan string, 2)
	actions := make(chan desktop.Actions, 1)
	h, a, b := two(t, app.Options{
		OpenBrowser: func(url string) error { opened <- url; return nil },
		Tray:        func(_ *slog.Logger, d desktop.Actions) (desktop.Tray, error) { actions <- d; return tray, nil },
	})
	s := live(t, b)
	send(t, s, cid(1), 1, "one")
	if n := <-tray.unread; n != 1 {
		t.Errorf("after a message it says %d", n)
	}
	if err := a.Do("PATCH", "/api/chats/2", m{"muted": true}, nil); err != nil {
		t.Fatal(err)
	}
	if n := <-tray.unread; n != 0 {
		t.Errorf("of a muted chat it says %d", n)
	}
	d := <-actions
	d.Open()
	d.Invite()
	for _, to := range []string{"", "&to=invite"} {
		if at := <-opened; !strings.HasPrefix(at, h.URL+"/#token=") || !strings.HasSuffix(at, to) || strings.Contains(at, "&") != (to != "") {
			t.Errorf("the browser got %q", at)
		}
	}
	d.Quit()
	if err := h.Ended(); err != nil {
		t.Error(err)
	}
	<-tray.closed
}
