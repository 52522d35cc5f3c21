package app_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"regexp"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/fasthttp/websocket"
	"go.uber.org/goleak"

	"duologue/app"
	"duologue/app/apptest"
)

// crowdSize is how many people come and go in TestForeignSocket.
const crowdSize = 300

// visitor is one of a crowd: a device that comes and goes, and checks that
// all it hears is meant for its person.
type visitor struct {
	t     *testing.T
	c     *apptest.Client
	crowd []*visitor
	rnd   *rand.Rand
	epoch string
	ev    int
	sent  int
	sums  *visitSums
}

type visitSums struct{ frames, secrets, opened, dropped atomic.Int64 }

// TestForeignSocket: 300 people send secrets to each other, are present and
// write, while their sockets come and go, half of them without a word. No
// frame with a secret reaches anybody but the two whose it is, and nothing is
// left running. DUOLOGUE_ROUNDS says how often each of them comes back.
func TestForeignSocket(t *testing.T) {
	before := goleak.IgnoreCurrent()
	h := apptest.Start(t, app.Options{JoinCode: "TESTCODE"})
	sums := &visitSums{}
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 16}}
	crowd := make([]*visitor, crowdSize)
	for i := range crowd {
		c, err := apptest.SetUp(h.URL, h.App.Token(), "Person 1")
		if i > 0 {
			c, err = apptest.Join(h.URL, "TESTCODE", fmt.Sprint("Person ", i+1))
		}
		if err != nil {
			t.Fatal(err)
		}
		c.HTTP = client
		crowd[i] = &visitor{t: t, c: c, crowd: crowd, sums: sums, rnd: rand.New(rand.NewPCG(seed, uint64(i)))}
	}
	times := rounds(t, 3)
	var wg sync.WaitGroup
	for _, v := range crowd {
		wg.Go(func() {
			for range times {
				v.visit()
			}
		})
	}
	wg.Wait()
	t.Logf("%d sockets, %d of them dropped without a word; %d frames, %d of them with a secret",
		sums.opened.Load(), sums.dropped.Load(), sums.frames.Load(), sums.secrets.Load())
	if sums.secrets.Load() == 0 {
		t.Error("no secret reached even those whose it is")
	}
	if err := h.Stop(); err != nil {
		t.Error(err)
	}
	client.CloseIdleConnections()
	http.DefaultClient.CloseIdleConnections()
	goleak.VerifyNone(t, before,
		// These two look at a clock now and then, and the second sees the end only then.
		goleak.IgnoreAnyFunction("github.com/valyala/fasthttp.updateServerDate.func1"),
		goleak.IgnoreAnyFunction("github.com/valyala/fasthttp.(*workerPool).Start.func2"))
}

// visit opens a socket, pushes for a while, and leaves in one way or another.
func (v *visitor) visit() {
	state, err := v.c.Sync()
	if err != nil || state.Me.ID != v.c.ID {
		v.t.Errorf("%d: the state is that of %d: %v", v.c.ID, state.Me.ID, err)
		return
	}
	if v.epoch == "" {
		v.epoch, v.ev = state.Epoch, state.Ev
	}
	s, err := v.c.Connect(v.epoch, v.ev)
	if err != nil {
		v.t.Errorf("%d: %v", v.c.ID, err)
		return
	}
	v.sums.opened.Add(1)
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		v.listen(s)
	}()
	for range 5 + v.rnd.IntN(10) {
		if s.Write(v.deed()) != nil {
			break
		}
		if v.rnd.IntN(3) == 0 {
			<-time.After(time.Duration(v.rnd.IntN(20)) * time.Millisecond)
		}
	}
	switch v.rnd.IntN(4) {
	case 0: // as a network that is gone
		v.sums.dropped.Add(1)
		s.WS.NetConn().(*net.TCPConn).SetLinger(0)
		s.Close()
	case 1: // as a program that was killed
		v.sums.dropped.Add(1)
		s.Close()
	case 2: // politely
		s.WS.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(websocket.CloseNormalClosure, ""), time.Now().Add(time.Second))
	case 3: // with a word, but without waiting for the answer
		s.WS.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(websocket.CloseGoingAway, ""), time.Now().Add(time.Second))
		s.Close()
	}
	<-gone
	s.Close()
}

// deed is what a visitor does next.
func (v *visitor) deed() map[string]any {
	to := v.crowd[v.rnd.IntN(len(v.crowd))]
	if v.rnd.IntN(2) == 0 {
		to = v.neighbour()
	}
	switch v.rnd.IntN(8) {
	case 0:
		return map[string]any{"type": "typing", "who": v.neighbour().c.ID}
	case 1:
		return map[string]any{"type": "open", "who": to.c.ID, "looking": v.rnd.IntN(2) == 0}
	case 2:
		return map[string]any{"type": "read", "who": to.c.ID, "upto": 1 + v.rnd.IntN(10)}
	case 3:
		return map[string]any{"type": "ping", "n": v.c.ID}
	default:
		v.sent++
		return map[string]any{"type": "send", "cid": fmt.Sprintf("visit-%d-%012d", v.c.ID, v.sent), "to": to.c.ID,
			"content": fmt.Sprintf("secret-%d-%d-%d", v.c.ID, to.c.ID, v.sent)}
	}
}

// neighbour is the one other person whom a visitor lets know of writing.
func (v *visitor) neighbour() *visitor { return v.crowd[(v.c.ID-1)^1] }

var (
	secretText = regexp.MustCompile(`secret-(\d+)-(\d+)-`)
	eventHead  = regexp.MustCompile(`^\{"type":"event","ev":(\d+),`)
)

// listen reads until the socket ends, and checks whose every frame is.
func (v *visitor) listen(s *apptest.Socket) {
	me := strconv.Itoa(v.c.ID)
	mine := fmt.Appendf(nil, `{"type":"ack","cid":"visit-%s-`, me)
	typing := fmt.Appendf(nil, `{"type":"typing","who":%d}`, v.neighbour().c.ID)
	pong := fmt.Appendf(nil, `{"type":"pong","n":%s}`, me)
	for {
		s.WS.SetReadDeadline(time.Now().Add(childPatience))
		_, b, err := s.WS.ReadMessage()
		if err != nil {
			return
		}
		v.sums.frames.Add(1)
		own := false
		switch {
		case bytes.HasPrefix(b, []byte(`{"type":"presence","user":`)):
			own = true // everybody's, but there is nothing secret in it
		case bytes.HasPrefix(b, mine), bytes.Equal(b, typing), bytes.Equal(b, pong):
			own = true
		default:
			if head := eventHead.FindSubmatch(b); head != nil {
				ev, _ := strconv.Atoi(string(head[1]))
				own = ev == v.ev+1
				v.ev = ev
			}
		}
		for _, found := range secretText.FindAllSubmatch(b, -1) {
			v.sums.secrets.Add(1)
			own = own && (string(found[1]) == me || string(found[2]) == me)
		}
		if !own {
			v.t.Errorf("%s, at event %d, hears: %s", me, v.ev, b)
			return
		}
	}
}
