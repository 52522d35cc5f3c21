package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// program builds the program as people build it, once for all tests.
func program(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("builds the program")
	}
	exe, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return exe
}

var (
	buildDir string
	built    = sync.OnceValues(func() (string, error) {
		exe := filepath.Join(buildDir, "duologue.exe")
		build := exec.Command("go", "build", "-o", exe, ".")
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := build.CombinedOutput(); err != nil {
			return "", fmt.Errorf("%w: %s", err, out)
		}
		return exe, nil
	})
)

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "duologue-program-")
	if err != nil {
		panic(err)
	}
	buildDir = dir
	status := m.Run()
	os.RemoveAll(dir)
	os.Exit(status)
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
	t.Logf("the end took %v", time.Since(began))
	if lines.Scan(); len(rest) > 0 || lines.Text() != "" {
		t.Errorf("there is more on standard output: %q", rest)
	}
	if strings.Contains(log.String(), ready[2]) {
		t.Error("the log has the token")
	}
}

// With `duologue 2>&1 | head -1` nobody reads the second line: it is lost, and
// the host goes on and ends cleanly.
func TestNobodyReadsTheLog(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no SIGPIPE")
	}
	p := exec.Command(program(t), "-data", t.TempDir(), "-addr", "127.0.0.1:0", "-no-browser", "-no-tray")
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	p.Stdout, p.Stderr = writer, writer
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	defer p.Process.Kill()
	writer.Close()
	var ready []string
	for lines := bufio.NewScanner(reader); ready == nil; ready = readyLine.FindStringSubmatch(lines.Text()) {
		if !lines.Scan() {
			t.Fatal("it is not ready")
		}
	}
	reader.Close()
	for _, body := range []string{`{"token":"` + ready[2] + `","name":"Lin"}`, `{"token":"x","name":"Lin"}`} {
		post(t, ready[1]+"api/setup", body) // logs that the owner was made
	}
	res, err := http.Get(ready[1] + "api/host")
	if err != nil {
		t.Fatal("the host is gone:", err)
	}
	res.Body.Close()
	p.Process.Signal(syscall.SIGTERM)
	if err := p.Wait(); err != nil {
		t.Errorf("it ended with %v", err)
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

// instance is a running program.
type instance struct {
	*exec.Cmd
	url, token string
	log        bytes.Buffer
}

// start runs the program until it is ready; it ends with the test.
func start(t *testing.T, exe, dir string) *instance {
	t.Helper()
	p := &instance{Cmd: exec.Command(exe, "-data", dir, "-addr", "127.0.0.1:0", "-no-browser", "-no-tray")}
	p.Stderr = &p.log
	out, err := p.StdoutPipe()
	if err == nil {
		err = p.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Process.Kill(); p.Wait() })
	lines := bufio.NewScanner(out)
	lines.Scan()
	ready := readyLine.FindStringSubmatch(lines.Text())
	if ready == nil {
		t.Fatalf("the first line is %q; %s", lines.Text(), p.log.String())
	}
	p.url, p.token = ready[1], ready[2]
	return p
}

// end asks the program to end and wants it to do so cleanly.
func (p *instance) end(t *testing.T) {
	t.Helper()
	p.Process.Signal(syscall.SIGTERM)
	if err := p.Wait(); err != nil {
		t.Errorf("it ended with %v: %s", err, p.log.String())
	}
}

// fakeBrowser gives the environment in which opening a page writes its address
// into a file, and what reads that file.
func fakeBrowser(t *testing.T) (env []string, opened func() string) {
	t.Helper()
	dir := t.TempDir()
	script := "#!/bin/sh\nprintf '%s\\n' \"$@\" >>" + filepath.Join(dir, "opened") + "\n"
	for _, name := range []string{"xdg-open", "open"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(script), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	env = append(os.Environ(), "PATH="+dir+":"+os.Getenv("PATH"), "DISPLAY=:99")
	return env, func() string {
		data, _ := os.ReadFile(filepath.Join(dir, "opened"))
		os.Remove(filepath.Join(dir, "opened"))
		return strings.TrimSpace(string(data))
	}
}

// again starts the program once more on a folder that is taken, and gives what
// the browser was told.
func again(t *testing.T, exe, dir string) string {
	t.Helper()
	env, opened := fakeBrowser(t)
	cmd := exec.Command(exe, "-data", dir)
	cmd.Env = env
	said, err := cmd.Output()
	if err != nil || strings.Count(string(said), "\n") != 1 || strings.Contains(string(said), "#") {
		t.Errorf("the second start says %q and ends with %v", said, err)
	}
	return opened()
}

// post sends JSON and gives the status of the answer.
func post(t *testing.T, url, body string) int {
	t.Helper()
	res, err := http.Post(url, "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	return res.StatusCode
}

func TestASecondStartOpensThePageOfTheFirst(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the browser is a shell script here")
	}
	exe, dir, other := program(t), t.TempDir(), t.TempDir()
	first := start(t, exe, dir)
	elsewhere := start(t, exe, other)
	for _, want := range []struct {
		path, body string
		status     int
	}{{"api/setup", `{"token":"%s","name":"Lin"}`, 201}, {"api/signin", `{"token":"%s"}`, 200}} {
		token, ok := strings.CutPrefix(again(t, exe, dir), first.url+"#token=")
		if got := post(t, first.url+want.path, fmt.Sprintf(want.body, token)); !ok || token == first.token || got != want.status {
			t.Errorf("the browser of a second start got %q: %d", token, got)
		}
	}
	if at := again(t, exe, other); !strings.HasPrefix(at, elsewhere.url+"#token=") {
		t.Errorf("on the other folder it got %q", at)
	}

	// The first is killed and leaves its files: the next start takes over.
	first.Process.Kill()
	first.Wait()
	if _, err := os.Stat(filepath.Join(dir, "duologue.address")); err != nil {
		t.Fatal("nothing was left behind:", err)
	}
	next := start(t, exe, dir)
	if at := again(t, exe, dir); !strings.HasPrefix(at, next.url+"#token=") {
		t.Errorf("after a kill the browser got %q", at)
	}
	next.end(t)
	elsewhere.end(t)
	left, err := filepath.Glob(filepath.Join(dir, "duologue.*"))
	if err != nil || len(left) != 1 || filepath.Base(left[0]) != "duologue.lock" {
		t.Errorf("a clean end leaves %q", left)
	}
}

// The folder beside the program wins, nobody's stderr becomes a file, and the
// end of the session is an end like any other.
func TestAProgramOnAStick(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no SIGHUP")
	}
	stick := t.TempDir()
	exe := filepath.Join(stick, "duologue")
	data, err := os.ReadFile(program(t))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(exe, data, 0o755); err != nil {
		t.Fatal(err)
	}
	home := filepath.Join(stick, "duologue-data")
	if err := os.Mkdir(home, 0o700); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe, "-addr", "127.0.0.1:0", "-no-browser", "-no-tray")
	cmd.Env = append(os.Environ(), "HOME="+t.TempDir(), "XDG_DATA_HOME="+t.TempDir())
	// A signal that somebody waits for is not ignored by the child, also where
	// nohup started the tests.
	heard := make(chan os.Signal, 1)
	signal.Notify(heard, syscall.SIGHUP)
	defer signal.Stop(heard)
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	defer cmd.Process.Kill()
	ready, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	cmd.Process.Signal(syscall.SIGHUP)
	if err := cmd.Wait(); err != nil {
		t.Errorf("after SIGHUP: %v", err)
	}
	log, err := os.ReadFile(filepath.Join(home, "duologue.log"))
	if err != nil || !strings.Contains(string(log), "msg=ready") || !strings.Contains(string(log), "msg=closed") {
		t.Errorf("the log is %q, %v", log, err)
	}
	if _, token, ok := strings.Cut(strings.TrimSpace(ready), "#token="); !ok || strings.Contains(string(log), token) {
		t.Errorf("the log has the token of %q", ready)
	}
}
