package apptest

import (
	"cmp"
	"fmt"
	"slices"
)

// State is what a client holds: a snapshot and the events since. It is a
// second, small client beside the page's own, fed with the same frames.
type State struct {
	Ev     int
	Me     int
	People map[int]User
	Chats  map[int]Chat
}

// NewState starts from a snapshot.
func NewState(s Sync) *State {
	st := &State{Ev: s.Ev, Me: s.Me.ID, People: map[int]User{}, Chats: map[int]Chat{}}
	for _, u := range s.People {
		st.People[u.ID] = u
	}
	for _, c := range s.Chats {
		st.Chats[c.Who] = c
	}
	return st
}

// Apply takes one frame; what is no event changes nothing. An event that is
// not the next one is an error, one that was seen before is not.
func (s *State) Apply(f Frame) error {
	if f.Type != "event" {
		return nil
	}
	if f.Ev > s.Ev+1 {
		return fmt.Errorf("event %d after %d", f.Ev, s.Ev)
	}
	s.Ev = max(s.Ev, f.Ev)
	switch f.Kind {
	case "message":
		c := *f.Chat
		c.Last = s.Chats[f.Who].Last
		if m := f.Message(); c.Last == nil || m.Seq > c.Last.Seq {
			c.Last = m
		}
		s.Chats[f.Who] = c
	case "changed":
		m := f.Message()
		if c, ok := s.Chats[f.Who]; ok && c.Last != nil && c.Last.Seq == m.Seq {
			c.Last = m
			s.Chats[f.Who] = c
		}
	case "removed": // a chat event follows
	case "chat":
		s.Chats[f.Chat.Who] = *f.Chat
	case "chat-deleted":
		delete(s.Chats, f.Who)
	case "person":
		u := *f.User()
		s.People[u.ID] = u
		if c, ok := s.Chats[u.ID]; ok {
			c.Name = u.Name
			s.Chats[u.ID] = c
		}
	case "person-removed":
		delete(s.People, f.ID)
	default:
		return fmt.Errorf("unknown event %s", f.Raw)
	}
	return nil
}

// Sync draws the state as a snapshot, for comparing: what changes without an
// event (presence, clocks) is left out.
func (s *State) Sync() Sync {
	out := Sync{Ev: s.Ev, Me: User{ID: s.Me}, People: []User{}, Chats: []Chat{}}
	for _, u := range s.People {
		out.People = append(out.People, u)
	}
	for _, c := range s.Chats {
		out.Chats = append(out.Chats, c)
	}
	return Plain(out)
}

// Plain leaves out of a snapshot what changes without an event.
func Plain(s Sync) Sync {
	s.Epoch, s.Now, s.Me = "", 0, User{ID: s.Me.ID}
	s.People = slices.Clone(s.People)
	for i := range s.People {
		s.People[i].Online, s.People[i].Seen = false, 0
	}
	slices.SortFunc(s.People, func(a, b User) int { return cmp.Compare(a.ID, b.ID) })
	s.Chats = slices.Clone(s.Chats)
	slices.SortFunc(s.Chats, func(a, b Chat) int { return cmp.Compare(a.Who, b.Who) })
	return s
}
