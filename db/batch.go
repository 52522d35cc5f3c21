package db

import (
	"duologue/db/commit"
	"duologue/db/history"
	"duologue/db/record"
	"duologue/db/sessions"
)

// batch is one transaction in the making, on the committer's goroutine.
type batch struct {
	*commit.Transaction
	s *Store

	sessions *sessions.Batch

	dirty     []chatKey
	pairs     map[Pair]struct{}
	logs      map[ID][]record.LogEntry
	people    []Person // changed, in order
	committed Committed
}

// begin makes a batch, which takes along what is unsaved.
func (s *Store) begin(t *commit.Transaction) *batch {
	return &batch{Transaction: t, s: s, sessions: s.sessions.Begin(t, t.Refuse == nil)}
}

// finish writes what the batch still holds.
func (b *batch) finish() {
	com := &b.s.com
	for _, key := range b.dirty {
		c := com.chats[key]
		c.dirty = false
		b.Set(record.PairKey(record.PrefixChat, key.owner, key.who), record.Encode(&c.Chat))
	}
	for pair := range b.pairs {
		b.Set(record.PairKey(record.PrefixPair, pair.Low, pair.High), record.Encode(com.pairs[pair]))
	}
	for owner, run := range b.logs {
		b.Set(record.EventKey(owner, com.heads[owner]), record.Encode(run))
	}
}

// publish shows everybody what the batch changed, once it is on disk.
func (b *batch) publish() {
	b.sessions.Publish()
	b.committed.Ended = b.sessions.Ended
	b.s.people.Update(b.people)
	if len(b.committed.Events) > 0 || len(b.committed.Ended) > 0 {
		b.s.opts.Committed(b.committed)
	}
	b.s.com.bound()
}

// refusal says why nothing may be written now.
func (b *batch) refusal() error { return b.Refuse }

// refusalOfFreeing says why not even what gives space back may be written.
func (b *batch) refusalOfFreeing() error {
	if b.Freeing {
		return nil
	}
	return b.Refuse
}

// refusalOfUnsaved says why nothing more may wait unsaved.
func (b *batch) refusalOfUnsaved() error {
	if b.sessions.Full() {
		return b.Refuse
	}
	return nil
}

// chat gives owner's chat with who; its exists tells whether there ever was one.
func (b *batch) chat(owner, who ID) (*cachedChat, error) {
	key := chatKey{owner, who}
	if c := b.s.com.chats[key]; c != nil {
		return c, nil
	}
	c := &cachedChat{}
	var err error
	if c.exists, err = record.Get(b, record.PairKey(record.PrefixChat, owner, who), &c.Chat); err != nil {
		return nil, err
	}
	b.s.com.chats[key] = c
	return c, nil
}

// live gives owner's chat with who, or nil when there is none or it is deleted.
func (b *batch) live(owner, who ID) (*cachedChat, error) {
	c, err := b.chat(owner, who)
	if err != nil || !c.exists || c.Deleted {
		return nil, err
	}
	return c, nil
}

// revive makes c a chat that its owner sees, with a new id when it was not.
func (b *batch) revive(owner, who ID, c *cachedChat) {
	if c.exists && !c.Deleted {
		return
	}
	com := &b.s.com
	com.lastChat++
	b.Set(record.KeyLastChat, record.Encode(com.lastChat))
	c.Chat = record.Chat{ID: com.lastChat, Created: b.Now(), Date: b.Now(),
		Read: c.Read, PeerGot: c.PeerGot, PeerRead: c.PeerRead, Floor: c.Floor}
	c.exists = true
	b.touch(owner, who, c)
}

// touch notes that c has to be written.
func (b *batch) touch(owner, who ID, c *cachedChat) {
	if !c.dirty {
		c.dirty = true
		b.dirty = append(b.dirty, chatKey{owner, who})
	}
}

// top is the last seq of a pair, 0 when it never spoke.
func (b *batch) top(pair Pair) (uint64, error) {
	if n, ok := b.s.com.pairs[pair]; ok {
		return n, nil
	}
	var n uint64
	if _, err := record.Get(b, record.PairKey(record.PrefixPair, pair.Low, pair.High), &n); err != nil {
		return 0, err
	}
	b.s.com.pairs[pair] = n
	return n, nil
}

func (b *batch) setTop(pair Pair, n uint64) {
	b.s.com.pairs[pair] = n
	if b.pairs == nil {
		b.pairs = map[Pair]struct{}{}
	}
	b.pairs[pair] = struct{}{}
}

// head is the last ev of a person's log.
func (b *batch) head(owner ID) (uint64, error) {
	if n, ok := b.s.com.heads[owner]; ok {
		return n, nil
	}
	n, err := history.Head(b.Base(), owner)
	if err == nil {
		b.s.com.heads[owner] = n
	}
	return n, err
}

// log appends one event to owner's log: l as it is kept, e as it is told. The
// caller has asked for the head before, so this can't fail.
func (b *batch) log(owner ID, l record.LogEntry, e Event) uint64 {
	b.s.com.heads[owner]++
	e.Ev = b.s.com.heads[owner]
	if b.logs == nil {
		b.logs = map[ID][]record.LogEntry{}
		b.committed.Events = map[ID][]Event{}
	}
	b.logs[owner] = append(b.logs[owner], l)
	b.committed.Events[owner] = append(b.committed.Events[owner], e)
	return e.Ev
}

// logChat appends a chat event with the chat as it is now.
func (b *batch) logChat(owner, who ID, c *cachedChat) error {
	if _, err := b.head(owner); err != nil {
		return err
	}
	chat, err := b.wholeChat(owner, who, c)
	if err != nil {
		return err
	}
	b.log(owner, record.LogEntry{Kind: record.LogChat, Who: who, Chat: c.Line()}, Event{Kind: KindChat, Who: who, Chat: chat})
	return nil
}

// wholeChat gives the whole Chat, with draft and last message.
func (b *batch) wholeChat(owner, who ID, c *cachedChat) (*Chat, error) {
	chat := c.Model(owner, who)
	if c.Last != 0 && (c.last == nil || c.last.Seq != c.Last) {
		m, _, err := b.message(owner, who, c.Last)
		if err != nil {
			return nil, err
		}
		c.remember(m)
		chat.Last = m
	} else if c.Last != 0 {
		chat.Last = c.last
	}
	var err error
	chat.Draft, err = b.draft(owner, who, c)
	return chat, err
}

func (b *batch) draft(owner, who ID, c *cachedChat) (text string, err error) {
	if c.plain {
		return "", nil
	}
	_, err = record.Get(b, record.PairKey(record.PrefixDraft, owner, who), &text)
	c.plain = err == nil && text == ""
	return text, err
}

// remember keeps m at hand as the newest message, unless it is large.
func (c *cachedChat) remember(m *Message) {
	c.last = nil
	if m != nil && len(m.Content) <= 1024 {
		c.last = m
	}
}

// message gives owner's copy and its ev, or nil when there is none: also for
// one of a deleted chat that waits for the purge.
func (b *batch) message(owner, who ID, seq uint64) (*Message, uint64, error) {
	c, err := b.chat(owner, who)
	if err != nil || seq <= c.Floor {
		return nil, 0, err
	}
	return history.Message(b, owner, who, seq)
}
