package lan

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/pion/mdns/v2"
)

const (
	maxFound  = 16
	askEvery  = 2 * time.Second
	askFor    = time.Second
	askAnew   = time.Minute // what strangers made the library remember is forgotten then
	missesMax = 1           // a host that does not answer twice is gone
)

// search collects the hosts that were announced, and asks each of them over
// HTTP whether it is there: an announcement outlives its host.
type search struct {
	self   string // our own instance
	report func([]Host)
	seen   chan Host
	known  []*candidate
	last   []Host
	client *http.Client
}

// candidate is a host that was announced.
type candidate struct {
	Host
	other  netip.Addr // announced since, for when Addr does not answer
	here   bool       // it answered
	misses int        // since then
}

func newSearch(self string, report func([]Host)) *search {
	return &search{self: self, report: report, seen: make(chan Host, maxFound), client: &http.Client{
		Timeout:       askFor,
		Transport:     &http.Transport{DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return errors.New("a host sends nobody elsewhere") },
	}}
}

func (s *search) run(ctx context.Context, conn *mdns.Conn) error {
	conn.OnServiceDiscovered(func(e mdns.ServiceEvent) {
		h, err := hostOf(e)
		if err != nil || h.Instance == s.self {
			return
		}
		select {
		case s.seen <- h:
		default: // it will be announced again
		}
	})
	ask := time.NewTicker(askEvery)
	defer ask.Stop()
	for ctx.Err() == nil {
		if err := s.browse(ctx, conn, ask.C); err != nil {
			return err
		}
	}
	return nil
}

// browse goes on until ctx ends, or until it is time to begin anew.
func (s *search) browse(ctx context.Context, conn *mdns.Conn, ask <-chan time.Time) error {
	ctx, cancel := context.WithTimeout(ctx, askAnew)
	defer cancel()
	if err := conn.Browse(ctx, serviceType); err != nil {
		return err
	}
	for {
		select {
		case <-ctx.Done():
			return nil
		case h := <-s.seen:
			s.add(h)
		case <-ask:
		}
		s.check(ctx)
	}
}

// add notes an announcement. A host that answers keeps its address: with two
// ways into the network it is announced with each of them in turn.
func (s *search) add(h Host) {
	for _, c := range s.known {
		if c.Instance == h.Instance {
			if c.Port != h.Port {
				c.here = false
			}
			c.Owner, c.Port, c.other = h.Owner, h.Port, h.Addr
			return
		}
	}
	if len(s.known) >= maxFound {
		i := slices.IndexFunc(s.known, func(c *candidate) bool { return !c.here })
		if i < 0 {
			return
		}
		s.known = slices.Delete(s.known, i, i+1)
	}
	s.known = append(s.known, &candidate{Host: h, other: h.Addr})
}

// check asks all candidates at once and reports who is there.
func (s *search) check(ctx context.Context) {
	var asked sync.WaitGroup
	for _, c := range s.known {
		asked.Go(func() { s.checkOne(ctx, c) })
	}
	asked.Wait()
	if ctx.Err() != nil {
		return
	}
	var here []Host
	for _, c := range s.known {
		if c.here {
			here = append(here, c.Host)
		}
	}
	slices.SortFunc(here, func(a, b Host) int { return strings.Compare(a.Instance, b.Instance) })
	if !slices.Equal(here, s.last) {
		s.last = here
		s.report(slices.Clone(here))
	}
}

func (s *search) checkOne(ctx context.Context, c *candidate) {
	for _, addr := range slices.Compact([]netip.Addr{c.Addr, c.other}) {
		h := c.Host
		h.Addr = addr
		if title, ok := s.ask(ctx, h); ok {
			c.Addr, c.Title, c.here, c.misses = addr, title, true, 0
			return
		}
	}
	if c.misses++; c.misses > missesMax {
		c.here = false
	}
}

// ask reports whether this very host is there and takes people in.
func (s *search) ask(ctx context.Context, h Host) (title string, ok bool) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, h.Base()+"/api/host", nil)
	if err != nil {
		return "", false
	}
	answer, err := s.client.Do(r)
	if err != nil {
		return "", false
	}
	defer answer.Body.Close()
	var host struct {
		App      string `json:"app"`
		Instance string `json:"instance"`
		Title    string `json:"title"`
		State    string `json:"state"`
	}
	if json.UnmarshalRead(io.LimitReader(answer.Body, 1<<16), &host) != nil {
		return "", false
	}
	return tidy(host.Title, maxTitle), host.App == "duologue" && host.Instance == h.Instance && host.State == "open"
}
