package app_test

import (
	"fmt"
	"math/rand/v2"
	"time"

	"duologue/app/apptest"
)

// hear takes one frame.
func (p *talker) hear(f *apptest.Frame) {
	switch f.Type {
	case "ack":
		p.ack(f)
	case "event":
		if f.Ev != p.ev+1 {
			p.talk.problem("%d: event %d after %d", p.c.ID, f.Ev, p.ev)
		}
		p.ev = f.Ev
		p.event(f)
	case "error":
		if p.talk.closing.Load() && f.Code == "unavailable" {
			p.refused = true
		} else if !p.talk.full.Load() || f.Code != "storage_full" {
			p.talk.problem("%d: refused: %s", p.c.ID, f.Raw)
		} else if f.CID != "" { // not of a mark
			p.refusal(f)
		}
	}
}

// refusal takes the answer to a message that comes again later.
func (p *talker) refusal(f *apptest.Frame) {
	if !p.refused {
		if f.CID != p.cid(p.acked+1) {
			p.talk.problem("%d: %s is refused, before it %s waits", p.c.ID, f.CID, p.cid(p.acked+1))
		}
		p.refused = true
		p.talk.count(&p.talk.refusals, 1)
		select {
		case p.talk.refused <- p.c.ID:
		default:
		}
	}
	p.flight--
}

// ack takes the answer to the message that has waited longest.
func (p *talker) ack(f *apptest.Frame) {
	if p.refused {
		p.talk.problem("%d: overtakes what was refused: %s", p.c.ID, f.Raw)
	}
	p.flight--
	if p.acked == len(p.sent) || f.CID != p.cid(p.acked+1) || f.Who != p.with.ID {
		p.talk.problem("%d: an ack that nothing waits for: %s", p.c.ID, f.Raw)
		return
	}
	m := &p.sent[p.acked]
	if m.stored != 0 && m.stored != f.Seq {
		p.talk.problem("%d: sent again, message %d has seq %d; it was stored as %d", p.c.ID, p.acked+1, f.Seq, m.stored)
	}
	if p.acked > 0 && p.sent[p.acked-1].seq >= f.Seq {
		p.talk.problem("%d: seq %d after %d", p.c.ID, f.Seq, p.sent[p.acked-1].seq)
	}
	m.seq, m.ev = f.Seq, f.Ev
	p.acked++
	p.talk.acks.Add(1)
	select {
	case p.talk.acked <- struct{}{}:
	default:
	}
}

// awaitAcks waits until n more messages were acknowledged.
func (k *talk) awaitAcks(n int) {
	k.t.Helper()
	late := time.After(childPatience)
	for upto := k.acks.Load() + int64(n); k.acks.Load() < upto; {
		select {
		case <-k.acked:
		case <-late:
			k.t.Fatalf("%d acks are missing", upto-k.acks.Load())
		}
	}
}

// event takes the next event of this person's log.
func (p *talker) event(f *apptest.Frame) {
	if f.Kind == "message" {
		m := f.Message()
		got, ok := p.read(m)
		if !ok || f.Who != p.with.ID || m.Seq != len(p.heard)+1 {
			p.talk.problem("%d: after seq %d: %s", p.c.ID, len(p.heard), f.Raw)
		}
		p.heard, p.evs = append(p.heard, got), append(p.evs, f.Ev)
	}
	if c := f.Chat; c != nil {
		if c.User != p.c.ID || c.Who != p.with.ID {
			p.talk.problem("%d: a strange chat: %s", p.c.ID, f.Raw)
		}
		if c.Read < p.marks.Read || c.PeerRead < p.marks.PeerRead || c.PeerGot < p.marks.PeerGot {
			p.talk.problem("%d: a mark went back: %s", p.c.ID, f.Raw)
		}
		p.marks = *c
	}
}

// read tells which message of the pair m is; false when it is none as it was sent.
func (p *talker) read(m *apptest.Message) (said, bool) {
	if m == nil {
		return said{}, false
	}
	for side, w := range p.pair.sides {
		if w.c.ID != m.User {
			continue
		}
		var id, n int
		_, err := fmt.Sscanf(m.Content, "%d:%d:", &id, &n)
		ok := err == nil && n > 0 && m.CID == w.cid(n) && m.Content == w.content(n)
		return said{side, n}, ok
	}
	return said{}, false
}

// cid and content of the nth message never change.
func (p *talker) cid(n int) string { return fmt.Sprintf("talk-%04d-%010d", p.c.ID, n) }

func (p *talker) content(n int) string {
	size := 20 + n%50
	switch {
	case n%97 == 0:
		size = 30_000
	case n%7 == 0:
		size = 6000
	}
	at := n % (len(noise) - size)
	return fmt.Sprintf("%d:%d:", p.c.ID, n) + noise[at:at+size]
}

// noise is text that cannot be pressed together, so that the store has to
// begin new files often.
var noise = func() string {
	r := rand.New(rand.NewPCG(1, 2))
	b := make([]byte, 100_000)
	for i := range b {
		b[i] = 'a' + byte(r.IntN(26))
	}
	return string(b)
}()
