// Package desktop is what belongs to the computer that the program runs on. One
// half differs from system to system: the folder for the data, the browser, the
// icon beside the clock, starting with the computer, keeping it awake, seeing
// that it slept, the end of a session, where the log goes. The other half is
// kept in the data folder and is about the program, not about people: the lock,
// where the page of a running instance is, the settings of this computer.
//
// The store and its files are not in it, nor is anything of people, chats and
// calls; the network is the room lan's. Packages are made in pack, a module of
// its own.
package desktop

import (
	"os"
	"os/user"
	"path/filepath"
	"strings"

	"github.com/adrg/xdg"
)

// DataFolder is where the host keeps its data unless told otherwise: beside
// the program if there is a folder for it, else by the rules of the operating
// system and the present environment. On Windows that is the local profile,
// which does not travel to other computers. It is empty where nobody has a
// home, as in a service without HOME.
func DataFolder(goos string) string {
	if at := portable(Program(), isDir); at != "" {
		return at
	}
	xdg.Reload()
	if os.Getenv("HOME") == "" && !filepath.IsAbs(os.Getenv("XDG_DATA_HOME")) && goos != "windows" {
		return ""
	}
	name := "duologue"
	if goos == "windows" || goos == "darwin" {
		name = "Duologue"
	}
	return filepath.Join(xdg.DataHome, name)
}

// PersonName is how the operating system calls the person who started the
// program, or empty if it has no name for a person.
func PersonName() string {
	u, err := user.Current()
	if err != nil {
		return ""
	}
	return personName(u.Name, u.Username)
}

// personName chooses between the full name and the login name. Windows writes
// a domain before a login name, also where it has no full one; an administrator's account is nobody's name.
func personName(full, login string) string {
	for _, name := range []string{full, login} {
		name = strings.TrimSpace(name[strings.LastIndexByte(name, '\\')+1:])
		switch strings.ToLower(name) {
		case "", "root", "administrator", "system", "nobody", "user":
			continue
		}
		return name
	}
	return ""
}
