package live

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"duologue/app/wire"
	"duologue/db"
)

func sendFrame(n, to int) string {
	return fmt.Sprintf(`{"type":"send","cid":"cid-%012d","to":%d,"content":"x"}`, n, to)
}

// A pong is written after the answers to all that came before its ping.
func TestPongWaitsForTheStore(t *testing.T) {
	withHub(t, Options{}, func(t *testing.T, h *Hub, store *fakeStore) {
		a := greet(h, 1)
		store.hold = true
		a.say(sendFrame(1, 2), `{"type":"read","who":2,"upto":1}`, `{"type":"ping","n":7}`)
		if got := a.hears(); len(got) > 0 {
			t.Errorf("before the store answered: %q", got)
		}
		store.release()
		got := a.hears()
		if len(got) != 2 || !strings.HasPrefix(got[0], `{"type":"ack"`) || got[1] != `{"type":"pong","n":7}` {
			t.Errorf("then: %q", got)
		}
	})
}

// A socket that reads no replies is read no further, and goes on when it does.
func TestUnwrittenRepliesAreBounded(t *testing.T) {
	withHub(t, Options{}, func(t *testing.T, h *Hub, store *fakeStore) {
		a := greet(h, 1)
		store.hold = true
		taken := 0
		for ; taken <= 2*maxUnwritten; taken++ {
			select {
			case a.in <- sendFrame(taken, 2):
				continue
			case <-time.After(time.Second):
			}
			break
		}
		if taken != maxUnwritten+1 { // the last waits for its place
			t.Errorf("%d were taken", taken)
		}
		store.hold = false
		store.release()
		if got := a.hears(); len(got) != taken {
			t.Errorf("%d replies", len(got))
		}
	})
}

// What is no frame ends the socket with the code of RFC 6455.
func TestBrokenFrames(t *testing.T) {
	withHub(t, Options{}, func(t *testing.T, h *Hub, _ *fakeStore) {
		for code, frame := range map[int]any{wire.CloseBinary: []byte("{}"), wire.CloseText: "{\"type\":\"\xff\"}", wire.CloseTooLarge: errTooLarge} {
			s := greet(h, 1)
			s.say(frame)
			if got := s.closeCode(); got != code || !s.hasEnded() {
				t.Errorf("closed with %d instead of %d", got, code)
			}
			if (s.discarded > 0) != (code == wire.CloseTooLarge) {
				t.Errorf("%d: %d bytes are discarded", code, s.discarded)
			}
		}
		s := greet(h, 1)
		for _, frame := range []string{`hello`, `{"n":1,"type":1}`, `{"type":"dance"}`, `{"type":"typing"}`, hello(0)} {
			s.say(frame)
			if got := s.hears(); len(got) != 1 || !strings.Contains(got[0], `"code":"bad_request"`) {
				t.Errorf("%s: %q", frame, got)
			}
		}
		if s.closeCode() != 0 {
			t.Error("it is closed")
		}
	})
}

// A message over its rate is answered with how long to wait; who goes on in
// spite of that has to go.
func TestRefusedForTheRate(t *testing.T) {
	allow := func(db.ID) error { return &wire.RateError{Wait: 200 * time.Millisecond} }
	withHub(t, Options{Allow: allow}, func(t *testing.T, h *Hub, store *fakeStore) {
		a := greet(h, 1)
		a.say(sendFrame(1, 2))
		if got := a.hears(); len(got) != 1 || !strings.Contains(got[0], `"cid":"cid-000000000001","code":"rate"`) || !strings.Contains(got[0], `"retry_after":200}`) {
			t.Errorf("refused: %q", got)
		}
		for n := range maxRefused {
			a.say(sendFrame(n, 2))
		}
		if got := a.closeCode(); got != wire.CloseFlooding || len(store.logs[2]) > 0 {
			t.Errorf("closed with %d", got)
		}
	})
}

// More frames than a client needs end the socket, in whatever time frame they
// come; a slower one stays.
func TestFlooding(t *testing.T) {
	const rate = 10
	limit := maxFrames + 2*int(frameTime.Seconds())*rate
	withHub(t, Options{Rate: rate}, func(t *testing.T, h *Hub, _ *fakeStore) {
		typing := slices.Repeat([]any{`{"type":"typing","who":2}`}, limit-1) // with its hello, all that it may
		a := greet(h, 1)
		a.say(typing...)
		time.Sleep(frameTime + time.Millisecond)
		a.say(typing...)
		if got := a.closeCode(); got != 0 {
			t.Errorf("at the limit it is closed with %d", got)
		}
		a.say(typing[:2]...)
		if got := a.closeCode(); got != wire.CloseFlooding {
			t.Errorf("above, it is closed with %d", got)
		}
	})
}
