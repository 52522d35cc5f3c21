package lan

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strconv"
	"testing"
)

// hostAt answers like a host, as long as it is told to.
func hostAt(t *testing.T, instance, state string) (Host, *httptest.Server) {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/api/host" {
			fmt.Fprintf(w, `{"app":"duologue","protocol":1,"instance":%q,"title":"The\u202e Smiths","state":%q,"me":null}`, instance, state)
		}
	}))
	t.Cleanup(s.Close)
	u, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	port, err := strconv.Atoi(u.Port())
	if err != nil {
		t.Fatal(err)
	}
	return Host{Service: Service{Instance: instance, Owner: "Alice", Port: port}, Addr: netip.MustParseAddr("127.0.0.1")}, s
}

func TestSearchShowsWhoAnswers(t *testing.T) {
	var got [][]Host
	s := newSearch("ourselves0", func(h []Host) { got = append(got, h) })
	open, server := hostAt(t, "abcdefghij", "open")
	setup, _ := hostAt(t, "beginning0", "setup")
	other, _ := hostAt(t, "somebody00", "open")
	other.Instance = "pretended0"
	dead := open
	dead.Instance, dead.Port = "deaddeadde", 1
	for _, h := range []Host{open, setup, other, dead} {
		s.add(h)
	}
	s.check(t.Context())
	s.check(t.Context())
	if len(got) != 1 || len(got[0]) != 1 || got[0][0].Instance != "abcdefghij" || got[0][0].Title != "The Smiths" {
		t.Fatalf("found %+v", got)
	}

	// Announced at a second address that does not lead there, it stays.
	again := open
	again.Addr = netip.MustParseAddr("127.0.0.2")
	again.Port = open.Port
	s.add(again)
	s.check(t.Context())
	if len(got) != 1 {
		t.Errorf("it moved: %+v", got)
	}

	// One answer may be lost; after two it is gone.
	server.Close()
	s.check(t.Context())
	if len(got) != 1 {
		t.Errorf("it went at once: %+v", got)
	}
	s.check(t.Context())
	if len(got) != 2 || len(got[1]) != 0 {
		t.Errorf("it is still there: %+v", got)
	}
}

func TestSearchFollowsAHostThatMoves(t *testing.T) {
	var last []Host
	s := newSearch("", func(h []Host) { last = h })
	before, server := hostAt(t, "abcdefghij", "open")
	s.add(before)
	s.check(t.Context())
	server.Close()
	after, _ := hostAt(t, "abcdefghij", "open")
	s.add(after)
	s.check(t.Context())
	if len(last) != 1 || last[0].Port != after.Port {
		t.Errorf("found %+v, it is at port %d now", last, after.Port)
	}
}

// Whoever floods the network with names fills a short list.
func TestSearchIsBounded(t *testing.T) {
	s := newSearch("", func([]Host) {})
	good, _ := hostAt(t, "abcdefghij", "open")
	s.add(good)
	s.check(t.Context())
	for i := range 1000 {
		s.add(Host{Service: Service{Instance: fmt.Sprintf("flooding%d", i), Port: 1}, Addr: netip.MustParseAddr("127.0.0.1")})
	}
	if len(s.known) != maxFound || s.known[0].Instance != "abcdefghij" {
		t.Errorf("%d candidates, the first is %s", len(s.known), s.known[0].Instance)
	}
}
