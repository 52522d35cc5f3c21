package desktop

import (
	"fmt"
	"strings"
)

// Actions are what the icon beside the clock offers.
type Actions struct{ Open, Invite, Quit func() }

// Tray is the icon beside the clock.
type Tray interface {
	Unread(n int) // how many messages wait
	Close()
}

// trayWords are the words of the icon's menu.
type trayWords struct{ open, invite, quit, unread string }

// wordsFor chooses the language by what the system prefers: zh_CN.UTF-8, zh-Hans-CN, en.
func wordsFor(locale string) trayWords {
	if strings.HasPrefix(strings.ToLower(locale), "zh") {
		return trayWords{"打开 Duologue", "邀请别人", "退出 Duologue", "%d 条未读"}
	}
	return trayWords{"Open Duologue", "Invite somebody", "Quit Duologue", "%d unread"}
}

// title is what is said of the icon itself.
func (w trayWords) title(unread int) string {
	if unread == 0 {
		return "Duologue"
	}
	return "Duologue · " + fmt.Sprintf(w.unread, unread)
}
