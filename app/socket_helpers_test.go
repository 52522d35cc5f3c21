package app_test

import (
	"errors"
	"fmt"
	"testing"

	"duologue/app"
	"duologue/app/apptest"
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
