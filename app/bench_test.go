package app_test

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	fastws "github.com/fasthttp/websocket"
	"github.com/go-json-experiment/json"
	"github.com/gofiber/contrib/websocket"
	"github.com/gofiber/fiber/v2"

	"duologue/app"
	"duologue/app/apptest"
)

const (
	benchPairs  = 50
	benchFlight = 16
	benchRounds = 5
	benchTime   = 2 * time.Second
)

var benchText = strings.Repeat("0123456789", 10)

// peer is one side of a conversation under load: it keeps benchFlight
// messages in flight and counts what arrives of the other side's.
type peer struct {
	ws   *fastws.Conn
	id   int
	to   int
	sent int
}

var (
	ackFrame   = []byte(`{"type":"ack"`)
	eventStart = []byte(`{"type":"event"`)
)

func (p *peer) send() error {
	p.sent++
	return p.ws.WriteMessage(fastws.TextMessage, fmt.Appendf(nil,
		`{"type":"send","cid":"bench-%06d-%012d","to":%d,"content":"%s"}`, p.id, p.sent, p.to, benchText))
}

// run sends while going is set, and reads until all of it is acknowledged.
func (p *peer) run(going *atomic.Bool, delivered *atomic.Int64) error {
	mine := fmt.Appendf(nil, `"user":%d,"name"`, p.id)
	flight := 0
	for ; flight < benchFlight; flight++ {
		if err := p.send(); err != nil {
			return err
		}
	}
	for flight > 0 {
		_, b, err := p.ws.ReadMessage()
		if err != nil {
			return err
		}
		switch {
		case bytes.HasPrefix(b, ackFrame):
			flight--
			if going.Load() {
				if err := p.send(); err != nil {
					return err
				}
				flight++
			}
		case bytes.HasPrefix(b, eventStart):
			if !bytes.Contains(b, mine) {
				delivered.Add(1)
			}
		default:
			return fmt.Errorf("unexpected frame %s", b)
		}
	}
	return nil
}

// load lets all peers talk for a while and gives the deliveries per second.
func load(b *testing.B, peers []*peer, d time.Duration) float64 {
	var going atomic.Bool
	var delivered atomic.Int64
	going.Store(true)
	errs := make(chan error, len(peers))
	start := time.Now()
	for _, p := range peers {
		go func() { errs <- p.run(&going, &delivered) }()
	}
	time.AfterFunc(d, func() { going.Store(false) })
	for range peers {
		if err := <-errs; err != nil {
			b.Fatal(err)
		}
	}
	return float64(delivered.Load()) / time.Since(start).Seconds()
}

// durablePeers joins pairs of people to a host.
func durablePeers(b *testing.B, h *apptest.Host, code string, pairs int) []*peer {
	var clients []*apptest.Client
	owner, err := apptest.SetUp(h.URL, h.App.Token(), "person 0")
	if err != nil {
		b.Fatal(err)
	}
	clients = append(clients, owner)
	for i := 1; i < 2*pairs; i++ {
		c, err := apptest.Join(h.URL, code, fmt.Sprint("person ", i))
		if err != nil {
			b.Fatal(err)
		}
		clients = append(clients, c)
	}
	var peers []*peer
	for i, c := range clients {
		s, _, err := c.Live()
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { s.Close() })
		peers = append(peers, &peer{ws: s.WS, id: c.ID, to: clients[i^1].ID})
	}
	for _, p := range peers { // presence of those who came later
		if err := p.ws.WriteMessage(fastws.TextMessage, []byte(`{"type":"ping","n":1}`)); err != nil {
			b.Fatal(err)
		}
		for {
			_, f, err := p.ws.ReadMessage()
			if err != nil {
				b.Fatal(err)
			}
			if bytes.HasPrefix(f, []byte(`{"type":"pong"`)) {
				break
			}
		}
	}
	return peers
}

// relayPeers starts a bare relay: the same stack and the same frames, but no
// storage, no history, no resume: a frame is read, checked, and written to
// the other side, and an ack to the sender.
func relayPeers(b *testing.B, pairs int) []*peer {
	type line struct {
		mu sync.Mutex
		ws *websocket.Conn
		n  int
	}
	lines := make([]*line, 2*pairs)
	for i := range lines {
		lines[i] = &line{}
	}
	var ready sync.WaitGroup
	ready.Add(len(lines))
	f := fiber.New(fiber.Config{DisableStartupMessage: true, ReduceMemoryUsage: true})
	f.Get("/ws/:id", websocket.New(func(c *websocket.Conn) {
		var id int
		fmt.Sscan(c.Params("id"), &id)
		me := lines[id]
		me.ws = c
		ready.Done()
		write := func(l *line, v any) {
			out, _ := json.Marshal(v)
			l.mu.Lock()
			defer l.mu.Unlock()
			l.ws.WriteMessage(fastws.TextMessage, out)
		}
		for {
			_, in, err := c.ReadMessage()
			if err != nil {
				return
			}
			var m struct {
				Type, Content string
				CID           string `json:"cid"`
				To            int    `json:"to"`
			}
			if json.Unmarshal(in, &m, json.MatchCaseInsensitiveNames(true)) != nil {
				return
			}
			me.n++
			now := time.Now().UnixMilli()
			write(lines[m.To], struct {
				Type    string          `json:"type"`
				Ev      int             `json:"ev"`
				Kind    string          `json:"kind"`
				Who     int             `json:"who"`
				Message apptest.Message `json:"message"`
			}{"event", me.n, "message", id, apptest.Message{Seq: me.n, CID: m.CID, User: id, Name: "person", Date: now, Content: m.Content}})
			write(me, apptest.Ack{Type: "ack", CID: m.CID, Who: m.To, Seq: me.n, Ev: me.n, Date: now})
		}
	}))
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	go f.Listener(ln)
	b.Cleanup(func() { f.Shutdown(); ln.Close() })
	var peers []*peer
	for i := range lines {
		ws, _, err := fastws.DefaultDialer.Dial(fmt.Sprintf("ws://%s/ws/%d", ln.Addr(), i), http.Header{})
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { ws.Close() })
		peers = append(peers, &peer{ws: ws, id: i, to: i ^ 1})
	}
	ready.Wait()
	return peers
}

// BenchmarkDelivery compares durable delivery with a bare relay in one run:
// 50 pairs, both sides sending 100 bytes with 16 in flight, over real sockets.
// Run it with -benchtime=1x; a round of each is measured in turn.
func BenchmarkDelivery(b *testing.B) {
	h := apptest.Start(b, app.Options{JoinCode: "BENCHCODE"})
	durable := durablePeers(b, h, "BENCHCODE", benchPairs)
	relay := relayPeers(b, benchPairs)
	for b.Loop() {
		var ds, rs, ratios []float64
		for range benchRounds {
			r := load(b, relay, benchTime)
			d := load(b, durable, benchTime)
			ds, rs, ratios = append(ds, d), append(rs, r), append(ratios, d/r)
			b.Logf("durable %.0f/s, relay %.0f/s, ratio %.2f", d, r, d/r)
		}
		b.ReportMetric(median(ds), "durable/s")
		b.ReportMetric(median(rs), "relay/s")
		b.ReportMetric(median(ratios), "ratio")
	}
}

func median(v []float64) float64 {
	v = slices.Sorted(slices.Values(v))
	return v[len(v)/2]
}
