package desktop

import (
	"os"
	"os/exec"
	"strconv"
)

func canHoldAwake() bool {
	_, err := exec.LookPath("caffeinate")
	return err == nil
}

// holdAwake runs the system's own program for it, which also ends with us.
func holdAwake() (release func(), err error) {
	cmd := exec.Command("caffeinate", "-i", "-w", strconv.Itoa(os.Getpid()))
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return func() {
		_ = cmd.Process.Kill() // it may have ended by itself
		_ = cmd.Wait()
	}, nil
}
