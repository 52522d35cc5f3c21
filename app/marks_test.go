package app_test

import (
	"fmt"
	"testing"
	"time"

	"duologue/app"
	"duologue/app/apptest"
)

// Read on arrival needs somebody who looks: a chat that is merely open in a
// background tab stays new.
func TestReadOnlyWhenLooking(t *testing.T) {
	_, a, b := two(t, app.Options{})
	sa, sb := live(t, a), live(t, b)
	write(t, sb, m{"type": "open", "who": a.ID, "looking": false})
	flush(t, sb)
	send(t, sa, cid(1), b.ID, "to a background tab")
	if got := events(flush(t, sb), "message"); len(got) != 1 || got[0].Chat.New != 1 || got[0].Chat.Read != 0 {
		t.Fatalf("open in the background: %v", got)
	}
	write(t, sb, m{"type": "open", "who": a.ID, "looking": true})
	if got := flush(t, sb); len(got) != 0 {
		t.Errorf("looking read what was there before: %v", got)
	}
	send(t, sa, cid(2), b.ID, "to somebody who looks")
	got := events(flush(t, sb), "message")
	if len(got) != 1 || got[0].Chat.New != 0 || got[0].Chat.Read != 2 {
		t.Fatalf("looking: %v", got)
	}
	state, err := a.Sync()
	if err != nil || state.Chats[0].PeerRead != 2 || state.Chats[0].PeerGot != 2 {
		t.Errorf("the sender's ticks %+v, %v", state.Chats[0], err)
	}
	write(t, sb, m{"type": "close", "who": a.ID})
	flush(t, sb)
	send(t, sa, cid(3), b.ID, "to a closed chat")
	if got := events(flush(t, sb), "message"); len(got) != 1 || got[0].Chat.New != 1 {
		t.Fatalf("closed: %v", got)
	}
	write(t, sb, m{"type": "open", "who": a.ID, "looking": true})
	flush(t, sb)
	sb.Close()
	b2 := live(t, b)
	for { // until the host has noticed that the one who looked is gone
		ack := send(t, sa, fmt.Sprintf("%s-%d", cid(4), time.Now().UnixNano()), b.ID, "to nobody")
		if got := events(flush(t, b2), "message"); got[len(got)-1].Chat.Read < ack.Seq {
			break
		}
	}
}

// Marks: read counts, is clamped, never goes back and tells the other side;
// got tells the other side only.
func TestMarks(t *testing.T) {
	_, a, b := two(t, app.Options{})
	sa, sb := live(t, a), live(t, b)
	for i := range 5 {
		send(t, sa, cid(i), b.ID, "x")
	}
	flush(t, sa)
	head := 0
	for _, f := range flush(t, sb) {
		head = max(head, f.Ev)
	}
	write(t, sb, m{"type": "got", "ev": head - 2})
	if own := flush(t, sb); len(own) != 0 {
		t.Errorf("got made events of one's own: %v", own)
	}
	if got := events(flush(t, sa), "chat"); len(got) != 1 || got[0].Chat.PeerGot != 3 || got[0].Chat.PeerRead != 0 {
		t.Errorf("after got: %v", got)
	}
	write(t, sb, m{"type": "read", "who": a.ID, "upto": 2})
	if got := events(flush(t, sb), "chat"); len(got) != 1 || got[0].Chat.New != 3 || got[0].Chat.Read != 2 {
		t.Errorf("after read: %v", got)
	}
	if got := events(flush(t, sa), "chat"); len(got) != 1 || got[0].Chat.PeerRead != 2 || got[0].Chat.PeerGot != 3 {
		t.Errorf("after read, other side: %v", got)
	}
	write(t, sb, m{"type": "read", "who": a.ID, "upto": 1})
	write(t, sb, m{"type": "got", "ev": 1})
	if got := append(flush(t, sb), flush(t, sa)...); len(got) != 0 {
		t.Errorf("marks went back: %v", got)
	}
	write(t, sb, m{"type": "read", "who": a.ID, "upto": 999})
	if got := events(flush(t, sb), "chat"); len(got) != 1 || got[0].Chat.New != 0 || got[0].Chat.Read != 5 {
		t.Errorf("clamped read: %v", got)
	}
	if got := events(flush(t, sa), "chat"); len(got) != 1 || got[0].Chat.PeerRead != 5 || got[0].Chat.PeerGot != 5 {
		t.Errorf("reading implies got: %v", got)
	}
	if got := refused(t, sb, m{"type": "read", "who": 99, "upto": 1}); got != "not_found" {
		t.Errorf("read of nobody: %s", got)
	}
}

// Read receipts are mutual: whoever turns them off gives none and gets none.
func TestReceiptsOff(t *testing.T) {
	_, a, b := two(t, app.Options{})
	sa, sb := live(t, a), live(t, b)
	if err := a.Do("PATCH", "/api/me", m{"receipts": false}, nil); err != nil {
		t.Fatal(err)
	}
	send(t, sa, cid(1), b.ID, "x")
	send(t, sb, cid(1), a.ID, "y")
	write(t, sa, m{"type": "read", "who": b.ID, "upto": 2})
	write(t, sb, m{"type": "read", "who": a.ID, "upto": 2})
	flush(t, sa)
	flush(t, sb)
	for _, c := range []*apptest.Client{a, b} {
		state, err := c.Sync()
		if err != nil || state.Chats[0].PeerRead != 0 || state.Chats[0].PeerGot != 2 || state.Chats[0].New != 0 {
			t.Errorf("%+v, %v", state.Chats[0], err)
		}
	}
}
