package desktop

import "os/exec"

// Open shows url in the person's browser. It returns once the browser took it.
func Open(url string) error {
	return exec.Command("open", url).Run()
}
