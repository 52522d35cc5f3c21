package db

import (
	"duologue/db/errs"
	"duologue/db/history"
	"duologue/db/kv"
	"duologue/db/record"
)

// Snapshot is all of a person's state but the histories, at one moment: what
// the events after Ev go on from.
type Snapshot struct {
	Ev     uint64
	Me     Person
	People []Person // not removed, by id
	Chats  []Chat   // by the other's id
}

// Snapshot reads owner's state.
func (s *Store) Snapshot(owner ID) (Snapshot, error) {
	var out Snapshot
	err := s.view(func(view kv.View) (err error) {
		if out.Ev, err = history.Head(view, owner); err != nil {
			return err
		}
		err = record.Scan(view, []byte{record.PrefixPerson}, func(key, val []byte) error {
			var r record.Person
			err := record.Decode(val, &r)
			p := r.Model(record.LastID(key))
			if p.ID == owner {
				out.Me = p
			}
			if !r.Removed {
				out.People = append(out.People, p)
			}
			return err
		})
		if err != nil {
			return err
		}
		return record.Scan(view, record.OwnerKey(record.PrefixChat, owner), func(key, val []byte) error {
			var r record.Chat
			if err := record.Decode(val, &r); err != nil || r.Deleted {
				return err
			}
			c, err := readChat(view, owner, record.LastID(key), &r)
			if err == nil {
				out.Chats = append(out.Chats, *c)
			}
			return err
		})
	})
	return out, errs.Unexpected(err)
}

// Chat reads owner's chat with who; NotFound when there is none.
func (s *Store) Chat(owner, who ID) (Chat, error) {
	var out *Chat
	err := s.view(func(view kv.View) error {
		r, err := history.Chat(view, owner, who)
		if err != nil {
			return err
		}
		if r == nil {
			return Errorf(NotFound, "there is no such chat")
		}
		out, err = readChat(view, owner, who, r)
		return err
	})
	if err != nil {
		return Chat{}, errs.Unexpected(err)
	}
	return *out, nil
}

// readChat joins a chat's record with its draft and newest message.
func readChat(view kv.View, owner, who ID, r *record.Chat) (*Chat, error) {
	c := r.Model(owner, who)
	if r.Last != 0 {
		m, _, err := history.Message(view, owner, who, r.Last)
		if err != nil {
			return nil, err
		}
		c.Last = m
	}
	_, err := record.Get(view, record.PairKey(record.PrefixDraft, owner, who), &c.Draft)
	return c, err
}
