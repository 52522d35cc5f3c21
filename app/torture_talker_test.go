package app_test

import (
	"math/rand/v2"
	"time"

	"duologue/app/apptest"
)

// talker is one person's tab. It keeps its place over any number of hosts.
type talker struct {
	talk *talk
	pair *talkPair
	side int
	c    *apptest.Client
	with *apptest.Client
	rnd  *rand.Rand

	epoch string
	ev    int // of the last event
	heard []said
	evs   []int // of the message events, by seq-1
	marks apptest.Chat
	s     *apptest.Socket
	end   error // of the last socket

	flight  int           // messages on their way
	refused bool          // the oldest message without an ack; nothing may overtake it
	sent    []sentMessage // by n-1
	acked   int           // of them; acks come in the order of sending
	checked struct{ heard, acked, mine int }
}

type sentMessage struct {
	seq, ev int // from the ack
	stored  int // the seq at which it was found without an ack
}

// talkFlight is how many messages of a tab wait for their ack at once.
const talkFlight = 16

// connect goes on where this tab was.
func (p *talker) connect() bool {
	p.s = nil
	s, err := p.c.Connect(p.epoch, p.ev)
	if err != nil {
		p.talk.problem("%d: cannot go on from %d: %v", p.c.ID, p.ev, err)
		return false
	}
	p.s = s
	return true
}

// speak sends again what has no ack, then up to budget new messages, and
// listens until the host is gone. Without a budget, or after a stop, it ends
// when everything is acknowledged.
func (p *talker) speak(budget int) {
	wait := budget > 0
	next := p.acked
	again := len(p.sent)
	marked := p.ev
	broken := false
	p.flight, p.refused, p.end = 0, false, nil
	for wait && !p.talk.stop.Load() || p.acked < len(p.sent) {
		if p.refused && p.flight == 0 { // all that was behind it is back, too
			<-time.After(10 * time.Millisecond)
			next, again, p.refused = p.acked, len(p.sent), false
		}
		for !p.refused && !broken && p.flight < talkFlight && (next < len(p.sent) || budget > 0 && !p.talk.stop.Load()) {
			if next == len(p.sent) {
				p.sent = append(p.sent, sentMessage{})
				budget--
			}
			next++
			p.flight++
			if next <= again {
				p.talk.count(&p.talk.resent, 1)
			}
			err := p.s.Write(map[string]any{"type": "send", "cid": p.cid(next), "to": p.with.ID, "content": p.content(next)})
			if broken = err != nil; broken { // what came before can still be read
				if p.talk.polite.Load() {
					p.talk.problem("%d: cut off while it may still answer to the close: %v", p.c.ID, err)
				}
			}
		}
		if p.ev-marked > 50 {
			marked = p.ev
			p.s.Write(map[string]any{"type": "got", "ev": p.ev})
			p.s.Write(map[string]any{"type": "read", "who": p.with.ID, "upto": len(p.heard) - p.rnd.IntN(20)})
		}
		f, err := p.s.Read()
		if p.talk.dark.Load() {
			return
		}
		if err != nil {
			if !p.talk.cutting.Load() {
				p.talk.problem("%d: the socket ended: %v", p.c.ID, err)
			}
			p.end = err
			return
		}
		p.hear(&f)
	}
}
