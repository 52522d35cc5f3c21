package desktop

import "golang.org/x/sys/windows"

// alert shows text to the person at the computer.
func alert(text string) {
	words, err := windows.UTF16PtrFromString(text)
	title, _ := windows.UTF16PtrFromString("Duologue")
	if err == nil {
		windows.MessageBox(0, words, title, windows.MB_OK|windows.MB_ICONERROR|windows.MB_SETFOREGROUND)
	}
}
