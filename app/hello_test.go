package app_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"duologue/app"
)

// The first frame: hello within its time, and what a cursor may be.
func TestHello(t *testing.T) {
	_, a, b := two(t, app.Options{})
	send(t, live(t, a), cid(1), b.ID, "x")
	state, err := a.Sync()
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		epoch string
		since int
		want  string
	}{
		"first contact": {"", 0, "reset"},
		"other epoch":   {"other", state.Ev, "reset"},
		"negative":      {state.Epoch, -1, "reset"},
		"above head":    {state.Epoch, state.Ev + 1, "reset"},
		"head":          {state.Epoch, state.Ev, "welcome"},
		"start":         {state.Epoch, 0, "welcome"},
	} {
		f, err := dial(t, a).Hello(c.epoch, c.since)
		if err != nil || f.Type != c.want || f.Epoch != state.Epoch || f.Head != state.Ev {
			t.Errorf("%s: %s, %v", name, f.Raw, err)
		}
	}
	s := dial(t, a)
	if err := s.WriteRaw([]byte(`{"type":"hello","epoch":"x","since":"1"}`)); err != nil {
		t.Fatal(err)
	}
	if f, err := s.Read(); err != nil || f.Code != "bad_request" {
		t.Errorf("since as a text: %s, %v", f.Raw, err)
	}
	if got := s.CloseCode(); got != 1008 {
		t.Errorf("since as a text: closed with %d", got)
	}
	s = dial(t, a)
	write(t, s, m{"type": "ping", "n": 1})
	if got := s.CloseCode(); got != 4408 {
		t.Errorf("ping first: closed with %d", got)
	}
}

func TestHelloInTime(t *testing.T) {
	var o app.Options
	o.Sockets.Hello, o.Sockets.Reset = 50*time.Millisecond, 50*time.Millisecond
	_, a, _ := two(t, o)
	if got := dial(t, a).CloseCode(); got != 4408 {
		t.Errorf("without a hello: closed with %d", got)
	}
	s := dial(t, a)
	if f, err := s.Hello("", 0); err != nil || f.Type != "reset" {
		t.Fatal(f, err)
	}
	if got := s.CloseCode(); got != 4408 {
		t.Errorf("without a hello after a reset: closed with %d", got)
	}
}

// After a reset nothing comes until the next hello, on the same socket, from
// the ev of a state that was asked for; then everything since.
func TestResetAndResume(t *testing.T) {
	_, a, b := two(t, app.Options{})
	s := dial(t, b)
	if f, err := s.Hello("", 0); err != nil || f.Type != "reset" {
		t.Fatal(f, err)
	}
	state, err := b.Sync()
	if err != nil {
		t.Fatal(err)
	}
	sa := live(t, a)
	for i := range 3 {
		send(t, sa, cid(i), b.ID, "meanwhile")
	}
	if frames := flush(t, s); len(frames) != 0 {
		t.Errorf("came before the hello: %v", frames)
	}
	if f, err := s.Hello(state.Epoch, state.Ev); err != nil || f.Type != "welcome" || f.Head != state.Ev+3 {
		t.Fatalf("%s, %v", f.Raw, err)
	}
	got := events(flush(t, s), "message")
	if len(got) != 3 || got[0].Ev != state.Ev+1 || got[2].Ev != state.Ev+3 {
		t.Errorf("after the hello: %v", got)
	}
}

// Promise 6: whoever comes back gets everything after its cursor and then what
// is live, each once, whatever was sent at the seam.
func TestResumeHasNoSeam(t *testing.T) {
	_, a, b := two(t, app.Options{})
	state, err := b.Sync()
	if err != nil {
		t.Fatal(err)
	}
	sa := live(t, a)
	const total = 400
	sending := make(chan error, 1)
	go func() {
		for i := range total {
			if err := sa.Write(m{"type": "send", "cid": cid(i), "to": b.ID, "content": fmt.Sprint(i)}); err != nil {
				sending <- err
				return
			}
		}
		sending <- nil
	}()
	acked := make(chan error, 1)
	go func() {
		for n := 0; n < total; {
			f, err := sa.Read()
			if err != nil {
				acked <- err
				return
			}
			if f.Type == "ack" {
				n++
			}
		}
		acked <- nil
	}()
	next := state.Ev + 1
	for seen := 0; seen < total; {
		s, err := b.Connect(state.Epoch, next-1)
		if err != nil {
			t.Fatal(err)
		}
		for range 37 { // a few, then the network breaks
			f, err := s.Read()
			if err != nil {
				t.Fatal(err)
			}
			if f.Type != "event" {
				continue
			}
			if f.Ev != next || f.Message().Content != fmt.Sprint(seen) {
				t.Fatalf("ev %d with %s where %d was due", f.Ev, f.Message().Content, next)
			}
			next++
			if seen++; seen == total {
				break
			}
		}
		s.Close()
	}
	if err := errors.Join(<-sending, <-acked); err != nil {
		t.Fatal(err)
	}
}
