package db

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"duologue/db/history"
	"duologue/db/space"
)

// Some tests need a process that may die: the test's own binary, told by
// roleEnv to be a small host over the folder in dirEnv. It sends all the time
// and answers each line that it reads with one line of JSON.
const (
	roleEnv = "DUOLOGUE_DB_ROLE"
	dirEnv  = "DUOLOGUE_DB_DIR"
)

// childReport is what a child answers.
type childReport struct {
	Open    string // why the store could not be opened
	Acked   int64
	Full    int64  // sends that were refused with storage_full
	Other   string // any other error
	Stored  int
	Found   int
	SignIn  string
	History string
	Free    int64
}

func childOptions() Options {
	return Options{Dir: os.Getenv(dirEnv), Reserve: 96 << 20, Ballast: 16 << 20, SpaceTick: 10 * time.Millisecond}
}

func childMain(role string) int {
	ctx := context.Background()
	out := json.NewEncoder(os.Stdout)
	s, err := Open(ctx, childOptions())
	if err != nil {
		var e *Error
		errors.As(err, &e)
		out.Encode(childReport{Open: fmt.Sprintf("%s: %s", e.Code, e.Message)})
		return 3
	}
	if role == "files" {
		return handOver(ctx, s)
	}
	c := &child{s: s}
	if role == "send" {
		c.start(ctx)
	}
	for in := bufio.NewScanner(os.Stdin); in.Scan(); {
		out.Encode(c.report(ctx))
	}
	c.stop()
	if err := s.Close(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 4
	}
	return 0
}

type child struct {
	s           *Store
	acked, full atomic.Int64
	other       atomic.Value
	quit        atomic.Bool
	senders     sync.WaitGroup
}

// start makes two people who write to each other, and each text until it is
// taken.
func (c *child) start(ctx context.Context) {
	if !c.s.HasOwner() {
		token, _ := c.s.MakeStartToken(ctx, time.Hour)
		c.s.SetUp(ctx, token, "P1", "")
		c.s.Join(ctx, c.s.JoinCode(), "P2", "", "")
	}
	for i := range ID(4) {
		c.senders.Go(func() {
			m := Send{From: 1 + i%2, To: 2 - i%2}
			for !c.quit.Load() {
				m.CID, m.Content = newCID(), "message "+newCID()
				for err := error(errors.New("first")); err != nil && !c.quit.Load(); {
					switch _, err = c.s.SendNow(ctx, m); CodeOf(err) {
					case "":
						c.acked.Add(1)
					case StorageFull:
						c.full.Add(1)
						time.Sleep(time.Millisecond)
					default:
						c.other.Store(err.Error())
						return
					}
				}
			}
		})
	}
}

func (c *child) stop() {
	c.quit.Store(true)
	c.senders.Wait()
}

func (c *child) report(ctx context.Context) (r childReport) {
	r.Acked, r.Full = c.acked.Load(), c.full.Load()
	r.Other, _ = c.other.Load().(string)
	secret, err := c.s.SignIn(ctx, 2, "", "phone")
	if err == nil {
		_, _, err = c.s.Authenticate(secret)
	}
	r.SignIn = fmt.Sprint(err)
	page, _, err := c.s.History(1, 2, history.Range{})
	r.History = fmt.Sprint(err)
	if len(page) > 0 {
		r.Stored = int(page[len(page)-1].Seq)
	}
	hits, _, _ := c.s.Search(ctx, 2, "MESSAGE", 0, "", 10)
	r.Found = len(hits)
	r.Free, _ = space.Free(os.Getenv(dirEnv))
	return r
}

// process is a child as its test sees it.
type process struct {
	t     *testing.T
	cmd   *exec.Cmd
	stdin *os.File
	lines *bufio.Scanner
}

func startChild(t *testing.T, role, dir string) *process {
	t.Helper()
	needsDisk(t)
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), roleEnv+"="+role, dirEnv+"="+dir)
	cmd.Stderr = testLog{t}
	in, stdin, err := os.Pipe()
	check(t, err)
	cmd.Stdin = in
	stdout, err := cmd.StdoutPipe()
	check(t, err)
	check(t, cmd.Start())
	in.Close()
	t.Cleanup(func() { stdin.Close(); cmd.Process.Kill(); cmd.Wait() })
	return &process{t, cmd, stdin, bufio.NewScanner(stdout)}
}

// ask lets the child report; it fails the test when the child is dead.
func (p *process) ask() childReport {
	p.t.Helper()
	fmt.Fprintln(p.stdin)
	return p.next()
}

func (p *process) next() (r childReport) {
	p.t.Helper()
	if !p.lines.Scan() {
		p.t.Fatal("the process died: ", p.cmd.Wait())
	}
	check(p.t, json.Unmarshal(p.lines.Bytes(), &r))
	return r
}

// end closes the child's input and gives its exit status.
func (p *process) end() int {
	p.stdin.Close()
	for p.lines.Scan() {
	}
	p.cmd.Wait()
	return p.cmd.ProcessState.ExitCode()
}
