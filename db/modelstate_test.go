package db

import (
	"slices"
	"sort"
	"time"

	"duologue/db/history"
	"duologue/db/names"
)

// reference is what the store ought to be, as simply as it can be said.
type reference struct {
	people map[ID]*Person
	top    map[Pair]uint64
	chats  map[chatKey]*modelChat
	acks   map[modelCID]modelAck
	got    map[ID]uint64
	// received is, by person, what the log told of others' messages.
	received map[ID][]modelReceived
	ids      map[uint64]chatKey // every chat id ever seen
	files    map[modelFileKey]*modelFile
}

type modelCID struct {
	from ID
	cid  string
}

type modelAck struct {
	send Send
	ack  Ack
}

type modelReceived struct {
	ev, seq uint64
	who     ID
}

// modelChat is one side; the marks outlive a deletion.
type modelChat struct {
	Chat
	live   bool
	ever   bool
	begun  int64
	copies map[uint64]*Message
}

func newReference() *reference {
	return &reference{people: map[ID]*Person{}, top: map[Pair]uint64{}, chats: map[chatKey]*modelChat{},
		acks: map[modelCID]modelAck{}, got: map[ID]uint64{}, received: map[ID][]modelReceived{}, ids: map[uint64]chatKey{},
		files: map[modelFileKey]*modelFile{}}
}

func (m *reference) chat(owner, who ID) *modelChat {
	key := chatKey{owner, who}
	if m.chats[key] == nil {
		m.chats[key] = &modelChat{Chat: Chat{User: owner, Who: who}, copies: map[uint64]*Message{}}
	}
	return m.chats[key]
}

func (m *reference) copyOf(owner, who ID, seq uint64) *Message { return m.chat(owner, who).copies[seq] }

// revive makes the side live; its id is learnt from the store.
func (c *modelChat) revive(now int64) {
	if !c.live {
		c.live, c.ever, c.begun, c.ID = true, true, now, 0
	}
}

func (c *modelChat) seqs() []uint64 {
	out := []uint64{}
	for seq := range c.copies {
		out = append(out, seq)
	}
	sort.Slice(out, func(i, j int) bool { return out[i] < out[j] })
	return out
}

// wire gives the Chat that the store should show, recounted.
func (c *modelChat) wire() Chat {
	out := c.Chat
	out.Date = c.begun
	for _, seq := range c.seqs() {
		msg := *c.copies[seq]
		out.Last, out.Date = &msg, msg.Date
		if msg.User != c.User && seq > c.Read {
			out.New++
		}
	}
	return out
}

func (m *reference) nameTaken(name string, id ID) bool {
	for _, p := range m.people {
		if p.ID != id && !p.Removed && names.Fold(p.Name) == names.Fold(name) {
			return true
		}
	}
	return false
}

// send gives the answer that s should get.
func (m *reference) send(s Send, now int64, looking bool) (Ack, Code) {
	if prior, ok := m.acks[modelCID{s.From, s.CID}]; ok {
		if prior.send.To != s.To || prior.send.Content != s.Content || prior.send.Reply != s.Reply || !slices.Equal(prior.send.Files, s.Files) {
			return Ack{}, Conflict
		}
		ack := prior.ack
		ack.Repeat = true
		return ack, ""
	}
	from, to := m.people[s.From], m.people[s.To]
	pair := PairOf(s.From, s.To)
	switch {
	case from.Removed: // the connection would be gone
		return Ack{}, Unauthorized
	case to == nil:
		return Ack{}, NotFound
	case to.Removed:
		return Ack{}, Gone
	case s.Reply > m.top[pair]:
		return Ack{}, Invalid
	}
	if !m.mayShow(s.From, s.Files) {
		return Ack{}, NotFound
	}
	mine, theirs := m.chat(s.From, s.To), m.chat(s.To, s.From)
	var quote *Quote
	if s.Reply > 0 {
		quote = &Quote{Seq: s.Reply, User: s.To}
		if q := mine.copies[s.Reply]; q != nil {
			quote.User, quote.Content = q.User, names.Shorten(q.Content, history.MaxQuote)
			if q.Content == "" && len(q.Files) > 0 {
				quote.Content = q.Files[0].Name
			}
		} else if q := theirs.copies[s.Reply]; q != nil {
			quote.User = q.User
		}
	}
	m.top[pair]++
	msg := Message{Seq: m.top[pair], CID: s.CID, User: s.From, Name: from.Name, Date: now, Content: s.Content, Reply: quote}
	if s.From == s.To {
		msg.Device, msg.Session = s.Session.Device, s.Session.ID
	}
	for _, c := range []*modelChat{mine, theirs} {
		c.revive(now)
		own := msg
		own.Files = m.show(s.From, c.User, s.Files)
		c.copies[msg.Seq] = &own
	}
	if s.From == s.To || looking {
		theirs.Read, theirs.Marked = msg.Seq, false
		mine.PeerGot = msg.Seq
		if from.Receipts && to.Receipts {
			mine.PeerRead = msg.Seq
		}
	}
	ack := Ack{CID: s.CID, Who: s.To, Seq: msg.Seq, Date: now}
	m.acks[modelCID{s.From, s.CID}] = modelAck{s, ack}
	return ack, ""
}

func (m *reference) read(owner, who ID, upto uint64) Code {
	if m.people[who] == nil {
		return NotFound
	}
	c := m.chat(owner, who)
	upto = min(upto, m.top[PairOf(owner, who)])
	if !c.live || upto <= c.Read {
		return ""
	}
	c.Read, c.Marked = upto, false
	if owner != who {
		m.reach(who, owner, upto, m.people[owner].Receipts && m.people[who].Receipts)
	}
	return ""
}

// reach moves the marks that owner sees of who.
func (m *reference) reach(owner, who ID, upto uint64, read bool) {
	c := m.chat(owner, who)
	if !c.ever {
		return
	}
	c.PeerGot = max(c.PeerGot, upto)
	if read {
		c.PeerRead = max(c.PeerRead, upto)
	}
}

func (m *reference) gotUpto(owner ID, ev uint64) {
	for _, r := range m.received[owner] {
		if r.ev > m.got[owner] && r.ev <= ev {
			m.reach(r.who, owner, r.seq, false)
		}
	}
	m.got[owner] = max(m.got[owner], ev)
}

// change edits (recall false) or recalls one's own message.
func (m *reference) change(owner, who ID, seq uint64, content string, recall bool, now int64) (Message, Code) {
	mine := m.copyOf(owner, who, seq)
	window := 15 * time.Minute
	if recall {
		window = 5 * time.Minute
	}
	switch {
	case mine == nil:
		return Message{}, NotFound
	case mine.User != owner:
		return Message{}, Forbidden
	case recall && mine.Recalled:
		return *mine, ""
	case mine.Recalled:
		return Message{}, Invalid
	case !recall && mine.Content == content:
		return *mine, ""
	case now-mine.Date > window.Milliseconds():
		return Message{}, Invalid
	}
	for _, c := range m.sides(owner, who) {
		if msg := c.copies[seq]; msg != nil {
			if recall {
				msg.Content, msg.Reply, msg.Edited, msg.Recalled, msg.Files = "", nil, 0, true, nil
			} else {
				msg.Content, msg.Edited = content, now
			}
		}
		for _, msg := range c.copies {
			if recall && msg.Reply != nil && msg.Reply.Seq == seq {
				msg.Reply = &Quote{Seq: seq, User: msg.Reply.User}
			}
		}
	}
	return *mine, ""
}

func (m *reference) sides(a, b ID) []*modelChat {
	if a == b {
		return []*modelChat{m.chat(a, a)}
	}
	return []*modelChat{m.chat(a, b), m.chat(b, a)}
}

func (m *reference) deleteChat(owner, who ID) {
	c := m.chat(owner, who)
	c.live = false
	c.copies = map[uint64]*Message{}
	c.Draft, c.Pinned, c.Muted, c.Marked = "", false, false, false
}

func (m *reference) openChat(owner, who ID, now int64) (made bool, code Code) {
	c := m.chat(owner, who)
	switch to := m.people[who]; {
	case c.live:
		return false, ""
	case m.people[owner].Removed:
		return false, Unauthorized
	case to == nil:
		return false, NotFound
	case to.Removed:
		return false, Gone
	}
	c.revive(now)
	return true, ""
}
