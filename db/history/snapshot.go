package history

import (
	"duologue/db/kv"
	"duologue/db/model"
	"duologue/db/record"
)

// Snapshot is all of a person's state but the histories, at one moment: what
// the events after Ev go on from.
type Snapshot struct {
	Ev     uint64
	Me     model.Person
	People []model.Person // not removed, by id
	Chats  []model.Chat   // by the other's id
}

// ReadSnapshot reads owner's state.
func ReadSnapshot(view kv.View, owner model.ID) (out Snapshot, err error) {
	if out.Ev, err = Head(view, owner); err != nil {
		return out, err
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
		return out, err
	}
	err = record.Scan(view, record.OwnerKey(record.PrefixChat, owner), func(key, val []byte) error {
		var r record.Chat
		if err := record.Decode(val, &r); err != nil || r.Deleted {
			return err
		}
		c, err := wholeChat(view, owner, record.LastID(key), &r)
		if err == nil {
			out.Chats = append(out.Chats, *c)
		}
		return err
	})
	return out, err
}

// ReadChat reads owner's chat with who; nil when there is none.
func ReadChat(view kv.View, owner, who model.ID) (*model.Chat, error) {
	r, err := Chat(view, owner, who)
	if err != nil || r == nil {
		return nil, err
	}
	return wholeChat(view, owner, who, r)
}

// wholeChat joins a chat's record with its draft and newest message.
func wholeChat(view kv.View, owner, who model.ID, r *record.Chat) (*model.Chat, error) {
	c := r.Model(owner, who)
	if r.Last != 0 {
		m, _, err := Message(view, owner, who, r.Last)
		if err != nil {
			return nil, err
		}
		c.Last = m
	}
	_, err := record.Get(view, record.PairKey(record.PrefixDraft, owner, who), &c.Draft)
	return c, err
}
