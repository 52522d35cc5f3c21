package db

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"duologue/db/history"
)

// flood sends n messages: pairs of people, both sides at once, each with up
// to inFlight unanswered.
func flood(b *testing.B, s *Store, pairs, inFlight, n int, content string) {
	var left atomic.Int64
	left.Store(int64(n))
	var senders sync.WaitGroup
	for i := range 2 * pairs {
		senders.Go(func() {
			m := Send{From: ID(i + 1), To: ID(i ^ 1 + 1), Content: content}
			slots := make(chan struct{}, inFlight)
			for left.Add(-1) >= 0 {
				slots <- struct{}{}
				m.CID = newCID()
				s.Send(m, func(_ Ack, err error) {
					if err != nil {
						b.Error(err)
					}
					<-slots
				})
			}
			for range inFlight { // until all are answered
				slots <- struct{}{}
			}
		})
	}
	senders.Wait()
}

// Durable sends through the store alone: 100 people in 50 pairs, 16 in flight
// each, 100 bytes.
func BenchmarkSend(b *testing.B) {
	for _, flush := range []bool{true, false} {
		b.Run(fmt.Sprintf("flush=%v", flush), func(b *testing.B) {
			o := quick(b)
			o.NoFlush = !flush
			s := openWith(b, o, 100)
			text := strings.Repeat("x", 100)
			flood(b, s, 50, 16, 1000, text) // the chats are there
			before := commits(s)
			b.ResetTimer()
			flood(b, s, 50, 16, b.N, text)
			b.StopTimer()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "msg/s")
			b.ReportMetric(float64(b.N)/float64(commits(s)-before), "msg/txn")
		})
	}
}

// The same, and each message is confirmed by the one who got it.
func BenchmarkSendAndGot(b *testing.B) {
	s := openWith(b, quick(b), 100)
	text := strings.Repeat("x", 100)
	flood(b, s, 50, 1, 1000, text)
	b.ReportAllocs()
	b.ResetTimer()
	var left atomic.Int64
	left.Store(int64(b.N))
	var senders sync.WaitGroup
	for i := range 100 {
		senders.Go(func() {
			m := Send{From: ID(i + 1), To: ID(i ^ 1 + 1), Content: text}
			slots := make(chan struct{}, 16)
			for left.Add(-1) >= 0 {
				slots <- struct{}{}
				m.CID = newCID()
				s.Send(m, func(Ack, error) {})
				s.Got(m.To, 1<<62, func(err error) {
					if err != nil {
						b.Error(err)
					}
					<-slots
				})
			}
			for range 16 {
				slots <- struct{}{}
			}
		})
	}
	senders.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "msg/s")
}

// The keys that a message costs, which is what costs time, when n pairs share
// a transaction.
func BenchmarkKeysPerMessage(b *testing.B) {
	for _, c := range []struct{ pairs, inFlight int }{{1, 1}, {1, 16}, {50, 1}, {50, 16}} {
		b.Run(fmt.Sprintf("pairs=%d/inflight=%d", c.pairs, c.inFlight), func(b *testing.B) {
			const n = 2000
			s := openWith(b, quick(b), 100)
			flood(b, s, c.pairs, 1, 200, "x")
			before := engineOf(s).changes.Load()
			flood(b, s, c.pairs, c.inFlight, n, "x")
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(float64(engineOf(s).changes.Load()-before)/n, "keys/msg")
		})
	}
}

// What a page asks for first: the snapshot of somebody with 300 chats.
func BenchmarkSnapshot(b *testing.B) {
	s := openWith(b, quick(b), 301)
	for id := ID(2); id <= 301; id++ {
		for range 3 {
			say(b, s, id, 1, "a message of some length, as people write them")
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		snap, err := s.Snapshot(1)
		if err != nil || len(snap.Chats) != 300 {
			b.Fatal(len(snap.Chats), err)
		}
	}
}

var words = strings.Fields("the meeting is at ten tomorrow please bring documents 今天 天气 很好 我们 一起 去 吃饭 吧 see you later thanks 好的")

// chatter gives a sentence.
func chatter(i int) string {
	var out strings.Builder
	for range 4 + i%12 {
		i = i*1103515245 + 12345
		out.WriteString(words[(i>>16&0x7fff)%len(words)])
		out.WriteByte(' ')
	}
	return out.String()
}

// bigStore holds a million messages: person 1 has 100,000 of them in 99
// chats, the rest are between 49 pairs.
func bigStore(b *testing.B, dir string) {
	s := open(b, Options{Dir: dir, NoFlush: true, Ballast: -1, Reserve: 1})
	populate(b, s, 100)
	failed := func(_ Ack, err error) {
		if err != nil {
			b.Error(err)
		}
	}
	for i := range 1_000_000 {
		m := Send{CID: newCID(), Content: chatter(i)}
		if i%10 == 0 {
			m.From, m.To = 1, ID(2+i/10%99)
		} else {
			m.From = ID(2 + i%98)
			m.To = m.From ^ 1
		}
		if i%20 == 0 {
			m.From, m.To = m.To, m.From
		}
		if i == 10 {
			m.Content = "a needle in the hay"
		}
		s.Send(m, failed)
	}
	check(b, s.settleDown())
	start := time.Now()
	check(b, s.Close())
	b.Logf("closed in %v", time.Since(start).Round(time.Millisecond))
}

func BenchmarkMillionMessages(b *testing.B) {
	if testing.Short() {
		b.Skip("short")
	}
	dir := b.TempDir()
	start := time.Now()
	bigStore(b, dir)
	b.Logf("built in %v, %d MB", time.Since(start).Round(time.Millisecond), sizeOfDir(dir)>>20)
	o := Options{Dir: dir, Ballast: -1}
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			s, err := Open(context.Background(), o)
			check(b, err)
			b.StopTimer()
			check(b, s.Close())
			b.StartTimer()
		}
	})
	s := open(b, o)
	b.Run("newest page", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			page, _, err := s.History(ID(2+i%98), ID(2+i%98)^1, history.Range{})
			if err != nil || len(page) != 50 {
				b.Fatal(len(page), err)
			}
		}
	})
	b.Run("old page", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			page, _, err := s.History(ID(2+i%98), ID(2+i%98)^1, history.Range{Around: uint64(1 + i*7919%18_000)})
			if err != nil || len(page) == 0 {
				b.Fatal(len(page), err)
			}
		}
	})
	b.Run("snapshot", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.Snapshot(1); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("head", func(b *testing.B) {
		for b.Loop() {
			if _, _, err := s.Head(1); err != nil {
				b.Fatal(err)
			}
		}
	})
	for name, c := range map[string]struct {
		q    string
		hits int
	}{"a common word": {"天气", 50}, "the oldest": {"needle", 1}, "nothing": {"nowhere", 0}} {
		b.Run("search 100,000/"+name, func(b *testing.B) {
			calls := 0
			for b.Loop() {
				found, cursor := 0, ""
				for {
					hits, next, err := s.Search(context.Background(), 1, c.q, 0, cursor, 50)
					check(b, err)
					calls++
					if found += len(hits); found >= 50 || next == "" {
						break
					}
					cursor = next
				}
				if found != c.hits {
					b.Fatal(found)
				}
			}
			b.ReportMetric(float64(calls)/float64(b.N), "calls")
		})
	}
}

func sizeOfDir(dir string) (n int64) {
	filepath.Walk(dir, func(_ string, st os.FileInfo, err error) error {
		if err == nil && !st.IsDir() {
			n += st.Size()
		}
		return nil
	})
	return n
}
