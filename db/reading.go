package db

import (
	"context"

	"duologue/db/errs"
	"duologue/db/kv"
)

// History reads a page of owner's copy, ascending by seq, and whether there is
// more in the direction asked (for Around and At: in either). Without a chat it is empty.
func (s *Store) History(owner, who ID, r Range) (page []Message, more bool, err error) {
	err = s.view(func(view kv.View) error {
		page, more, err = pageOf(view, owner, who, r)
		return err
	})
	return page, more, internal(err)
}

// Search looks for query in owner's own copies, newest first, in the chat with
// who or in all when who is 0: as a part of the folded text, in any script.
// It answers at most limit hits and a cursor for the next call, which is empty
// when everything was looked at; a call may answer no hit and a cursor.
// Invalid for a blank query or a cursor that no call gave.
func (s *Store) Search(ctx context.Context, owner ID, query string, who ID, cursor string, limit int) (hits []Hit, next string, err error) {
	err = s.viewUntil(ctx, func(view kv.View) error {
		hits, next, err = search(ctx, view, owner, query, who, cursor, limit)
		return err
	})
	switch {
	case err == nil:
		return hits, next, nil
	case ctx.Err() != nil:
		err = errs.Wrap(Unavailable, "cancelled", err)
	}
	return nil, "", internal(err)
}

// Head tells how far owner's log goes, and its floor: events up to there are
// no longer kept, so that a client which is not beyond it has to start anew.
func (s *Store) Head(owner ID) (head, floor uint64, err error) {
	err = s.view(func(view kv.View) error {
		if head, err = headOf(view, owner); err != nil || head == 0 {
			return err
		}
		floor, err = floorOf(view, owner)
		return err
	})
	return head, floor, internal(err)
}

// Events reads up to limit of owner's events after since, contiguous from
// since+1, with the texts as they are now: what was deleted meanwhile is told
// as removed, what was taken back has no text. Gone when since is below the
// floor, which may have risen since it was asked for.
func (s *Store) Events(owner ID, since uint64, limit int) (out []Event, err error) {
	err = s.view(func(view kv.View) error {
		out, err = eventsOf(view, owner, since, limit, s.people.get)
		return err
	})
	return out, internal(err)
}
