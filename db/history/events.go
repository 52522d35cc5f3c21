package history

import (
	"duologue/db/errs"
	"duologue/db/kv"
	"duologue/db/model"
	"duologue/db/record"
)

// Head is the last ev in the store: the greatest key of the log.
func Head(view kv.View, owner model.ID) (head uint64, err error) {
	err = view.Scan(record.OwnerKey(record.PrefixEvent, owner), nil, true, func(key, _ []byte) (bool, error) {
		head = record.LastNumber(key)
		return false, nil
	})
	return head, err
}

// Floor is the ev before the first that is kept.
func Floor(view kv.View, owner model.ID) (floor uint64, err error) {
	err = view.Scan(record.OwnerKey(record.PrefixEvent, owner), nil, false, func(key, val []byte) (bool, error) {
		var run []record.LogEntry
		err := record.Decode(val, &run)
		floor = record.LastNumber(key) - uint64(len(run))
		return false, err
	})
	return floor, err
}

// Entries calls f with owner's events after since, as they are kept, until it
// answers false. It reads what is in the store, not what a batch has yet to write.
func Entries(view kv.View, owner model.ID, since uint64, f func(ev uint64, l *record.LogEntry) bool) error {
	prefix := record.OwnerKey(record.PrefixEvent, owner)
	return view.Scan(prefix, record.EventKey(owner, since+1), false, func(key, val []byte) (bool, error) {
		var run []record.LogEntry
		if err := record.Decode(val, &run); err != nil {
			return false, err
		}
		ev := record.LastNumber(key) - uint64(len(run))
		for i := range run {
			if ev++; ev > since && !f(ev, &run[i]) {
				return false, nil
			}
		}
		return true, nil
	})
}

// Events reads up to limit of owner's events after since, contiguous from
// since+1, with the texts as they are now: what was deleted meanwhile is told
// as removed, what was taken back has no text. Gone when since is below the
// floor, which may have risen since it was asked for. person finds
// people by id, removed ones too.
func Events(view kv.View, owner model.ID, since uint64, limit int, person func(model.ID) (model.Person, bool)) (out []model.Event, err error) {
	type at struct {
		ev uint64
		l  record.LogEntry
	}
	var part []at
	err = Entries(view, owner, since, func(ev uint64, l *record.LogEntry) bool {
		part = append(part, at{ev, *l})
		return len(part) < limit
	})
	if err != nil {
		return nil, err
	}
	if len(part) > 0 && part[0].ev != since+1 {
		return nil, errs.Errorf(errs.Gone, "these events are no longer kept")
	}
	r := replay{view: view, owner: owner, person: person, chats: map[model.ID]*record.Chat{}}
	out = make([]model.Event, 0, len(part))
	for _, p := range part {
		e, err := r.event(&p.l)
		if err != nil {
			return nil, err
		}
		e.Ev = p.ev
		out = append(out, e)
	}
	return out, nil
}

// replay joins kept events with what the store holds now.
type replay struct {
	view   kv.View
	owner  model.ID
	person func(model.ID) (model.Person, bool)
	chats  map[model.ID]*record.Chat
}

func (r *replay) event(l *record.LogEntry) (model.Event, error) {
	e := model.Event{Who: l.Who, Seq: l.Seq}
	switch l.Kind {
	case record.LogSent, record.LogReceived, record.LogChanged:
		m, err := r.message(l)
		if err != nil {
			return e, err
		}
		switch {
		case m == nil:
			e.Kind = model.KindRemoved
		case l.Kind == record.LogChanged:
			e.Kind, e.Message = model.KindChanged, m
		default:
			e.Kind, e.Message, e.Chat = model.KindMessage, m, l.Chat.Model(r.owner, l.Who)
			_, err = record.Get(r.view, record.PairKey(record.PrefixDraft, r.owner, l.Who), &e.Chat.Draft)
		}
		return e, err
	case record.LogRemoved:
		e.Kind = model.KindRemoved
	case record.LogChatDeleted:
		e.Kind = model.KindChatDeleted
	case record.LogChat:
		c, err := r.chat(l.Who)
		if err != nil {
			return e, err
		}
		if c == nil || c.ID != l.Chat.ID { // deleted since
			e.Kind = model.KindChatDeleted
			return e, nil
		}
		e.Kind, e.Chat = model.KindChat, l.Chat.Model(r.owner, l.Who)
		if c.Last != 0 {
			if e.Chat.Last, _, err = Message(r.view, r.owner, l.Who, c.Last); err != nil {
				return e, err
			}
		}
		_, err = record.Get(r.view, record.PairKey(record.PrefixDraft, r.owner, l.Who), &e.Chat.Draft)
		return e, err
	case record.LogPerson, record.LogPersonRemoved:
		p, ok := r.person(l.Who)
		if ok && !p.Removed {
			e.Kind, e.Person = model.KindPerson, &p
		} else {
			e.Kind = model.KindPersonRemoved
		}
	default:
		return e, record.ErrUnreadable
	}
	return e, nil
}

// message gives the copy that l is about, or nil when it is deleted.
func (r *replay) message(l *record.LogEntry) (*model.Message, error) {
	c, err := r.chat(l.Who)
	if err != nil || c == nil || l.Seq <= c.Floor {
		return nil, err
	}
	m, _, err := Message(r.view, r.owner, l.Who, l.Seq)
	return m, err
}

// chat gives the owner's chat, or nil when there is none to be seen.
func (r *replay) chat(who model.ID) (*record.Chat, error) {
	c, ok := r.chats[who]
	if ok {
		return c, nil
	}
	c, err := Chat(r.view, r.owner, who)
	if err == nil {
		r.chats[who] = c
	}
	return c, err
}
