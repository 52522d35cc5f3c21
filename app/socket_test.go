package app_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/fasthttp/websocket"

	"duologue/app"
	"duologue/app/apptest"
)

type m = map[string]any

// Both sides get the message with the same seq, the sender an ack as well, and
// the chat in the event counts it as new for the receiver only.
func TestSendReachesBothSides(t *testing.T) {
	_, a, b := two(t, app.Options{})
	sa, sb := live(t, a), live(t, b)
	ack := send(t, sa, cid(1), b.ID, "hello 你好")
	if ack.Seq != 1 || ack.Who != b.ID || ack.Ev == 0 || ack.Date == 0 {
		t.Errorf("ack %+v", ack)
	}
	got := events(flush(t, sb), "message")
	if len(got) != 1 {
		t.Fatalf("the receiver got %d messages", len(got))
	}
	msg, chat := got[0].Message(), got[0].Chat
	if msg.Content != "hello 你好" || msg.Seq != 1 || msg.User != a.ID || msg.Name != "Ann" || msg.CID != cid(1) {
		t.Errorf("message %+v", msg)
	}
	if got[0].Who != a.ID || chat.New != 1 || chat.Who != a.ID || chat.Name != "Ann" || strings.Contains(string(got[0].Raw), `"last"`) {
		t.Errorf("event %s", got[0].Raw)
	}
	state, err := a.Sync()
	if err != nil || len(state.Chats) != 1 || state.Chats[0].New != 0 || state.Chats[0].Last.Seq != 1 {
		t.Errorf("sender's state %+v, %v", state, err)
	}
	if c := state.Chats[0]; c.ID == chat.ID {
		t.Error("both sides have one chat id")
	}
}

// Promise 2: the same cid again gives the same answer and no second copy.
func TestRepeatGetsTheFirstAnswer(t *testing.T) {
	h, a, b := two(t, app.Options{})
	c := join(t, h, "Cas")
	sa := live(t, a)
	first := send(t, sa, cid(1), b.ID, "once")
	if again := send(t, sa, cid(1), b.ID, "once"); again != first {
		t.Errorf("repeat: %+v, first %+v", again, first)
	}
	if again := send(t, live(t, a), cid(1), b.ID, "once"); again != first {
		t.Errorf("repeat on another socket: %+v, first %+v", again, first)
	}
	var ack apptest.Ack
	path := fmt.Sprintf("/api/chats/%d/messages", b.ID)
	if err := a.Do("POST", path, m{"cid": cid(1), "content": "once"}, &ack); err != nil || ack.Seq != first.Seq {
		t.Errorf("repeat by a request: %+v, %v", ack, err)
	}
	for name, frame := range map[string]m{
		"other text":   {"type": "send", "cid": cid(1), "to": b.ID, "content": "twice"},
		"other person": {"type": "send", "cid": cid(1), "to": c.ID, "content": "once"},
	} {
		if got := refused(t, sa, frame); got != "conflict" {
			t.Errorf("%s: %s", name, got)
		}
	}
	if err := a.Do("DELETE", fmt.Sprintf("/api/chats/%d", b.ID), nil, nil); err != nil {
		t.Fatal(err)
	}
	if again := send(t, sa, cid(1), b.ID, "once"); again != first {
		t.Errorf("repeat after deleting: %+v, first %+v", again, first)
	}
	if all, err := a.All(b.ID); err != nil || len(all) != 0 {
		t.Errorf("the repeat revived %v, %v", all, err)
	}
	if all, err := b.All(a.ID); err != nil || len(all) != 1 {
		t.Errorf("the other side has %v, %v", all, err)
	}
}

// Messages that can't be stored, each with its code.
func TestRefusedMessages(t *testing.T) {
	_, a, b := two(t, app.Options{})
	sa := live(t, a)
	long := strings.Repeat("x", 32<<10)
	if _, _, err := sa.Send(cid(100), b.ID, long); err != nil {
		t.Error("32 KiB:", err)
	}
	for name, c := range map[string]struct {
		frame m
		code  string
	}{
		"short cid":      {m{"cid": "short", "to": b.ID, "content": "x"}, "invalid"},
		"cid with space": {m{"cid": "0123456789abcde f", "to": b.ID, "content": "x"}, "invalid"},
		"blank":          {m{"cid": cid(1), "to": b.ID, "content": " \n\t"}, "invalid"},
		"too big":        {m{"cid": cid(1), "to": b.ID, "content": long + "x"}, "too_big"},
		"nobody":         {m{"cid": cid(1), "to": 99, "content": "x"}, "not_found"},
		"no receiver":    {m{"cid": cid(1), "content": "x"}, "bad_request"},
		"negative":       {m{"cid": cid(1), "to": -1, "content": "x"}, "bad_request"},
		"reply ahead":    {m{"cid": cid(1), "to": b.ID, "content": "x", "reply": 77}, "invalid"},
		"a file":         {m{"cid": cid(1), "to": b.ID, "content": "x", "files": []string{"f"}}, "not_found"},
		"a sender":       {m{"cid": cid(1), "to": b.ID, "content": "x", "user": 2}, "bad_request"},
		"a date":         {m{"cid": cid(1), "to": b.ID, "content": "x", "date": 2}, "bad_request"},
	} {
		c.frame["type"] = "send"
		if got := refused(t, sa, c.frame); got != c.code {
			t.Errorf("%s: %s instead of %s", name, got, c.code)
		}
	}
	if all, _ := b.All(a.ID); len(all) != 1 {
		t.Errorf("%d were stored", len(all))
	}
}

// A client whose serializer sorts names is understood from its first frame on.
func TestNamesComeInAnyOrder(t *testing.T) {
	_, a, _ := two(t, app.Options{})
	s := dial(t, a)
	for _, raw := range []string{
		`{"epoch":"","since":0,"type":"hello"}`,
		`{"cid":"aaaaaaaaaaaaaaaa","content":"x","to":2,"type":"send"}`,
		`{"n":7,"type":"ping"}`,
	} {
		if err := s.WriteRaw([]byte(raw)); err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []string{"reset", "ack", "pong"} {
		if f, err := s.Read(); err != nil || f.Type != want {
			t.Fatalf("%v, %v instead of %s", f, err, want)
		}
	}
}

// Frames that are not what they should be: an answer with a code, or a close
// with the code of RFC 6455, and the next frame is taken where it stays open.
func TestBrokenFrames(t *testing.T) {
	_, a, b := two(t, app.Options{})
	for name, raw := range map[string]string{
		"not JSON":       `hello`,
		"array":          `[]`,
		"empty object":   `{}`,
		"type of a kind": `{"n":1,"type":1}`,
		"unknown type":   `{"type":"dance"}`,
		"unknown field":  `{"type":"ping","n":1,"x":2}`,
		"duplicate name": `{"type":"ping","n":1,"n":2}`,
		"duplicate type": `{"type":"ping","type":"ping","n":1}`,
		"trailing text":  `{"type":"ping","n":1} {}`,
		"wrong kind":     `{"type":"typing","who":"2"}`,
		"deep":           `{"type":"ping","n":` + strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000) + `}`,
		"second hello":   `{"type":"hello","epoch":"","since":0}`,
		"negative read":  `{"type":"read","who":2,"upto":-1}`,
		"no who":         `{"type":"open","looking":true}`,
		"no one typing":  `{"type":"typing"}`,
		"no upto":        `{"type":"read","who":2}`,
		"no ev":          `{"type":"got"}`,
		"no content":     `{"type":"send","cid":"aaaaaaaaaaaaaaaa","to":2}`,
		"no cid":         `{"type":"send","content":"x","to":2}`,
		"no to":          `{"type":"send","cid":"aaaaaaaaaaaaaaaa","content":"x"}`,
	} {
		s := live(t, a)
		if err := s.WriteRaw([]byte(raw)); err != nil {
			t.Fatal(err)
		}
		frames := flush(t, s)
		if len(frames) != 1 || frames[0].Type != "error" || frames[0].Code != "bad_request" {
			t.Errorf("%s: %v", name, frames)
		}
		if has := strings.Contains(raw, "aaaa"); has != (frames[0].CID != "") {
			t.Errorf("%s: the error names %q", name, frames[0].CID)
		}
	}
	for name, c := range map[string]struct {
		kind int
		data []byte
		code int
	}{
		"binary":        {websocket.BinaryMessage, []byte(`{"type":"ping","n":1}`), 1003},
		"invalid UTF-8": {websocket.TextMessage, []byte("{\"type\":\"ping\",\"n\":\"\xff\"}"), 1007},
		"64 KiB + 1":    {websocket.TextMessage, []byte(strings.Repeat(" ", 64<<10+1)), 1009},
		"8 MiB":         {websocket.TextMessage, []byte(strings.Repeat(" ", 8<<20)), 1009},
	} {
		s := live(t, b)
		if err := s.WS.WriteMessage(c.kind, c.data); err != nil {
			t.Fatal(err)
		}
		if got := s.CloseCode(); got != c.code {
			t.Errorf("%s: closed with %d", name, got)
		}
	}
	s := live(t, b)
	if err := s.WriteRaw([]byte(`{"type":"ping","n":1}` + strings.Repeat(" ", 64<<10-21))); err != nil {
		t.Fatal(err)
	}
	if f, err := s.Read(); err != nil || f.Type != "pong" {
		t.Errorf("64 KiB: %s, %v", f.Raw, err)
	}
}

// Promise 4: after a message was refused for its rate, later ones on that
// socket are refused until it comes again, so that order holds.
func TestRateHoldsTheOrder(t *testing.T) {
	clock := apptest.NewClock()
	_, a, b := two(t, app.Options{Rate: 1, Now: clock.Now})
	sa := live(t, a)
	for i := range 5 { // the burst
		send(t, sa, cid(i), b.ID, "x")
	}
	try := func(n int) (string, int64) {
		write(t, sa, m{"type": "send", "cid": cid(n), "to": b.ID, "content": "x"})
		f, _, err := sa.Until(func(f *apptest.Frame) bool { return f.CID == cid(n) && f.Type != "event" })
		if err != nil {
			t.Fatal(err)
		}
		return f.Type + f.Code, f.RetryAfter
	}
	if got, retry := try(5); got != "errorrate" || retry < 1 || retry > 1000 {
		t.Fatalf("over the rate: %s %d", got, retry)
	}
	clock.Advance(3 * time.Second)
	if got, _ := try(6); got != "errorrate" {
		t.Errorf("a later one passed: %s", got)
	}
	if got, _ := try(5); got != "ack" {
		t.Errorf("the refused one again: %s", got)
	}
	if got, _ := try(6); got != "ack" {
		t.Errorf("the later one again: %s", got)
	}
	all, err := b.All(a.ID)
	if err != nil || len(all) != 7 {
		t.Fatal(all, err)
	}
	for i := range all {
		if all[i].CID != cid(i) {
			t.Errorf("place %d has %s", i+1, all[i].CID)
		}
	}
}

// A hello whose since no log can have reached is answered with reset, one
// whose since is no whole number is not answered; and of two at once each is.
func TestHellos(t *testing.T) {
	_, a, b := two(t, app.Options{})
	state, err := a.Sync()
	if err != nil {
		t.Fatal(err)
	}
	for since, code := range map[string]int{"-1": 0, "9223372036854775808": 0, "-9223372036854775809": 0, "1000000": 0,
		"null": 1008, "1.0": 1008, `"1"`: 1008, "true": 1008} {
		s := dial(t, a)
		if err := s.WriteRaw([]byte(`{"type":"hello","epoch":"` + state.Epoch + `","since":` + since + `}`)); err != nil {
			t.Fatal(err)
		}
		f, err := s.Read()
		switch {
		case err != nil:
			t.Errorf("%s: %v", since, err)
		case code == 0 && f.Type != "reset":
			t.Errorf("%s: %s", since, f.Raw)
		case code != 0 && (f.Code != "bad_request" || s.CloseCode() != code):
			t.Errorf("%s: %s", since, f.Raw)
		}
	}
	for range 10 {
		s := dial(t, b)
		write(t, s, m{"type": "hello", "epoch": "", "since": 0})
		write(t, s, m{"type": "hello", "epoch": state.Epoch, "since": 0})
		for _, want := range []string{"reset", "welcome"} {
			if f, err := s.Read(); err != nil || f.Type != want {
				t.Errorf("instead of %s: %s, %v", want, f.Raw, err)
			}
		}
	}
}
