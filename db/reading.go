package db

import (
	"context"

	"duologue/db/errs"
	"duologue/db/history"
	"duologue/db/kv"
)

// What reading asks for and finds, see history.
type (
	Range    = history.Range
	Hit      = history.Hit
	Snapshot = history.Snapshot
)

// MaxPage is the most messages that one page of a history holds.
const MaxPage = history.MaxPage

// History is history.Page of what is stored.
func (s *Store) History(owner, who ID, r Range) (page []Message, more bool, err error) {
	err = s.view(func(view kv.View) error {
		page, more, err = history.Page(view, owner, who, r)
		return err
	})
	return page, more, errs.Unexpected(err)
}

// Search is history.Search in what is stored; Unavailable when ctx ends first.
func (s *Store) Search(ctx context.Context, owner ID, query string, who ID, cursor string, limit int) (hits []Hit, next string, err error) {
	err = s.viewUntil(ctx, func(view kv.View) error {
		hits, next, err = history.Search(ctx, view, owner, query, who, cursor, limit)
		return err
	})
	switch {
	case err == nil:
		return hits, next, nil
	case ctx.Err() != nil:
		err = errs.Wrap(Unavailable, "cancelled", err)
	}
	return nil, "", errs.Unexpected(err)
}

// Head tells how far owner's log goes, and its floor: events up to there are
// no longer kept, so that a client which is not beyond it has to start anew.
func (s *Store) Head(owner ID) (head, floor uint64, err error) {
	err = s.view(func(view kv.View) error {
		if head, err = history.Head(view, owner); err != nil || head == 0 {
			return err
		}
		floor, err = history.Floor(view, owner)
		return err
	})
	return head, floor, errs.Unexpected(err)
}

// Events is history.Events of what is stored.
func (s *Store) Events(owner ID, since uint64, limit int) (out []Event, err error) {
	err = s.view(func(view kv.View) error {
		out, err = history.Events(view, owner, since, limit, s.people.Get)
		return err
	})
	return out, errs.Unexpected(err)
}

// Snapshot reads all of owner's state but the histories, at one moment.
func (s *Store) Snapshot(owner ID) (out Snapshot, err error) {
	err = s.view(func(view kv.View) error {
		out, err = history.ReadSnapshot(view, owner)
		return err
	})
	return out, errs.Unexpected(err)
}

// Chat reads owner's chat with who; NotFound when there is none.
func (s *Store) Chat(owner, who ID) (Chat, error) {
	var c *Chat
	err := s.view(func(view kv.View) (err error) {
		if c, err = history.ReadChat(view, owner, who); err == nil && c == nil {
			err = Errorf(NotFound, "there is no such chat")
		}
		return err
	})
	if err != nil {
		return Chat{}, errs.Unexpected(err)
	}
	return *c, nil
}
