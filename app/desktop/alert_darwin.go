package desktop

import "os/exec"

// alert shows text to the person at the computer. It is an argument, not a
// part of the script.
func alert(text string) {
	script := "on run argv\ndisplay alert \"Duologue\" message (item 1 of argv) as critical\nend run"
	_ = exec.Command("osascript", "-e", script, text).Run() // it stands in the log as well
}
