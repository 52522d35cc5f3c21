package db

import (
	"context"
	"time"

	"duologue/db/commit"
	"duologue/db/errs"
	"duologue/db/files"
	"duologue/db/history"
	"duologue/db/record"
)

// Edit changes the text of owner's own message on both sides, within the edit
// window. NotFound for a message that owner does not have, Forbidden for the
// other side's, Invalid when it is too late, was recalled or the text is bad.
func (s *Store) Edit(ctx context.Context, owner, who ID, seq uint64, content string) (Message, error) {
	if err := checkContent(content, true); err != nil {
		return Message{}, err
	}
	return s.change(ctx, s.do, 2*len(content), owner, who, seq, func(b *batch, m *Message) error {
		switch {
		case m.Recalled:
			return Errorf(Invalid, "seq: this message was taken back")
		case m.Content == content:
			return nil
		}
		if err := checkContent(content, len(m.Files) > 0); err != nil {
			return err
		}
		if err := b.inTime(m, s.opts.EditWindow); err != nil {
			return err
		}
		m.Content, m.Edited = content, b.Now()
		return b.rewrite(owner, who, m)
	})
}

// Recall takes owner's own message back from both sides, within the recall
// window, also out of the answers that quote it; errors as for Edit. A message
// that was taken back already is answered as it is.
func (s *Store) Recall(ctx context.Context, owner, who ID, seq uint64) (m Message, err error) {
	// The answers come first: they may be too many for one transaction, and
	// what was only half done then is a message that nobody quotes.
	for more := true; more && err == nil; {
		m, err = s.change(ctx, s.doFreeing, 0, owner, who, seq, func(b *batch, m *Message) (err error) {
			if more = false; m.Recalled {
				return nil
			}
			if err := b.inTime(m, s.opts.RecallWindow); err != nil {
				return err
			}
			if more, err = b.unquote(owner, who, seq); more || err != nil {
				return err
			}
			m.Content, m.Reply, m.Edited, m.Recalled, m.Files = "", nil, 0, true, nil
			return b.rewrite(owner, who, m)
		})
	}
	return m, err
}

// change calls f with owner's own message, in an op of do's.
func (s *Store) change(ctx context.Context, do func(context.Context, int, func(*batch) error) error, size int,
	owner, who ID, seq uint64, f func(*batch, *Message) error) (Message, error) {
	var out Message
	err := do(ctx, size+1024, func(b *batch) error {
		m, _, err := b.message(owner, who, seq)
		switch {
		case err != nil:
			return err
		case m == nil:
			return Errorf(NotFound, "there is no such message")
		case m.User != owner:
			return Errorf(Forbidden, "this message is not your own")
		}
		err = f(b, m)
		out = *m
		return err
	})
	if err != nil {
		return Message{}, errs.Unexpected(err)
	}
	return out, nil
}

func (b *batch) inTime(m *Message, window time.Duration) error {
	if b.Now()-m.Date > window.Milliseconds() {
		return Errorf(Invalid, "seq: too late, this was possible for %v", window)
	}
	return nil
}

// rewrite puts m in place of both copies, as far as they are there.
func (b *batch) rewrite(owner, who ID, m *Message) error {
	return b.bothSides(owner, who, func(owner, who ID, c *cachedChat) error {
		old, ev, err := b.message(owner, who, m.Seq)
		if err != nil || old == nil {
			return err
		}
		own := *m // each side has its files as it keeps them
		if own.Files = old.Files; m.Recalled {
			own.Files = nil
			if err := b.s.files.Detach(b, owner, who, m.Seq, old.Files); err != nil {
				return err
			}
		}
		return b.replace(owner, who, c, &own, ev)
	})
}

// bothSides calls f with each side that is there.
func (b *batch) bothSides(owner, who ID, f func(owner, who ID, c *cachedChat) error) error {
	c, err := b.live(owner, who)
	if err == nil && c != nil {
		err = f(owner, who, c)
	}
	if err != nil || owner == who {
		return err
	}
	if c, err = b.live(who, owner); err == nil && c != nil {
		err = f(who, owner, c)
	}
	return err
}

// replace stores and tells a changed copy; a chat whose newest message it is
// is told as well.
func (b *batch) replace(owner, who ID, c *cachedChat, m *Message, ev uint64) error {
	if _, err := b.head(owner); err != nil {
		return err
	}
	b.Set(record.MessageKey(owner, who, m.Seq), record.CopyValue(ev, record.EncodeMessage(m)))
	b.log(owner, record.LogEntry{Kind: record.LogChanged, Who: who, Seq: m.Seq},
		Event{Kind: KindChanged, Who: who, Seq: m.Seq, Message: m})
	if c.Last != m.Seq {
		return nil
	}
	c.remember(m)
	return b.logChat(owner, who, c)
}

// unquote takes the text of the message at seq out of the later ones that
// quote it, on both sides, also where the message itself is deleted. more
// tells that some are left, because a transaction holds only so much.
func (b *batch) unquote(owner, who ID, seq uint64) (more bool, err error) {
	room := commit.MaxBytes / 2
	err = b.bothSides(owner, who, func(owner, who ID, c *cachedChat) error {
		found, err := b.quoting(owner, who, c, seq, &room)
		for _, q := range found {
			q.Reply = &Quote{Seq: q.Reply.Seq, User: q.Reply.User}
			err = errs.First(err, b.replace(owner, who, c, q.Message, q.Ev))
		}
		return err
	})
	return room <= 0, err
}

// quoting finds the copies above seq that hold a text of seq, until there is
// no more room.
func (b *batch) quoting(owner, who ID, c *cachedChat, seq uint64, room *int) (found []history.Arrived, err error) {
	err = history.CopiesOf(b, &c.Chat, owner, who).Up(seq+1, func(at uint64, val []byte) (bool, error) {
		m, ev, err := record.DecodeCopy(at, val)
		if err == nil && m.Reply != nil && m.Reply.Seq == seq && m.Reply.Content != "" {
			found = append(found, history.Arrived{Message: m, Ev: ev})
			*room -= len(val) + 512
		}
		return *room > 0, err
	})
	return found, err
}

// Remove deletes owner's copy of one message, never the other side's.
// Removing what is gone is no error.
func (s *Store) Remove(ctx context.Context, owner, who ID, seq uint64) error {
	err := s.doFreeing(ctx, 512, func(b *batch) error {
		c, err := b.live(owner, who)
		if err != nil || c == nil {
			return err
		}
		m, _, err := b.message(owner, who, seq)
		if err != nil || m == nil {
			return err
		}
		if _, err := b.head(owner); err != nil {
			return err
		}
		before, err := b.newestBelow(owner, who, c, seq)
		if err != nil {
			return err
		}
		b.Delete(record.MessageKey(owner, who, seq))
		if err := b.s.files.Detach(b, owner, who, seq, m.Files); err != nil {
			return err
		}
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
		b.log(owner, record.LogEntry{Kind: record.LogRemoved, Who: who, Seq: seq}, Event{Kind: KindRemoved, Who: who, Seq: seq})
		return b.logChat(owner, who, c)
	})
	return errs.Unexpected(err)
}

// newestBelow gives the message that becomes the newest of a copy when seq,
// the newest, is removed; nil when none is left or seq is not the newest.
func (b *batch) newestBelow(owner, who ID, c *cachedChat, seq uint64) (m *Message, err error) {
	if seq != c.Last {
		return nil, nil
	}
	err = history.CopiesOf(b, &c.Chat, owner, who).Down(seq-1, func(seq uint64, val []byte) (bool, error) {
		m, _, err = record.DecodeCopy(seq, val)
		return false, err
	})
	return m, err
}

// MarkGone implements files.Batch.
func (b *batch) MarkGone(owner, who ID, seq uint64, id string) (int, error) {
	m, ev, err := b.message(owner, who, seq)
	if err != nil || m == nil {
		return 0, err
	}
	changed := false
	for i := range m.Files {
		if f := &m.Files[i]; f.ID == id && !f.Gone {
			f.Gone, changed = true, true
		}
	}
	if !changed {
		return 0, nil
	}
	c, err := b.chat(owner, who)
	if err != nil {
		return 0, err
	}
	return len(m.Content) + len(m.Files)*files.Weight/2 + 512, b.replace(owner, who, c, m, ev)
}
