package app_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"github.com/go-json-experiment/json"

	"duologue/app"
	"duologue/app/apptest"
	"duologue/app/desktop"
	"duologue/db"
)

// childEnv carries the options of a host that this binary has to be, instead
// of running tests.
const childEnv = "DUOLOGUE_TEST_HOST"

func TestMain(m *testing.M) {
	if options := os.Getenv(childEnv); options != "" {
		os.Exit(beHost(options))
	}
	os.Exit(m.Run())
}

// childOptions say what a host process is like.
type childOptions struct {
	Data    string
	Rate    float64
	NoFlush bool
	Ballast int64 // 0: the default
	Reserve int64 // 0: the default

	Namespace string // of the network it runs in; empty: this one, closed to others
}

const childCode = "CHILDCODE"

// beHost is the program with the knobs that only tests turn. It ends with the
// process that started it.
func beHost(options string) int {
	go func() { // the other end is held by the test
		io.Copy(io.Discard, os.Stdin)
		os.Exit(3)
	}()
	var o childOptions
	if err := json.Unmarshal([]byte(options), &o); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	addr := "127.0.0.1:0"
	if o.Namespace != "" {
		addr = ":7272"
	}
	a, err := app.New(app.Options{Data: o.Data, Addr: addr, JoinCode: childCode, Rate: o.Rate, NoBrowser: true,
		UI:     fstest.MapFS{"index.html": {Data: []byte("<!doctype html><title>test</title>")}},
		Stdout: os.Stdout, Log: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn})),
		Store: db.Options{NoFlush: o.NoFlush, Ballast: o.Ballast, Reserve: o.Reserve}})
	if err == nil {
		err = a.Run(ctx)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "duologue:", desktop.Sentence(err))
		return 1
	}
	return 0
}

// child is a host in a process of its own.
type child struct {
	URL, Token string

	t      testing.TB
	cmd    *exec.Cmd
	ready  chan string   // the ready line; closed without one when it ended before
	exited chan struct{} // closed when the process is gone
	status int
	stderr lockedBuffer
}

// childPatience bounds the start and the end of a process.
const childPatience = 30 * time.Second

// spawnChild starts a host and does not wait for it.
func spawnChild(t testing.TB, o childOptions) *child {
	t.Helper()
	options, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	h := &child{t: t, cmd: exec.Command(os.Args[0]), ready: make(chan string, 1), exited: make(chan struct{})}
	if o.Namespace != "" {
		h.cmd = exec.Command("ip", "netns", "exec", o.Namespace, os.Args[0])
	}
	h.cmd.Env = append(os.Environ(), childEnv+"="+string(options))
	h.cmd.Stderr = &h.stderr
	stdin, err := h.cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := h.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := h.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		lines := bufio.NewScanner(stdout)
		for lines.Scan() {
			if _, address, ok := strings.Cut(lines.Text(), "duologue ready "); ok {
				h.ready <- address
			}
		}
		close(h.ready)
		h.cmd.Wait()
		h.status = h.cmd.ProcessState.ExitCode()
		stdin.Close()
		close(h.exited)
	}()
	t.Cleanup(func() {
		h.kill()
		if t.Failed() {
			t.Logf("a host said: %s", h.stderr.String())
		}
	})
	return h
}

// startChild starts a host and waits until it is ready.
func startChild(t testing.TB, o childOptions) *child {
	t.Helper()
	h := spawnChild(t, o)
	if err := h.await(); err != nil {
		t.Fatal(err)
	}
	return h
}

// await waits for the ready line.
func (h *child) await() error {
	select {
	case address, ok := <-h.ready:
		if !ok {
			<-h.exited
			return fmt.Errorf("the host ended with %d: %s", h.status, h.stderr.String())
		}
		h.URL, h.Token, _ = strings.Cut(address, "/#token=")
		return nil
	case <-time.After(childPatience):
		return errors.New("the host does not get ready")
	}
}

// kill ends the process as if it had never had a chance, and waits.
func (h *child) kill() {
	h.cmd.Process.Kill()
	<-h.exited
}

// terminate asks the process to end.
func (h *child) terminate() {
	if err := h.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		h.t.Error(err)
	}
}

// wait gives the exit status, -1 for an end by a signal.
func (h *child) wait() int {
	h.t.Helper()
	select {
	case <-h.exited:
	case <-time.After(childPatience):
		h.t.Fatal("the host does not end")
	}
	return h.status
}

// lives reports whether the process is still there.
func (h *child) lives() bool {
	select {
	case <-h.exited:
		return false
	default:
		return true
	}
}

// people makes the owner and n-1 members.
func (h *child) people(n int) []*apptest.Client {
	h.t.Helper()
	owner, err := apptest.SetUp(h.URL, h.Token, "Person 1")
	if err != nil {
		h.t.Fatal(err)
	}
	all := []*apptest.Client{owner}
	for i := 2; i <= n; i++ {
		c, err := apptest.Join(h.URL, childCode, fmt.Sprint("Person ", i))
		if err != nil {
			h.t.Fatal(err)
		}
		all = append(all, c)
	}
	return all
}

// lockedBuffer keeps the end of what a process says.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.b.Len() > 1<<20 {
		b.b.Reset()
	}
	return b.b.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// rounds is how often a test does what it does: few times, unless
// DUOLOGUE_ROUNDS asks for more.
func rounds(t testing.TB, few int) int {
	t.Helper()
	text := os.Getenv("DUOLOGUE_ROUNDS")
	if text == "" {
		return few
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("DUOLOGUE_ROUNDS=%q is not a number of rounds", text)
	}
	return n
}

// needSignals skips where a process cannot be asked to end.
func needSignals(t testing.TB) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no SIGTERM")
	}
}
