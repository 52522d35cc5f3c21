package app_test

import (
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
	if b, err = apptest.Join(h.URL, "TESTCODE", "Ben"); err != nil {
		t.Fatal(err)
	}
	return h, a, b
}

func live(t testing.TB, c *apptest.Client) *apptest.Socket {
	t.Helper()
	s, _, err := c.Live()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// TestFirstMessage: one sends, both get the event, the sender the ack.
func TestFirstMessage(t *testing.T) {
	_, a, b := two(t, app.Options{})
	sa, sb := live(t, a), live(t, b)
	ack, before, err := sa.Send(cid(1), b.ID, "hello 你好")
	if err != nil {
		t.Fatal(err)
	}
	if ack.Seq != 1 || ack.Who != b.ID {
		t.Fatalf("ack %+v", ack)
	}
	t.Log(len(before))
	frames, err := sb.Flush()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range frames {
		t.Log(string(f.Raw))
	}
	state, err := b.Sync()
	if err != nil || len(state.Chats) != 1 || state.Chats[0].New != 1 {
		t.Fatalf("%+v %v", state, err)
	}
}
