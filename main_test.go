package main

import (
	"bufio"
	"bytes"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// program builds the program as people build it.
func program(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("builds the program")
	}
	exe := filepath.Join(t.TempDir(), "duologue.exe")
	build := exec.Command("go", "build", "-o", exe, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return exe
}

var readyLine = regexp.MustCompile(`^duologue ready (http://127\.0\.0\.1:\d+/)#token=(\S+)$`)

func TestProgram(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no SIGTERM")
	}
	exe, dir := program(t), t.TempDir()
	var log bytes.Buffer
	first := exec.Command(exe, "-data", dir, "-addr", "127.0.0.1:0", "-no-browser")
	first.Stderr = &log
	out, err := first.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if err := first.Start(); err != nil {
		t.Fatal(err)
	}
	defer first.Process.Kill()
	lines := bufio.NewScanner(out)
	lines.Scan()
	ready := readyLine.FindStringSubmatch(lines.Text())
	if ready == nil {
		t.Fatalf("the first line is %q; %s", lines.Text(), log.String())
	}
	t.Logf("ready after %v", time.Since(began))

	res, err := http.Get(ready[1])
	if err != nil {
		t.Fatal(err)
	}
	page, _ := io.ReadAll(res.Body)
	res.Body.Close()
	if res.StatusCode != 200 || !strings.Contains(string(page), "<title>") {
		t.Errorf("the page is %d %.100s", res.StatusCode, page)
	}

	said, err := exec.Command(exe, "-data", dir, "-no-browser").Output()
	if err != nil || strings.Count(string(said), "\n") != 1 || !strings.Contains(string(said), ready[1]) {
		t.Errorf("the second start says %q and ends with %v", said, err)
	}

	began = time.Now()
	first.Process.Signal(syscall.SIGTERM)
	rest, _ := io.ReadAll(out)
	if err := first.Wait(); err != nil {
		t.Errorf("after SIGTERM: %v; %s", err, log.String())
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("the end took %v", took)
	}
	if lines.Scan(); len(rest) > 0 || lines.Text() != "" {
		t.Errorf("there is more on standard output: %q", rest)
	}
	if strings.Contains(log.String(), ready[2]) {
		t.Error("the log has the token")
	}
}

func TestArguments(t *testing.T) {
	for _, c := range []struct {
		args        []string
		status      int
		out, errOut string
	}{
		{[]string{"-h"}, 0, "Examples:", ""},
		{[]string{"-help"}, 0, "Examples:", ""},
		{[]string{"-version"}, 0, "duologue dev\n", ""},
		{[]string{"-wrong"}, 2, "", "-wrong"},
		{[]string{"-rate", "x"}, 2, "", "rate"},
		{[]string{"-data", os.DevNull, "-addr", "127.0.0.1:0", "-no-browser"}, 1, "", "cannot be made"},
	} {
		var out, errOut bytes.Buffer
		status := run(c.args, func(string) string { return "" }, &out, &errOut)
		if status != c.status || !strings.Contains(out.String(), c.out) || !strings.Contains(errOut.String(), c.errOut) {
			t.Errorf("%v: %d, %q, %q", c.args, status, out.String(), errOut.String())
		}
		if c.status != 0 && strings.Count(errOut.String(), "\n") != 1 {
			t.Errorf("%v: more than a sentence: %q", c.args, errOut.String())
		}
		if c.status != 0 && out.Len() > 0 || c.status == 0 && errOut.Len() > 0 {
			t.Errorf("%v: said in the wrong place: %q, %q", c.args, out.String(), errOut.String())
		}
	}
}
