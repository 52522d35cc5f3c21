package db

import (
	"context"
	"unicode/utf8"

	"duologue/db/errs"
	"duologue/db/record"
)

// OpenChat finds or makes owner's chat with who and reports whether it was
// made. NotFound when there is no such person, Gone when the person was
// removed and no chat is left.
func (s *Store) OpenChat(ctx context.Context, owner, who ID) (Chat, bool, error) {
	var chat *Chat
	made := false
	find := func(b *batch) error {
		c, err := b.live(owner, who)
		if err == nil && c != nil {
			chat, err = b.wholeChat(owner, who, c)
		}
		return err
	}
	err := s.do(ctx, 512, func(b *batch) error {
		chat, made = nil, false
		if err := find(b); err != nil || chat != nil {
			return err
		}
		if _, _, err := b.senderAndReceiver(owner, who); err != nil {
			return err
		}
		c, err := b.chat(owner, who)
		if err != nil {
			return err
		}
		b.revive(owner, who, c)
		made = true
		return errs.First(b.logChat(owner, who, c), find(b))
	})
	if CodeOf(err) == StorageFull || CodeOf(err) == Unavailable { // an existing one can be had nonetheless
		if c, e := s.Chat(owner, who); e == nil {
			return c, false, nil
		}
	}
	if err != nil {
		return Chat{}, false, errs.Unexpected(err)
	}
	return *chat, made, nil
}

// ChatChange is what owner may set in a chat; nil leaves a field as it is.
type ChatChange struct {
	Draft                 *string
	Pinned, Muted, Marked *bool
}

// ChangeChat sets fields of owner's own side. NotFound without that chat,
// TooBig for a draft over MaxContent, Invalid for one that is not UTF-8.
func (s *Store) ChangeChat(ctx context.Context, owner, who ID, change ChatChange) (Chat, error) {
	var chat *Chat
	size := 512
	if change.Draft != nil {
		switch {
		case len(*change.Draft) > MaxContent:
			return Chat{}, Errorf(TooBig, "draft: at most %d bytes", MaxContent)
		case !utf8.ValidString(*change.Draft):
			return Chat{}, Errorf(Invalid, "draft: not UTF-8")
		}
		size += len(*change.Draft)
	}
	err := s.do(ctx, size, func(b *batch) error {
		c, err := b.live(owner, who)
		if err != nil {
			return err
		}
		if c == nil {
			return Errorf(NotFound, "there is no such chat")
		}
		if chat, err = b.wholeChat(owner, who, c); err != nil {
			return err
		}
		moved := false
		if change.Draft != nil && *change.Draft != chat.Draft {
			moved = true
			b.setDraft(owner, who, c, *change.Draft)
		}
		for _, f := range []struct {
			to *bool
			in *bool
		}{{change.Pinned, &c.Pinned}, {change.Muted, &c.Muted}, {change.Marked, &c.Marked}} {
			if f.to != nil && *f.to != *f.in {
				moved = true
				*f.in = *f.to
			}
		}
		if !moved {
			return nil
		}
		b.touch(owner, who, c)
		if err := b.logChat(owner, who, c); err != nil {
			return err
		}
		chat, err = b.wholeChat(owner, who, c)
		return err
	})
	if err != nil {
		return Chat{}, errs.Unexpected(err)
	}
	return *chat, nil
}

func (b *batch) setDraft(owner, who ID, c *cachedChat, text string) {
	c.plain = text == ""
	key := record.PairKey(record.PrefixDraft, owner, who)
	if text == "" {
		b.Delete(key)
		return
	}
	b.Set(key, record.Encode(text))
}

// DeleteChat deletes owner's chat with who and owner's copies of its
// messages, never the other side's. It answers as soon as the chat is marked;
// the copies, which nothing shows any more, go in the background. Deleting
// what is gone is no error.
func (s *Store) DeleteChat(ctx context.Context, owner, who ID) error {
	err := s.doFreeing(ctx, 512, func(b *batch) error {
		c, err := b.live(owner, who)
		if err != nil || c == nil {
			return err
		}
		top, err := b.top(PairOf(owner, who))
		if err != nil {
			return err
		}
		if _, err := b.head(owner); err != nil {
			return err
		}
		c.Chat = record.Chat{ID: c.ID, Created: c.Created, Date: c.Date, Read: c.Read,
			PeerGot: c.PeerGot, PeerRead: c.PeerRead, Floor: top, Deleted: true}
		c.last = nil
		b.touch(owner, who, c)
		b.setDraft(owner, who, c, "")
		b.Set(record.PairKey(record.PrefixPurge, owner, who), record.Encode(top))
		b.log(owner, record.LogEntry{Kind: record.LogChatDeleted, Who: who}, Event{Kind: KindChatDeleted, Who: who})
		b.After(s.wakePurge)
		return nil
	})
	return errs.Unexpected(err)
}
