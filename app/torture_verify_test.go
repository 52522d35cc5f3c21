package app_test

import (
	"fmt"

	"duologue/app/apptest"
)

// verify reads what the histories have more since the last time, and holds
// against it what was heard and acknowledged.
func (k *talk) verify(url string) {
	k.each(func(p *talker) { p.c.Base = url })
	for _, pair := range k.pairs {
		k.extend(pair)
		for _, p := range pair.sides {
			p.verify()
		}
	}
}

// extend takes both sides' history after what is known.
func (k *talk) extend(pair *talkPair) {
	from := len(pair.order)
	for side, p := range pair.sides {
		messages, err := p.after(from)
		if err != nil {
			k.problem("%d: the history: %v", p.c.ID, err)
			return
		}
		if n := len(pair.order) - from; side == 1 && len(messages) != n {
			k.problem("%d: has %d new messages, the other side %d", p.c.ID, len(messages), n)
		}
		for i, m := range messages {
			got, ok := p.read(&m)
			if !ok || m.Seq != from+i+1 {
				k.problem("%d: the history has at seq %d: seq %d, %.40q", p.c.ID, from+i+1, m.Seq, m.Content)
			}
			if side == 0 {
				pair.order = append(pair.order, got)
			} else if from+i < len(pair.order) && pair.order[from+i] != got {
				k.problem("%d: seq %d is %v, for the other side %v", p.c.ID, m.Seq, got, pair.order[from+i])
			}
		}
	}
}

// after reads the history after a seq.
func (p *talker) after(seq int) ([]apptest.Message, error) {
	var all []apptest.Message
	for {
		page, err := p.c.History(p.with.ID, fmt.Sprintf("after=%d&limit=200", seq))
		if err != nil {
			return nil, err
		}
		all = append(all, page.Messages...)
		if !page.More {
			return all, nil
		}
		seq = all[len(all)-1].Seq
	}
}

// verify holds what this tab knows against the order of its pair.
func (p *talker) verify() {
	order := p.pair.order
	for ; p.checked.heard < len(p.heard); p.checked.heard++ {
		i := p.checked.heard
		if i >= len(order) || order[i] != p.heard[i] {
			p.talk.problem("%d: heard %v at seq %d, which the history has not", p.c.ID, p.heard[i], i+1)
		}
	}
	for ; p.checked.acked < p.acked; p.checked.acked++ {
		n := p.checked.acked + 1
		if seq := p.sent[n-1].seq; seq > len(order) || order[seq-1] != (said{p.side, n}) {
			p.talk.lost++
			p.talk.problem("%d: message %d was acknowledged as seq %d and is lost", p.c.ID, n, seq)
		}
	}
	// One tab's messages stand in the order in which it sent them, each once.
	n := 0
	for i, m := range order {
		if m.side != p.side {
			continue
		}
		if n++; m.n != n {
			p.talk.problem("%d: message %d at seq %d, where %d was next", p.c.ID, m.n, i+1, n)
			return
		}
		if n > max(p.checked.mine, p.acked) && n <= len(p.sent) {
			p.sent[n-1].stored = i + 1
			p.talk.found++
		}
	}
	if n > len(p.sent) {
		p.talk.problem("%d: %d messages are stored, %d were sent", p.c.ID, n, len(p.sent))
	}
	p.checked.mine = n
}

// verifyAll looks at everything anew, after finish.
func (k *talk) verifyAll(url string) {
	k.verify(url)
	k.all(func(p *talker) {
		if p.acked != len(p.sent) || p.checked.mine != len(p.sent) || len(p.heard) != len(p.pair.order) {
			k.problem("%d: sent %d, acknowledged %d, stored %d; heard %d of %d", p.c.ID,
				len(p.sent), p.acked, p.checked.mine, len(p.heard), len(p.pair.order))
			return
		}
		for n, m := range p.sent {
			if p.evs[m.seq-1] != m.ev {
				k.problem("%d: message %d had its event at %d, its ack says %d", p.c.ID, n+1, p.evs[m.seq-1], m.ev)
			}
		}
		p.verifyHistory()
		p.verifyDevice()
	})
}

// verifyHistory reads all of it, and counts what is new.
func (p *talker) verifyHistory() {
	k := p.talk
	all, err := p.c.All(p.with.ID)
	if err != nil || len(all) != len(p.pair.order) {
		k.problem("%d: the history has %d messages of %d: %v", p.c.ID, len(all), len(p.pair.order), err)
		return
	}
	state, err := p.c.Sync()
	if err != nil || len(state.Chats) != 1 || state.Epoch != p.epoch {
		k.problem("%d: the state is %+v, %v; the epoch was %s", p.c.ID, state, err, p.epoch)
		return
	}
	chat, unread := state.Chats[0], 0
	for i, m := range all {
		got, ok := p.read(&m)
		if !ok || m.Seq != i+1 || got != p.pair.order[i] {
			k.problem("%d: the history has at seq %d: seq %d, %.40q", p.c.ID, i+1, m.Seq, m.Content)
		}
		if m.User == p.with.ID && m.Seq > chat.Read {
			unread++
		}
	}
	if chat.New != unread || chat.Last == nil || chat.Last.Seq != len(all) {
		k.problem("%d: %d are new, the chat says %+v", p.c.ID, unread, chat)
	}
}

// verifyDevice hears the whole log anew, as a device does that was away.
func (p *talker) verifyDevice() {
	other := &talker{talk: p.talk, pair: p.pair, side: p.side, c: p.c, with: p.with, epoch: p.epoch}
	if !other.connect() {
		return
	}
	defer other.s.Close()
	for other.ev < p.ev {
		f, err := other.s.Read()
		if err != nil {
			p.talk.problem("%d: the log ends at %d of %d: %v", p.c.ID, other.ev, p.ev, err)
			return
		}
		other.hear(&f)
	}
	for i := range p.pair.order {
		if i >= len(other.heard) || other.heard[i] != p.pair.order[i] || other.evs[i] != p.evs[i] {
			p.talk.problem("%d: another device hears otherwise, from seq %d on", p.c.ID, i+1)
			return
		}
	}
}
