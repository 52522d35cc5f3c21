package app

import (
	"bufio"
	"io"
	"net"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestMoreConnectionsThanDescriptors runs hosts with few descriptors in
// processes of their own and opens more connections than they may have. One
// keeps to its own limit and answers all the time; one has none, really runs
// out, and answers again afterwards.
func TestMoreConnectionsThanDescriptors(t *testing.T) {
	for name, most := range map[string]string{"limited": "0", "running out": "100000"} {
		t.Run(name, func(t *testing.T) {
			cmd := exec.Command(os.Args[0], "-test.run=^TestHostWithFewDescriptors$", "-test.v")
			cmd.Env = append(os.Environ(), "DUOLOGUE_TEST_DESCRIPTORS=200", "DUOLOGUE_TEST_CONNS="+most)
			stop, err := cmd.StdinPipe()
			if err != nil {
				t.Fatal(err)
			}
			out, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			at, said := awaitReady(t, out)
			host := strings.TrimPrefix(at, "http://")
			var conns []net.Conn
			for range 300 { // some wait in the kernel, some are refused
				c, err := net.DialTimeout("tcp", host, 5*time.Second)
				if err != nil {
					t.Fatal("the host does not listen any more:", err)
				}
				conns = append(conns, c)
			}
			if name == "limited" {
				// Fewer stay than there are places, whichever of them got one.
				for _, c := range conns[:200] {
					c.Close()
				}
				if got := getHost(host); !strings.HasPrefix(got, "HTTP/1.1 200 ") {
					t.Errorf("within the flood: %.60q", got)
				}
			} else if !awaitLine(said, "too many open files") {
				// All of them stay open until the host had to notice.
				t.Error("it did not run out of descriptors")
			}
			for _, c := range conns {
				c.Close()
			}
			if got := getHost(host); !strings.HasPrefix(got, "HTTP/1.1 200 ") {
				t.Errorf("after the flood: %.60q", got)
			}
			stop.Close()
			var rest []string
			for line := range said {
				rest = append(rest, line)
			}
			if err := cmd.Wait(); err != nil {
				t.Errorf("the host ended with %v: %s", err, strings.Join(rest, "\n"))
			}
			if name == "limited" && slices.ContainsFunc(rest, func(line string) bool {
				return strings.Contains(line, "too many open files")
			}) {
				t.Error("it ran out of descriptors in spite of its limit")
			}
		})
	}
}

// getHost asks for /api/host, like a person who reloads the page for a while.
func getHost(host string) (answer string) {
	for until := time.Now().Add(10 * time.Second); time.Now().Before(until); {
		c, err := net.DialTimeout("tcp", host, 5*time.Second)
		if err != nil {
			return err.Error()
		}
		c.SetDeadline(until)
		io.WriteString(c, "GET /api/host HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
		b, _ := io.ReadAll(c)
		c.Close()
		if len(b) > 0 {
			return string(b)
		}
	}
	return "nothing"
}

// awaitReady reads up to the ready line and gives the address in it, and a
// channel of the lines that follow, which ends with them.
func awaitReady(t *testing.T, r io.Reader) (at string, rest <-chan string) {
	t.Helper()
	lines := bufio.NewReader(r)
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			t.Fatalf("no ready line: %q, %v", line, err)
		}
		if text, ok := strings.CutPrefix(line, "duologue ready "); ok {
			at, _, _ = strings.Cut(text, "/#")
			said := make(chan string, 1000)
			go func() {
				defer close(said)
				for more := bufio.NewScanner(lines); more.Scan(); {
					said <- more.Text()
				}
			}()
			return at, said
		}
	}
}

// awaitLine waits for a line that holds text; it gives up after a minute or
// when there are no more lines.
func awaitLine(lines <-chan string, text string) bool {
	timeout := time.After(time.Minute)
	for {
		select {
		case line, ok := <-lines:
			if !ok || strings.Contains(line, text) {
				return ok
			}
		case <-timeout:
			return false
		}
	}
}
