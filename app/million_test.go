package app_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"duologue/app"
	"duologue/app/apptest"
	"duologue/db"
)

const (
	millionPairs = 50
	millionEach  = 20_000 // messages of a pair
	millionOwn   = 5      // pairs that the owner is in: 100,000 own messages
)

// million fills a store with a million messages, two copies each, as fast as
// it takes them: without flushing, for this is not what is measured. It gives
// a session of the owner.
func million(b *testing.B, dir string) (secret string) {
	b.Helper()
	ctx := context.Background()
	s, err := db.Open(ctx, db.Options{Dir: dir, NoFlush: true, Ballast: -1})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	token, err := s.MakeStartToken(ctx, time.Hour)
	if err != nil {
		b.Fatal(err)
	}
	if _, secret, err = s.SetUp(ctx, token, "owner", "bench"); err != nil {
		b.Fatal(err)
	}
	var ids []db.ID
	for i := range 2*millionPairs - millionOwn {
		p, _, err := s.Join(ctx, s.JoinCode(), fmt.Sprint("person ", i), "", "bench")
		if err != nil {
			b.Fatal(err)
		}
		ids = append(ids, p.ID)
	}
	slots := make(chan struct{}, 2000)
	for n := range millionPairs * millionEach {
		pair := n % millionPairs
		from, to := db.ID(1), ids[pair]
		if pair >= millionOwn {
			from, to = ids[2*pair-millionOwn], ids[2*pair-millionOwn+1]
		}
		if n/millionPairs%2 == 1 {
			from, to = to, from
		}
		slots <- struct{}{}
		m := db.Send{From: from, To: to, CID: fmt.Sprintf("million-%012d", n),
			Content: fmt.Sprintf("message %d: 我数了一下，确实少了 20 张。Ünïcode and the quick brown fox", n)}
		s.Send(m, func(_ db.Ack, err error) {
			if err != nil {
				b.Error(err)
			}
			<-slots
		})
	}
	for range cap(slots) {
		slots <- struct{}{}
	}
	return secret
}

// BenchmarkMillion measures a host with 1,000,000 stored messages: from the
// start to the first answer, the newest page of a chat, and a search through
// all 100,000 messages of one person. Run it with -benchtime=1x.
func BenchmarkMillion(b *testing.B) {
	if testing.Short() {
		b.Skip("skipped by -short: it stores a million messages")
	}
	dir := b.TempDir()
	secret := million(b, dir)
	for b.Loop() {
		start := time.Now()
		h := apptest.Start(b, app.Options{Data: dir})
		resp, err := http.Get(h.URL + "/api/host")
		if err != nil {
			b.Fatal(err)
		}
		resp.Body.Close()
		b.ReportMetric(float64(time.Since(start).Microseconds())/1000, "ready-ms")

		c := &apptest.Client{Base: h.URL, Secret: secret, ID: 1}
		state, err := c.Sync()
		if err != nil || len(state.Chats) != millionOwn {
			b.Fatal(len(state.Chats), err)
		}
		var took []float64
		for range 50 {
			for _, chat := range state.Chats {
				start := time.Now()
				p, err := c.History(chat.Who, "")
				if err != nil || len(p.Messages) != 50 {
					b.Fatal(len(p.Messages), err)
				}
				took = append(took, float64(time.Since(start).Microseconds())/1000)
			}
		}
		b.ReportMetric(took[0], "first-page-ms")
		slices.Sort(took)
		b.ReportMetric(took[len(took)/2], "page-p50-ms")
		b.ReportMetric(took[len(took)*99/100], "page-p99-ms")

		start = time.Now()
		calls, hits := 0, 0
		for cursor := ""; ; calls++ {
			var page struct {
				Hits []any   `json:"hits"`
				More *string `json:"more"`
			}
			if err := c.Do("GET", "/api/search?q=%E7%AC%AC%E4%B8%80&before="+cursor, nil, &page); err != nil {
				b.Fatal(err)
			}
			if hits += len(page.Hits); page.More == nil {
				break
			}
			cursor = *page.More
		}
		b.ReportMetric(float64(time.Since(start).Milliseconds()), "search-all-ms")
		b.ReportMetric(float64(calls+1), "search-calls")
		start = time.Now()
		var page struct {
			Hits []any `json:"hits"`
		}
		if err := c.Do("GET", "/api/search?q=%E7%A1%AE%E5%AE%9E", nil, &page); err != nil || len(page.Hits) == 0 {
			b.Fatal(len(page.Hits), err)
		}
		b.ReportMetric(float64(time.Since(start).Microseconds())/1000, "search-first-ms")
		start = time.Now()
		if err := h.Stop(); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(time.Since(start).Milliseconds()), "stop-ms")
	}
}
