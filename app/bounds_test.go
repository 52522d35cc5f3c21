package app_test

import (
	"io"
	"testing"
	"time"

	"duologue/app"
	"duologue/app/apptest"
)

// A socket that sends far more than a client needs is told to go, shows
// nothing to anybody from then on, and is cut off when it doesn't go.
func TestAFlooderHasToGo(t *testing.T) {
	_, a, b := two(t, app.Options{Rate: 20})
	sa, sb := live(t, a), live(t, b)
	write(t, sb, m{"type": "open", "who": a.ID, "looking": true})
	flush(t, sb)
	sb.WS.SetCloseHandler(func(int, string) error { return nil }) // it does not answer
	for range 5000 + 2*10*20 + 1 {
		if err := sb.Write(m{"type": "typing", "who": a.ID}); err != nil {
			t.Fatal(err)
		}
	}
	if got := sb.CloseCode(); got != 4429 {
		t.Fatalf("closed with %d", got)
	}
	send(t, sa, cid(1), b.ID, "seen by nobody")
	if s, err := b.Sync(); err != nil || len(s.Chats) != 1 || s.Chats[0].New != 1 {
		t.Errorf("chats %+v, %v", s.Chats, err)
	}

	gone := make(chan struct{})
	go func() {
		io.Copy(io.Discard, sb.WS.NetConn())
		close(gone)
	}()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for patience := time.After(30 * time.Second); ; {
		select {
		case <-gone:
			if _, _, err := sa.Until(func(f *apptest.Frame) bool { return f.Type == "presence" && !f.Online }); err != nil {
				t.Error(err)
			}
			return
		case <-patience:
			t.Fatal("it may stay")
		case <-tick.C: // signs of life
			sb.Write(m{"type": "typing", "who": a.ID})
		}
	}
}

// Changes have a rate like messages, and one of their own.
func TestChangesHaveARate(t *testing.T) {
	clock := apptest.NewClock()
	_, a, b := two(t, app.Options{Rate: 1, Now: clock.Now})
	sa := live(t, a)
	for i := range 5 { // the burst
		send(t, sa, cid(i), b.ID, "x")
	}
	change := func() error {
		return a.Do("PATCH", "/api/chats/2/messages/1", m{"content": "y"}, nil)
	}
	for range 5 {
		if err := change(); err != nil {
			t.Fatal(err)
		}
	}
	if e, ok := change().(*apptest.Error); !ok || e.Status != 429 || e.Header.Get("Retry-After") == "" {
		t.Errorf("over the rate: %v", e)
	}
	clock.Advance(time.Second)
	if err := change(); err != nil {
		t.Error(err)
	}
}

// A repeat is answered whatever the rate, and takes nothing of it.
func TestRepeatsTakeNothingOfTheRate(t *testing.T) {
	clock := apptest.NewClock()
	_, a, b := two(t, app.Options{Rate: 1, Now: clock.Now})
	sa := live(t, a)
	first := send(t, sa, cid(0), b.ID, "x")
	for range 3000 {
		if again := send(t, sa, cid(0), b.ID, "x"); again.Seq != first.Seq {
			t.Fatalf("again: %+v", again)
		}
	}
	for i := range 4 { // the rest of the burst
		send(t, sa, cid(1+i), b.ID, "x")
	}
}

// Who goes on sending in spite of being refused is told to go.
func TestWhoIsRefusedAndGoesOn(t *testing.T) {
	clock := apptest.NewClock()
	_, a, b := two(t, app.Options{Rate: 1, Now: clock.Now})
	sa := live(t, a)
	for i := range 2010 {
		if err := sa.Write(m{"type": "send", "cid": cid(i), "to": b.ID, "content": "x"}); err != nil {
			t.Fatal(err)
		}
	}
	if got := sa.CloseCode(); got != 4429 {
		t.Errorf("closed with %d", got)
	}
	if all, err := b.All(a.ID); err != nil || len(all) != 5 {
		t.Errorf("%d are stored, %v", len(all), err)
	}
}

// The owner may say how long a message can be taken back.
func TestRecallWindow(t *testing.T) {
	clock := apptest.NewClock()
	_, a, b := two(t, app.Options{Recall: time.Hour, Now: clock.Now})
	var host struct {
		Recall int64 `json:"recall"`
	}
	if err := a.Do("GET", "/api/host", nil, &host); err != nil || host.Recall != time.Hour.Milliseconds() {
		t.Errorf("%d ms, %v", host.Recall, err)
	}
	sa := live(t, a)
	send(t, sa, cid(1), b.ID, "x")
	send(t, sa, cid(2), b.ID, "x")
	recall := func(seq string) error {
		return a.Do("POST", "/api/chats/2/messages/"+seq+"/recall", m{}, nil)
	}
	clock.Advance(59 * time.Minute)
	if err := recall("1"); err != nil {
		t.Error(err)
	}
	clock.Advance(2 * time.Minute)
	if e, ok := recall("2").(*apptest.Error); !ok || e.Code != "invalid" {
		t.Errorf("too late: %v", e)
	}
}
