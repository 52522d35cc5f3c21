package live

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// Others hear of a person's first connection and of the end of the last, and
// of none between.
func TestPresenceOfFirstAndLastConnection(t *testing.T) {
	withHub(t, Options{}, func(t *testing.T, h *Hub, store *fakeStore) {
		a := greet(h, 1)
		presence := func(online bool) string {
			return fmt.Sprintf(`{"type":"presence","user":2,"online":%v,"seen":%d}`, online, time.Now().UnixMilli())
		}
		unheard := connect(h, 2)
		if got := a.hears(); len(got) > 0 || h.Online(2) {
			t.Errorf("before a hello: %q", got)
		}
		first := greet(h, 2)
		if got := a.hears(); !slices.Equal(got, []string{presence(true)}) || !h.Online(2) || h.Others(1) != 1 {
			t.Errorf("the first: %q", got)
		}
		second := greet(h, 2)
		first.Close()
		if got := a.hears(); len(got) > 0 || !first.hasEnded() {
			t.Errorf("between: %q", got)
		}
		time.Sleep(time.Second)
		second.Close()
		if got := a.hears(); !slices.Equal(got, []string{presence(false)}) || h.Online(2) || h.Others(1) != 0 {
			t.Errorf("the last: %q", got)
		}
		if store.saw[2] != time.Now().UnixMilli() {
			t.Errorf("the store noted %d", store.saw[2])
		}
		unheard.Close()
		if got := a.hears(); len(got) > 0 {
			t.Errorf("one that said nothing: %q", got)
		}
	})
}

// A welcome says who is here; presence that changes while a socket takes
// nothing is told once, as it is then.
func TestWelcomeAndLatestPresence(t *testing.T) {
	withHub(t, Options{}, func(t *testing.T, h *Hub, _ *fakeStore) {
		greet(h, 2)
		a := connect(h, 1)
		a.say(hello(0))
		if got := a.hears(); len(got) != 1 || !strings.Contains(got[0], `"people":[{"user":2,"online":true,"seen":0},{"user":3,"online":false,"seen":0}]`) {
			t.Errorf("welcome: %q", got)
		}
		goOn := a.stall()
		a.say(`{"type":"ping","n":1}`) // its writer hangs from here on
		for range 3 {
			greet(h, 3).Close()
		}
		last := greet(h, 3)
		goOn()
		if got := a.hears(); len(got) != 2 || !strings.Contains(got[1], `"user":3,"online":true`) || last.hasEnded() {
			t.Errorf("presence: %q", got)
		}
	})
}

func TestTyping(t *testing.T) {
	withHub(t, Options{}, func(t *testing.T, h *Hub, _ *fakeStore) {
		a, tab, b, c := greet(h, 1), greet(h, 1), greet(h, 2), greet(h, 3)
		for _, s := range []*fakeSocket{a, tab, b, c} {
			s.hears()
		}
		b.say(`{"type":"typing","who":1}`)
		for _, s := range []*fakeSocket{a, tab} {
			if got := s.hears(); !slices.Equal(got, []string{`{"type":"typing","who":2}`}) {
				t.Errorf("the other side: %q", got)
			}
		}
		if got := append(b.hears(), c.hears()...); len(got) > 0 {
			t.Errorf("others: %q", got)
		}
		b.say(`{"type":"typing","who":9}`)
		if got := b.hears(); len(got) != 1 || !strings.Contains(got[0], `"not_found"`) {
			t.Errorf("to nobody: %q", got)
		}
	})
}

// Looking at a chat is what one's own connection says of it, until it closes
// the chat, is on its way out, or has gone.
func TestLooking(t *testing.T) {
	withHub(t, Options{}, func(t *testing.T, h *Hub, _ *fakeStore) {
		a, b := greet(h, 1), greet(h, 2)
		open := func(s *fakeSocket, who int, looking bool) {
			s.say(fmt.Sprintf(`{"type":"open","who":%d,"looking":%v}`, who, looking))
		}
		open(a, 2, false)
		open(b, 1, true)
		if h.Looking(1, 2) || !h.Looking(2, 1) {
			t.Error("who looks is mistaken")
		}
		open(a, 2, true)
		if !h.Looking(1, 2) {
			t.Error("looking now is not seen")
		}
		a.say(`{"type":"close","who":2}`)
		if h.Looking(1, 2) || len(h.pairs) != 1 {
			t.Error("a chat that was closed")
		}
		open(a, 2, true)
		a.Close()
		if !a.hasEnded() || h.Looking(1, 2) {
			t.Error("a connection that ended")
		}
		b.silent = true
		b.say([]byte("binary"))
		if b.hasEnded() || h.Looking(2, 1) {
			t.Error("a connection on its way out")
		}
		<-b.ended
		if len(h.pairs) > 0 || len(h.people) > 0 || len(h.rings) > 0 {
			t.Error("something is left of them")
		}
	})
}
