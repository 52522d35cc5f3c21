package desktop

import (
	"bytes"
	"encoding/xml"
	"errors"
	"os"
	"path/filepath"
	"strings"
)

// Starting with the computer is one entry of the present user: a value of the
// registry on Windows, a file elsewhere. What it says is made here for all of
// them; who writes it stands in the files of each system.

// label names the program where names have to be unique.
const label = "local.duologue"

// autostartEntry is a desktop entry, as the XDG autostart folder takes them.
func autostartEntry(command []string) string {
	quoted := make([]string, len(command))
	for i, arg := range command {
		quoted[i] = quoteExec(arg)
	}
	return "[Desktop Entry]\nType=Application\nName=Duologue\nIcon=duologue\nTerminal=false\nExec=" + strings.Join(quoted, " ") + "\n"
}

// quoteExec quotes an argument of Exec. A string of a desktop entry escapes
// backslashes once more, and % begins a field.
func quoteExec(arg string) string {
	in := strings.NewReplacer(`\`, `\\\\`, `"`, `\\"`, "`", "\\\\`", "$", `\\$`, "%", "%%").Replace(arg)
	return `"` + in + `"`
}

// launchAgent is a property list for launchd.
func launchAgent(command []string) string {
	var b bytes.Buffer
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
<key>Label</key><string>` + label + `</string>
<key>RunAtLoad</key><true/>
<key>ProgramArguments</key><array>
`)
	for _, arg := range command {
		b.WriteString("<string>")
		_ = xml.EscapeText(&b, []byte(arg)) // a buffer takes everything
		b.WriteString("</string>\n")
	}
	b.WriteString("</array></dict></plist>\n")
	return b.String()
}

// runValue is a command line of Windows.
func runValue(command []string) string {
	quoted := make([]string, len(command))
	for i, arg := range command {
		quoted[i] = quoteWindows(arg)
	}
	return strings.Join(quoted, " ")
}

// quoteWindows quotes as the C library takes arguments apart: backslashes
// count only before a quotation mark.
func quoteWindows(arg string) string {
	var b strings.Builder
	b.WriteByte('"')
	slashes := 0
	for _, r := range arg {
		switch r {
		case '\\':
			slashes++
			continue
		case '"':
			b.WriteString(strings.Repeat(`\`, 2*slashes+1))
		default:
			b.WriteString(strings.Repeat(`\`, slashes))
		}
		slashes = 0
		b.WriteRune(r)
	}
	b.WriteString(strings.Repeat(`\`, 2*slashes))
	b.WriteByte('"')
	return b.String()
}

// entryFile is an entry that is a file.
type entryFile struct{ path, text string }

// On reports whether the entry is there and is about this very program.
func (e entryFile) On() bool {
	data, err := os.ReadFile(e.path)
	return err == nil && string(data) == e.text
}

// Set writes the entry or takes it away.
func (e entryFile) Set(on bool) error {
	if !on {
		if err := os.Remove(e.path); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(e.path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(e.path, []byte(e.text), 0o644)
}

// Startup is the switch that starts the program with the computer, with these
// arguments; nil where it cannot.
func Startup(args []string) Switch {
	program := Program()
	if program == "" {
		return nil
	}
	return startup(append([]string{program}, args...))
}

// Switch is something about this computer that a person turns on or off.
type Switch interface {
	On() bool
	Set(on bool) error
}
