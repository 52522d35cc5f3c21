package app_test

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"duologue/app/apptest"
)

const here = "http://127.0.0.1:7272"

type foundHost struct {
	Owner string `json:"owner"`
	URL   string `json:"url"`
	Here  bool   `json:"here"`
}

// sees asks until the host of a machine is found with the address and the
// owner, and tells how long it took.
func sees(t *testing.T, c *apptest.Client, at, owner string) (took time.Duration) {
	t.Helper()
	var list foundHosts
	began := time.Now()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for time.Since(began) < childPatience {
		if err := c.Do("GET", "/api/found", nil, &list); err != nil {
			t.Fatal(err)
		}
		for _, h := range list.Hosts {
			if h.URL == at+"/" && h.Owner == owner && h.Here {
				return time.Since(began)
			}
		}
		<-tick.C
	}
	t.Fatalf("%s of %s is not found; there are %+v", at, owner, list.Hosts)
	return 0
}

type foundHosts struct {
	Hosts []foundHost `json:"hosts"`
}

// invites gives the first address of the invitation.
func invites(t *testing.T, c *apptest.Client) string {
	t.Helper()
	var i struct {
		URLs []string `json:"urls"`
	}
	if err := c.Do("GET", "/api/invite", nil, &i); err != nil || len(i.URLs) == 0 {
		t.Fatal(i, err)
	}
	return i.URLs[0]
}

// comesIn joins by an invitation's address from a device, and two people talk.
func comesIn(t *testing.T, device *machine, owner *apptest.Client, link, name string) {
	t.Helper()
	base, code, ok := strings.Cut(link, "/#join=")
	if !ok {
		t.Fatalf("the invitation is %q", link)
	}
	guest := device.client(base)
	if err := guest.Enter("/api/join", map[string]string{"code": code, "name": name}); err != nil {
		t.Fatal(err)
	}
	ours, _, err := owner.Live()
	if err != nil {
		t.Fatal(err)
	}
	defer ours.Close()
	theirs, _, err := guest.Live()
	if err != nil {
		t.Fatal(err)
	}
	defer theirs.Close()
	for text, from := range map[string]*apptest.Socket{"from the device": theirs, "from the host": ours} {
		to, other := owner.ID, ours
		if from == ours {
			to, other = guest.ID, theirs
		}
		if _, _, err := from.Send(strings.ReplaceAll(text, " ", "-")+"-"+strings.ToLower(name)+"-0000", to, text); err != nil {
			t.Fatal(err)
		}
		if _, _, err := other.Until(func(f *apptest.Frame) bool { return f.Kind == "message" && f.Message().Content == text }); err != nil {
			t.Fatal(err)
		}
	}
}

// reaches gives the state of GET /api/reach, and by which address a device
// came in.
func reaches(t *testing.T, c *apptest.Client) (state, by string) {
	t.Helper()
	var r struct {
		State string `json:"state"`
		By    string `json:"by"`
	}
	if err := c.Do("GET", "/api/reach", nil, &r); err != nil {
		t.Fatal(err)
	}
	return r.State, r.By
}

// own is the owner's client on the machine of a host that is set up by it.
func (m *machine) own(t *testing.T, h *child, name string) *apptest.Client {
	t.Helper()
	c := m.client(here)
	if err := c.Enter("/api/setup", map[string]string{"token": h.Token, "name": name}); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestHostsOfOneNetwork(t *testing.T) {
	w := newWires(t)
	anna, ben, phone := w.plug("10.77.0.1"), w.plug("10.77.0.2"), w.plug("10.77.0.9")
	hostA, hostB := anna.host(), ben.host()
	alice := anna.own(t, hostA, "Alice")

	// Whoever starts a second host sees the first, and then each other.
	first := ben.client(here)
	t.Logf("the first page sees the other host after %v", sees(t, first, anna.url(), "Alice"))
	if err := first.Do("POST", "/api/found", map[string]string{"instance": instance(t, alice)}, nil); err != nil {
		t.Error(err)
	}
	bob := ben.own(t, hostB, "Bob")
	best := time.Hour
	for range 5 {
		// Looking begins anew each time, so that a moment without a processor
		// does not stand for the network.
		a, b := sees(t, alice, ben.url(), "Bob"), sees(t, bob, anna.url(), "Alice")
		if best = min(best, max(a, b)); best < 3*time.Second {
			break
		}
	}
	t.Logf("two hosts see each other after %v", best)
	if best >= 3*time.Second {
		t.Errorf("two hosts see each other only after %v", best)
	}

	// A device comes in by the address of the invitation.
	if state, _ := reaches(t, alice); state != "waiting" && state != "reached" {
		t.Errorf("before the first device the state is %s", state)
	}
	link := invites(t, alice)
	if !strings.HasPrefix(link, anna.url()+"/#join=") {
		t.Fatalf("the first address is %s, the host is at %s", link, anna.url())
	}
	comesIn(t, phone, alice, link, "Phone")
	if state, by := reaches(t, alice); state != "reached" || by != anna.addr {
		t.Errorf("after the first device: %s by %s", state, by)
	}

	// The host moves. A request to the new address is let in at once, another
	// name is not.
	anna.move("10.77.0.21")
	moved := phone.client(anna.url())
	var answer map[string]any
	if err := moved.Do("GET", "/api/host", nil, &answer); err != nil {
		t.Errorf("at the new address: %v", err)
	}
	for _, foreign := range []string{"evil.example:7272", "10.77.0.21.evil.example", "rebind.network:7272"} {
		if got := asksAs(t, phone, anna.url(), foreign); got != http.StatusMisdirectedRequest {
			t.Errorf("as %s the answer is %d", foreign, got)
		}
	}
	began := time.Now()
	for !strings.HasPrefix(invites(t, alice), anna.url()+"/") {
		if time.Since(began) > childPatience {
			t.Fatalf("the invitation says %s", invites(t, alice))
		}
	}
	t.Logf("the invitation followed after %v", time.Since(began))
	t.Logf("the announcement followed after %v", sees(t, bob, anna.url(), "Alice"))
	comesIn(t, phone, alice, invites(t, alice), "Tablet")

	for _, h := range []*child{hostA, hostB} {
		h.terminate()
		if status := h.wait(); status != 0 {
			t.Errorf("a host ended with %d", status)
		}
	}
}

// Who else is there is for the person at the computer, by whichever of its
// addresses, and for nobody else on the network.
func TestFindingIsNobodyElsesBusiness(t *testing.T) {
	w := newWires(t)
	anna, phone := w.plug("10.77.0.1"), w.plug("10.77.0.9")
	anna.host()
	for _, base := range []string{here, anna.url()} {
		if err := anna.client(base).Do("GET", "/api/found", nil, nil); err != nil {
			t.Errorf("at the computer, by %s: %v", base, err)
		}
	}
	other := phone.client(anna.url())
	for method, body := range map[string]any{"GET": nil, "POST": map[string]string{"instance": "abcdefghij"}} {
		wantRefusal(t, "from elsewhere", other.Do(method, "/api/found", body, nil), http.StatusForbidden, "forbidden")
	}
	var host struct {
		State   string  `json:"state"`
		Suggest *string `json:"suggest"`
	}
	if err := other.Do("GET", "/api/host", nil, &host); err != nil || host.State != "setup" || host.Suggest != nil {
		t.Errorf("from elsewhere the host is %+v, %v", host, err)
	}
}

// Where the network carries no multicast, everything but finding works.
func TestNetworkWithoutMulticast(t *testing.T) {
	w := newWires(t)
	anna, ben, phone := w.plug("10.77.0.1"), w.plug("10.77.0.2"), w.plug("10.77.0.9")
	for _, m := range []*machine{anna, ben, phone} {
		m.deafen()
	}
	// And an interface that has none at all.
	w.ip("-n", ben.name, "link", "set", "eth0", "multicast", "off")
	var owners []*apptest.Client
	for _, m := range []*machine{anna, ben} {
		other := map[*machine]*machine{anna: ben, ben: anna}[m]
		h := m.host()
		owner := m.own(t, h, "Alice")
		link := invites(t, owner)
		if !strings.HasPrefix(link, m.url()+"/#join=") {
			t.Fatalf("the first address is %s, the host is at %s", link, m.url())
		}
		comesIn(t, phone, owner, link, "Phone")
		comesIn(t, other, owner, link, "Neighbour")
		m.move(m.addr + "1")
		comesIn(t, phone, owner, invites(t, owner), "Tablet")
		if state, by := reaches(t, owner); state != "reached" || by != m.addr {
			t.Errorf("%s by %s", state, by)
		}
		owners = append(owners, owner)
	}
	// For as long as finding takes elsewhere, and longer, nobody is found.
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for began := time.Now(); time.Since(began) < 3*time.Second; <-tick.C {
		for _, owner := range owners {
			var list foundHosts
			if err := owner.Do("GET", "/api/found", nil, &list); err != nil || len(list.Hosts) != 0 {
				t.Fatalf("found %+v, %v", list.Hosts, err)
			}
		}
	}
}

// instance is the name of the store behind a client.
func instance(t *testing.T, c *apptest.Client) string {
	t.Helper()
	var h struct {
		Instance string `json:"instance"`
	}
	if err := c.Do("GET", "/api/host", nil, &h); err != nil {
		t.Fatal(err)
	}
	return h.Instance
}

// asksAs gives the status of a request that names another host.
func asksAs(t *testing.T, m *machine, base, host string) int {
	t.Helper()
	u, err := url.Parse(base + "/api/host")
	if err != nil {
		t.Fatal(err)
	}
	answer, err := m.client(base).HTTP.Do(&http.Request{Method: "GET", URL: u, Host: host})
	if err != nil {
		t.Fatal(errors.Unwrap(err))
	}
	answer.Body.Close()
	return answer.StatusCode
}
