package app_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"duologue/app"
	"duologue/app/apptest"

	"github.com/fasthttp/websocket"
)

// cid gives the nth cid of a test.
func cid(n int) string { return fmt.Sprintf("cid-%012d", n) }

// two starts a host with an owner and a member.
func two(t testing.TB, o app.Options) (h *apptest.Host, a, b *apptest.Client) {
	t.Helper()
	o.JoinCode = "TESTCODE"
	h = apptest.Start(t, o)
	a, err := apptest.SetUp(h.URL, h.App.Token(), "Ann")
	if err != nil {
		t.Fatal(err)
	}
	return h, a, join(t, h, "Ben")
}

func join(t testing.TB, h *apptest.Host, name string) *apptest.Client {
	t.Helper()
	c, err := apptest.Join(h.URL, "TESTCODE", name)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// live opens a socket that goes on from the present state.
func live(t testing.TB, c *apptest.Client) *apptest.Socket {
	t.Helper()
	s, _, err := c.Live()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// dial opens a socket that has said nothing yet.
func dial(t testing.TB, c *apptest.Client) *apptest.Socket {
	t.Helper()
	s, err := c.Dial()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

type m = map[string]any

func write(t testing.TB, s *apptest.Socket, frame m) {
	t.Helper()
	if err := s.Write(frame); err != nil {
		t.Fatal(err)
	}
}

// flush gives the frames up to now.
func flush(t testing.TB, s *apptest.Socket) []apptest.Frame {
	t.Helper()
	frames, err := s.Flush()
	if err != nil {
		t.Fatal(err)
	}
	return frames
}

// events are the frames of one kind of event.
func events(frames []apptest.Frame, kind string) (out []apptest.Frame) {
	for _, f := range frames {
		if f.Type == "event" && f.Kind == kind {
			out = append(out, f)
		}
	}
	return out
}

func send(t testing.TB, s *apptest.Socket, cid string, to int, content string) apptest.Ack {
	t.Helper()
	ack, _, err := s.Send(cid, to, content)
	if err != nil {
		t.Fatal(err)
	}
	return ack
}

// code is the code of the host's error, or a word for anything else.
func code(err error) string {
	e, ok := errors.AsType[*apptest.Error](err)
	if !ok {
		return fmt.Sprint("not an error of the host: ", err)
	}
	return e.Code
}

// refused sends one frame and gives the code of the error frame that follows.
func refused(t testing.TB, s *apptest.Socket, frame m) string {
	t.Helper()
	write(t, s, frame)
	for _, f := range flush(t, s) {
		if f.Type == "error" {
			return f.Code
		}
	}
	return "nothing"
}

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
		"no receiver":    {m{"cid": cid(1), "content": "x"}, "not_found"},
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

// Frames that are not what they should be: an answer with a code, or a close
// with the code of RFC 6455, and the next frame is taken where it stays open.
func TestBrokenFrames(t *testing.T) {
	_, a, _ := two(t, app.Options{})
	for name, raw := range map[string]string{
		"not JSON":       `hello`,
		"array":          `[]`,
		"empty object":   `{}`,
		"no type first":  `{"n":1,"type":"ping"}`,
		"unknown type":   `{"type":"dance"}`,
		"unknown field":  `{"type":"ping","n":1,"x":2}`,
		"duplicate name": `{"type":"ping","n":1,"n":2}`,
		"duplicate type": `{"type":"ping","type":"ping","n":1}`,
		"trailing text":  `{"type":"ping","n":1} {}`,
		"wrong kind":     `{"type":"typing","who":"2"}`,
		"deep":           `{"type":"ping","n":` + strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000) + `}`,
		"second hello":   `{"type":"hello","epoch":"","since":0}`,
		"negative read":  `{"type":"read","who":2,"upto":-1}`,
	} {
		s := live(t, a)
		if err := s.WriteRaw([]byte(raw)); err != nil {
			t.Fatal(err)
		}
		frames := flush(t, s)
		if len(frames) != 1 || frames[0].Type != "error" || frames[0].Code != "bad_request" {
			t.Errorf("%s: %v", name, frames)
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
	} {
		s := live(t, a)
		if err := s.WS.WriteMessage(c.kind, c.data); err != nil {
			t.Fatal(err)
		}
		if got := s.CloseCode(); got != c.code {
			t.Errorf("%s: closed with %d", name, got)
		}
	}
	s := live(t, a)
	if err := s.WriteRaw([]byte(`{"type":"ping","n":1}` + strings.Repeat(" ", 64<<10-21))); err != nil {
		t.Fatal(err)
	}
	if f, err := s.Read(); err != nil || f.Type != "pong" {
		t.Errorf("64 KiB: %s, %v", f.Raw, err)
	}
}

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
	_, a, _ := two(t, app.Options{Sockets: app.SocketTimes{Hello: 50 * time.Millisecond, Reset: 50 * time.Millisecond}})
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

// Typing and presence go to whoever is there.
func TestTypingAndPresence(t *testing.T) {
	_, a, b := two(t, app.Options{})
	sa := live(t, a)
	sb := live(t, b)
	if got := flush(t, sa); len(got) != 1 || got[0].Type != "presence" || !got[0].Online {
		t.Errorf("arrival: %v", got)
	}
	live(t, b) // a second tab is no news
	write(t, sb, m{"type": "typing", "who": a.ID})
	flush(t, sb)
	if got := flush(t, sa); len(got) != 1 || got[0].Type != "typing" || got[0].Who != b.ID {
		t.Errorf("typing: %v", got)
	}
	if state, err := a.Sync(); err != nil || !state.People[1].Online || !state.Me.Online {
		t.Errorf("people %+v, %v", state.People, err)
	}
}

func TestPresenceEnds(t *testing.T) {
	_, a, b := two(t, app.Options{})
	sa, sb := live(t, a), live(t, b)
	flush(t, sa)
	sb.Close()
	f, _, err := sa.Until(func(f *apptest.Frame) bool { return f.Type == "presence" })
	if err != nil || f.Online || f.Seen == 0 {
		t.Fatalf("%s, %v", f.Raw, err)
	}
	state, err := a.Sync()
	if err != nil || state.People[1].Online {
		t.Errorf("people %+v, %v", state.People, err)
	}
}

// A socket without a sign of life, not even an answer to pings, is given up,
// and its person is seen to be gone.
func TestSilentSocketIsGivenUp(t *testing.T) {
	_, a, silent := two(t, app.Options{Sockets: app.SocketTimes{Silent: time.Second}})
	watcher := live(t, a)
	stop := make(chan struct{})
	defer close(stop)
	go func() { // the watcher itself shows signs of life
		for n := 0; ; n++ {
			select {
			case <-stop:
				return
			case <-time.After(20 * time.Millisecond):
				watcher.Write(m{"type": "typing", "who": 1})
			}
		}
	}()
	live(t, silent)
	f, _, err := watcher.Until(func(f *apptest.Frame) bool { return f.Type == "presence" && !f.Online })
	if err != nil || f.UserValue.String() != fmt.Sprint(silent.ID) {
		t.Errorf("%s, %v", f.Raw, err)
	}
}

// A session that ends takes its sockets along, at once, and no others.
func TestEndedSessionsLoseTheirSockets(t *testing.T) {
	_, a, b := two(t, app.Options{})
	s, other := live(t, a), live(t, b)
	if err := a.Do("POST", "/api/signout", nil, nil); err != nil {
		t.Fatal(err)
	}
	if got := s.CloseCode(); got != 4401 {
		t.Errorf("closed with %d", got)
	}
	flush(t, other)

	var sessions struct {
		Sessions []struct {
			ID      string `json:"id"`
			Current bool   `json:"current"`
		} `json:"sessions"`
	}
	if err := b.Do("GET", "/api/me/sessions", nil, &sessions); err != nil || len(sessions.Sessions) != 1 {
		t.Fatal(sessions, err)
	}
	if err := b.Do("DELETE", "/api/me/sessions/"+sessions.Sessions[0].ID, nil, nil); err != nil {
		t.Fatal(err)
	}
	if got := other.CloseCode(); got != 4401 {
		t.Errorf("closed with %d", got)
	}
}

// The caps on sockets, and that a place is free again when one ends.
func TestSocketsPerPerson(t *testing.T) {
	_, a, _ := two(t, app.Options{})
	var open []*apptest.Socket
	for range 20 {
		open = append(open, live(t, a))
	}
	_, err := a.Dial()
	if e, ok := errors.AsType[*apptest.Error](err); !ok || e.Status != 429 || e.Header.Get("Retry-After") == "" {
		t.Errorf("the 21st: %v", err)
	}
	open[0].Close()
	for deadline := time.Now().Add(10 * time.Second); ; {
		s, err := a.Dial()
		if err == nil {
			s.Close()
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("no place became free: ", err)
		}
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

// Somebody who was removed: the sessions end, sending to them answers gone,
// and the others keep their chat.
func TestRemovedPerson(t *testing.T) {
	_, a, b := two(t, app.Options{})
	sa, sb := live(t, a), live(t, b)
	send(t, sb, cid(1), a.ID, "remember me")
	if err := a.Do("DELETE", fmt.Sprintf("/api/people/%d", b.ID), nil, nil); err != nil {
		t.Fatal(err)
	}
	if got := sb.CloseCode(); got != 4401 {
		t.Errorf("closed with %d", got)
	}
	if got := events(flush(t, sa), "person-removed"); len(got) != 1 || got[0].ID != b.ID {
		t.Errorf("event: %v", got)
	}
	if got := refused(t, sa, m{"type": "send", "cid": cid(2), "to": b.ID, "content": "?"}); got != "gone" {
		t.Errorf("sending: %s", got)
	}
	if all, err := a.All(b.ID); err != nil || len(all) != 1 {
		t.Errorf("history: %v, %v", all, err)
	}
	if _, err := b.Sync(); code(err) != "unauthorized" {
		t.Errorf("the removed: %v", err)
	}
}

// A rename reaches everybody, oneself too; what was said keeps its name.
func TestRename(t *testing.T) {
	_, a, b := two(t, app.Options{})
	sa, sb := live(t, a), live(t, b)
	send(t, sa, cid(1), b.ID, "x")
	if err := a.Do("PATCH", "/api/me", m{"name": "安妮"}, nil); err != nil {
		t.Fatal(err)
	}
	for _, s := range []*apptest.Socket{sa, sb} {
		if got := events(flush(t, s), "person"); len(got) != 1 || got[0].User().Name != "安妮" || !got[0].User().Online {
			t.Errorf("event: %v", got)
		}
	}
	state, err := b.Sync()
	if err != nil || state.Chats[0].Name != "安妮" || state.Chats[0].Last.Name != "Ann" {
		t.Errorf("%+v, %v", state.Chats, err)
	}
}
