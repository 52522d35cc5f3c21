package db

import (
	"context"
	"time"

	"duologue/db/errs"
	"duologue/db/sessions"
)

// MakeLink makes a text that signs a person in once, for ttl; expires, in
// milliseconds since the epoch, says when that is over. With by, the id of the
// person's own session that asks for it, it also ends with that session.
func (s *Store) MakeLink(ctx context.Context, person ID, by string, ttl time.Duration) (link string, expires int64, err error) {
	expires = s.opts.Now().Add(ttl).UnixMilli()
	err = s.doUnsaved(ctx, func(b *batch) error {
		if p, ok := b.person(person); person != 1 && (!ok || p.Removed) {
			return Errorf(NotFound, "there is no such person")
		}
		link, err = b.sessions.MakeLink(person, by, expires)
		return err
	})
	return link, expires, errs.Unexpected(err)
}

// MakeStartToken makes the text of the ready line: it makes the owner, or
// signs the owner in, once.
func (s *Store) MakeStartToken(ctx context.Context, ttl time.Duration) (string, error) {
	token, _, err := s.MakeLink(ctx, 1, "", ttl)
	return token, err
}

// SignInByLink spends a link or a start token; Unauthorized when it is not
// good, whatever the cause.
func (s *Store) SignInByLink(ctx context.Context, link, device string) (p Person, secret string, err error) {
	id, _, ok := sessions.ParseSecret(link)
	if !ok {
		return p, "", sessions.ErrSignIn
	}
	err = s.doUnsaved(ctx, func(b *batch) error {
		if p, ok = b.person(id); !ok || p.Removed {
			return sessions.ErrSignIn
		}
		spend, err := b.sessions.CheckLink(id, link)
		if err != nil {
			return err
		}
		spend()
		secret, err = b.sessions.Start(id, device)
		return err
	})
	return p, secret, errs.Unexpected(err)
}
