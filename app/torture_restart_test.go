package app_test

import (
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/fasthttp/websocket"

	"duologue/app/apptest"
)

// TestRestart asks a host to end while people talk on 200 sockets, and others
// do nothing at all with theirs: everybody is told to come back, the process
// ends by itself, and nothing that was acknowledged is missing in the next.
// How long it took is in the log: below 5 s, unless the disk is busy with
// something else. DUOLOGUE_ROUNDS says how often.
func TestRestart(t *testing.T) {
	needSignals(t)
	o := childOptions{Data: t.TempDir(), Ballast: -1}
	h := startChild(t, o)
	people := h.people(20)
	k := newTalk(t, people)
	for range rounds(t, 1) {
		for _, c := range people {
			c.Base = h.URL
		}
		quiet := listeners(t, people, 9)
		idle := loiter(t, h, people[0])
		var took time.Duration
		k.polite.Store(true)
		k.cut(h.URL, 5000, func() {
			k.closing.Store(true)
			start := time.Now()
			h.terminate()
			if status := h.wait(); status != 0 {
				t.Errorf("the host ended with %d: %s", status, h.stderr.String())
			}
			took = time.Since(start)
		})
		t.Logf("the host took %v to end", took.Round(time.Millisecond))
		k.each(func(p *talker) { wantRestarting(t, p.end) })
		for range cap(quiet) {
			wantRestarting(t, <-quiet)
		}
		for _, c := range idle {
			c.Close()
		}
		if said := h.stderr.String(); strings.Contains(said, "level=ERROR") {
			t.Errorf("the host said %s", said)
		}
		h = startChild(t, o)
		k.verify(h.URL)
	}
	k.finish(h.URL)
	k.verifyAll(h.URL)
	k.report()
}

// wantRestarting checks how a socket ended.
func wantRestarting(t *testing.T, err error) {
	t.Helper()
	if e, ok := errors.AsType[*websocket.CloseError](err); !ok || e.Code != websocket.CloseServiceRestart {
		t.Errorf("a socket ended with %v, want 1012", err)
	}
}

// listeners opens n sockets for everybody, which only listen, and gives for
// each how it ends.
func listeners(t *testing.T, people []*apptest.Client, n int) chan error {
	t.Helper()
	ended := make(chan error, n*len(people))
	for _, c := range people {
		for range n {
			s := live(t, c)
			go func() {
				for {
					if _, err := s.Read(); err != nil {
						ended <- err
						return
					}
				}
			}()
		}
	}
	return ended
}

// loiter opens connections of the kinds that could keep a host from ending:
// silent ones, unfinished requests, sockets that say and read nothing.
func loiter(t *testing.T, h *child, c *apptest.Client) (open []io.Closer) {
	t.Helper()
	address := strings.TrimPrefix(h.URL, "http://")
	for _, text := range []string{
		"",
		"GET /api/host HTTP/1.1\r\nHost: ",
		fmt.Sprintf("POST /api/signin HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{", address),
	} {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(conn, text)
		open = append(open, conn)
	}
	for i := range 4 {
		s := dial(t, c)
		if i%2 == 0 {
			write(t, s, m{"type": "hello", "epoch": "", "since": 0})
		}
		open = append(open, s)
	}
	return open
}
