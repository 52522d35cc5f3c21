package ui_test

import (
	"bufio"
	"context"
	"io"
	"os"
	"os/exec"
	"strings"

	"duologue/app"
	"duologue/app/desktop"
)

// apartEnv carries the folder and the address of a host that this binary has
// to be, instead of running tests.
const apartEnv = "DUOLOGUE_TEST_HOST"

// beHost ends with the process that started it, which holds the other end of
// its input.
func beHost(dir, addr string) int {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		io.Copy(io.Discard, os.Stdin)
		cancel()
	}()
	o := options(dir, addr, os.Stderr)
	o.Stdout = os.Stdout
	a, err := app.New(o)
	if err == nil {
		err = a.Run(ctx)
	}
	if err != nil {
		os.Stderr.WriteString(desktop.Sentence(err) + "\n")
		return 1
	}
	return 0
}

// apart goes on with the host, which has to be stopped, in a process of its
// own; kill ends that without a chance to end anything.
func (r *room) apart() (kill func()) {
	r.t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), apartEnv+"="+r.dir+"|"+r.addr)
	cmd.Stderr = r.t.Output()
	if _, err := cmd.StdinPipe(); err != nil {
		r.t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		r.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		r.t.Fatal(err)
	}
	kill = func() {
		cmd.Process.Kill()
		cmd.Wait()
	}
	r.t.Cleanup(kill)
	for lines := bufio.NewScanner(stdout); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "duologue ready ") {
			return kill
		}
	}
	r.t.Fatal("the host does not get ready")
	return nil
}
