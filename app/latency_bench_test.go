package app_test

import (
	"bytes"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"duologue/app"
	"duologue/app/apptest"
)

// BenchmarkLatency measures from the write of a message to its delivery, at
// 500 messages a second over 10 pairs.
func BenchmarkLatency(b *testing.B) {
	h := apptest.Start(b, app.Options{JoinCode: "BENCHCODE"})
	peers := durablePeers(b, h, "BENCHCODE", 10)
	const rate, seconds = 500, 10
	for b.Loop() {
		var mu sync.Mutex
		sent := map[string]time.Time{}
		var took []float64
		var wg sync.WaitGroup
		total := rate * seconds
		left := make(chan struct{}, total)
		for i, p := range peers {
			if i%2 == 0 {
				continue
			}
			wg.Go(func() {
				mine := fmt.Appendf(nil, `"user":%d,"name"`, p.id)
				for {
					p.ws.SetReadDeadline(time.Now().Add(5 * time.Second))
					_, f, err := p.ws.ReadMessage()
					if err != nil {
						return
					}
					if !bytes.HasPrefix(f, eventStart) || bytes.Contains(f, mine) {
						continue
					}
					now := time.Now()
					_, rest, _ := bytes.Cut(f, []byte(`"cid":"`))
					id := rest[:bytes.IndexByte(rest, '"')]
					mu.Lock()
					took = append(took, now.Sub(sent[string(id)]).Seconds()*1000)
					mu.Unlock()
					left <- struct{}{}
				}
			})
		}
		for i, p := range peers { // senders read, too
			if i%2 == 0 {
				wg.Go(func() {
					for {
						p.ws.SetReadDeadline(time.Now().Add(5 * time.Second))
						if _, _, err := p.ws.ReadMessage(); err != nil {
							return
						}
					}
				})
			}
		}
		tick := time.NewTicker(time.Second / rate)
		for i := range total {
			<-tick.C
			p := peers[2*(i%(len(peers)/2))]
			mu.Lock()
			sent[fmt.Sprintf("bench-%06d-%012d", p.id, p.sent+1)] = time.Now()
			mu.Unlock()
			if err := p.send(); err != nil {
				b.Fatal(err)
			}
		}
		tick.Stop()
		for range total {
			<-left
		}
		for _, p := range peers {
			p.ws.Close()
		}
		wg.Wait()
		slices.Sort(took)
		b.ReportMetric(took[len(took)/2], "p50-ms")
		b.ReportMetric(took[len(took)*99/100], "p99-ms")
		b.ReportMetric(took[len(took)-1], "max-ms")
	}
}
