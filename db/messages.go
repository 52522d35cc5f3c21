package db

import (
	"context"
	"time"

	"github.com/dgraph-io/badger/v4"
)

// Edit changes the text of owner's own message on both sides, within the edit
// window. NotFound for a message that owner does not have, Forbidden for the
// other side's, Invalid when it is too late, was recalled or the text is bad.
func (s *Store) Edit(ctx context.Context, owner, who ID, seq uint64, content string) (Message, error) {
	if err := checkContent(content); err != nil {
		return Message{}, err
	}
	return s.change(ctx, owner, who, seq, s.opts.EditWindow, 2*len(content), func(m *Message, now int64) (bool, error) {
		if m.Recalled {
			return false, Errorf(Invalid, "seq: this message was taken back")
		}
		if m.Content == content {
			return false, nil
		}
		m.Content, m.Edited = content, now
		return true, nil
	})
}

// Recall takes owner's own message back from both sides, within the recall
// window, also out of the answers that quote it; errors as for Edit. A message
// that was taken back already is answered as it is.
func (s *Store) Recall(ctx context.Context, owner, who ID, seq uint64) (Message, error) {
	return s.change(ctx, owner, who, seq, s.opts.RecallWindow, 1024, func(m *Message, _ int64) (bool, error) {
		if m.Recalled {
			return false, nil
		}
		m.Content, m.Reply, m.Edited, m.Recalled = "", nil, 0, true
		return true, nil
	})
}

// change alters one's own message in both copies. alter tells whether it did.
func (s *Store) change(ctx context.Context, owner, who ID, seq uint64, window time.Duration, size int,
	alter func(*Message, int64) (bool, error)) (Message, error) {
	var out Message
	err := s.do(ctx, size+1024, func(b *batch) error {
		old, _, err := b.message(owner, who, seq)
		switch {
		case err != nil:
			return err
		case old == nil:
			return Errorf(NotFound, "there is no such message")
		case old.User != owner:
			return Errorf(Forbidden, "this message is not your own")
		}
		m := *old
		changed, err := alter(&m, b.now)
		if out = m; err != nil || !changed {
			return err
		}
		if b.now-old.Date > window.Milliseconds() {
			return Errorf(Invalid, "seq: too late, this was possible for %v", window)
		}
		return b.rewrite(owner, who, &m)
	})
	return out, internal(err)
}

// rewrite puts m in place of both copies, as far as they are there.
func (b *batch) rewrite(owner, who ID, m *Message) error {
	if err := b.rewriteCopy(owner, who, m); err != nil || owner == who {
		return err
	}
	return b.rewriteCopy(who, owner, m)
}

func (b *batch) rewriteCopy(owner, who ID, m *Message) error {
	old, ev, err := b.message(owner, who, m.Seq)
	if err != nil || old == nil {
		return err
	}
	c, err := b.live(owner, who)
	if err != nil || c == nil || m.Seq <= c.Floor {
		return err
	}
	if err := b.replace(owner, who, c, m, ev); err != nil || !m.Recalled {
		return err
	}
	return b.unquote(owner, who, c, m.Seq)
}

// replace stores and tells a changed copy; a chat whose newest message it is
// is told as well.
func (b *batch) replace(owner, who ID, c *cachedChat, m *Message, ev uint64) error {
	if _, err := b.head(owner); err != nil {
		return err
	}
	b.set(messageKey(owner, who, m.Seq), copyValue(ev, encodeMessage(m)))
	b.log(owner, logEntry{Kind: logChanged, Who: who, Seq: m.Seq},
		Event{Kind: KindChanged, Who: who, Seq: m.Seq, Message: m})
	if c.Last != m.Seq {
		return nil
	}
	c.remember(m)
	return b.logChat(owner, who, c)
}

// unquote takes the text of a recalled message out of the later ones that
// quote it, in owner's copy.
func (b *batch) unquote(owner, who ID, c *cachedChat, seq uint64) error {
	type quoting struct {
		m  *Message
		ev uint64
	}
	var found []quoting
	prefix := twoKey(prefixMessage, owner, who)
	err := func() error { // Badger allows one iterator at a time in a transaction that writes
		it := b.txn.NewIterator(badger.IteratorOptions{PrefetchValues: true, PrefetchSize: 100, Prefix: prefix})
		defer it.Close()
		for it.Seek(messageKey(owner, who, seq+1)); it.ValidForPrefix(prefix); it.Next() {
			err := it.Item().Value(func(val []byte) error {
				m, ev, err := decodeCopy(lastNumber(it.Item().Key()), val)
				if err == nil && m.Reply != nil && m.Reply.Seq == seq && m.Reply.Content != "" {
					found = append(found, quoting{m, ev})
				}
				return err
			})
			if err != nil {
				return err
			}
		}
		return nil
	}()
	for _, q := range found {
		q.m.Reply = &Quote{Seq: q.m.Reply.Seq, User: q.m.Reply.User}
		err = join(err, b.replace(owner, who, c, q.m, q.ev))
	}
	return err
}

// Remove deletes owner's copy of one message, never the other side's.
// Removing what is gone is no error.
func (s *Store) Remove(ctx context.Context, owner, who ID, seq uint64) error {
	err := s.do(ctx, 512, func(b *batch) error {
		c, err := b.live(owner, who)
		if err != nil || c == nil || seq <= c.Floor {
			return err
		}
		m, _, err := b.message(owner, who, seq)
		if err != nil || m == nil {
			return err
		}
		if _, err := b.head(owner); err != nil {
			return err
		}
		before, err := b.newestBelow(owner, who, c.Last, seq, c.Floor)
		if err != nil {
			return err
		}
		b.delete(messageKey(owner, who, seq))
		if m.User != owner && seq > c.Read {
			c.New--
		}
		if c.Last == seq {
			c.last, c.Last, c.Date = nil, 0, c.Created
			if before != nil {
				c.arrive(before)
			}
		}
		b.touch(owner, who, c)
		b.log(owner, logEntry{Kind: logRemoved, Who: who, Seq: seq}, Event{Kind: KindRemoved, Who: who, Seq: seq})
		return b.logChat(owner, who, c)
	})
	return internal(err)
}

// newestBelow gives the message that becomes the newest of a copy when seq,
// the newest, is removed; nil when none is left or seq is not the newest.
func (b *batch) newestBelow(owner, who ID, last, seq, floor uint64) (m *Message, err error) {
	if seq != last {
		return nil, nil
	}
	prefix := twoKey(prefixMessage, owner, who)
	it := b.txn.NewIterator(badger.IteratorOptions{Reverse: true, Prefix: prefix})
	defer it.Close()
	it.Seek(messageKey(owner, who, seq-1))
	if !it.ValidForPrefix(prefix) || lastNumber(it.Item().Key()) <= floor {
		return nil, nil
	}
	err = it.Item().Value(func(val []byte) error {
		m, _, err = decodeCopy(lastNumber(it.Item().Key()), val)
		return err
	})
	return m, err
}
