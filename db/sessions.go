package db

import (
	"context"
	"slices"
	"time"

	"duologue/db/commit"
	"duologue/db/errs"
	"duologue/db/kv"
	"duologue/db/sessions"
)

var errSession = Errorf(Unauthorized, "please sign in")

// Authenticate finds the session of a secret, or answers Unauthorized.
func (s *Store) Authenticate(secret string) (Person, Session, error) {
	id, _, ok := sessions.ParseSecret(secret)
	person, known := s.people.Get(id)
	if !ok || !known || person.Removed {
		return Person{}, Session{}, errSession
	}
	now := s.opts.Now()
	var d Session
	found, reader := false, s.sessions.Reader()
	err := s.view(func(view kv.View) (err error) {
		d, found, err = reader.Find(view, secret, now)
		return err
	})
	switch {
	case err != nil:
		return Person{}, Session{}, errs.Unexpected(err)
	case !found:
		return Person{}, Session{}, errSession
	case now.Sub(time.UnixMilli(d.Seen)) > time.Hour:
		s.touchSession(secret, now.UnixMilli())
	}
	s.sessions.Use(d.ID, now)
	return person, d, nil
}

// touchSession notes that a session is in use; nobody waits for it.
func (s *Store) touchSession(secret string, now int64) {
	s.committer.Offer(&commit.Func[*batch]{Bytes: 256, Refuse: (*batch).refusal, Change: func(b *batch) error {
		return b.sessions.Touch(secret, now)
	}})
}

// Sessions lists a person's devices, the latest used first.
func (s *Store) Sessions(person ID) (out []Session, err error) {
	reader := s.sessions.Reader()
	err = s.view(func(view kv.View) error {
		out, err = reader.List(view, person, s.opts.Now())
		return err
	})
	return out, errs.Unexpected(err)
}

// Lives reports whether a session that was authenticated has not ended since.
func (s *Store) Lives(person ID, d Session) (bool, error) {
	all, err := s.Sessions(person)
	return slices.ContainsFunc(all, func(o Session) bool { return o.ID == d.ID }), err
}

// EndSession signs one device of a person out. NotFound when the person has
// no such session.
func (s *Store) EndSession(ctx context.Context, person ID, id string) error {
	return errs.Unexpected(s.doUnsaved(ctx, func(b *batch) error {
		n, err := b.sessions.End(person, func(sid string) bool { return sid == id })
		if err == nil && n == 0 {
			err = Errorf(NotFound, "there is no such session")
		}
		return err
	}))
}

// SignIn makes a session for a person whose password the caller has checked
// against the encoded hash. Unauthorized when the person has another by now:
// a new password also ends the sign-ins that are under way.
func (s *Store) SignIn(ctx context.Context, id ID, hash, device string) (secret string, err error) {
	err = s.doUnsaved(ctx, func(b *batch) error {
		if p, ok := b.person(id); !ok || p.Removed || p.Password != hash {
			return sessions.ErrSignIn
		}
		secret, err = b.sessions.Start(id, device)
		return err
	})
	return secret, errs.Unexpected(err)
}

// SetUp makes the owner, once for ever: Gone afterwards, Unauthorized for a
// token that is not the start token.
func (s *Store) SetUp(ctx context.Context, token, name, device string) (p Person, secret string, err error) {
	err = s.do(ctx, 1024, func(b *batch) error {
		if _, ok := b.person(1); ok {
			return Errorf(Gone, "this host has its owner")
		}
		spend, err := b.sessions.CheckLink(1, token)
		if err != nil {
			return err
		}
		if p, err = b.addPerson(name, ""); err != nil {
			return err
		}
		spend()
		secret, err = b.sessions.Start(p.ID, device)
		return err
	})
	return p, secret, errs.Unexpected(err)
}

// Join makes a new member: Forbidden for a wrong code or before the setup,
// Conflict for a name that is taken, StorageFull because of ErrMembers when
// there are too many. password is an encoded hash or empty.
func (s *Store) Join(ctx context.Context, code, name, password, device string) (p Person, secret string, err error) {
	err = s.do(ctx, 1024+s.tellingSize(), func(b *batch) error {
		if err = s.CheckJoinCode(code); err != nil {
			return err
		}
		if p, err = b.addPerson(name, password); err != nil {
			return err
		}
		secret, err = b.sessions.Start(p.ID, device)
		return err
	})
	return p, secret, errs.Unexpected(err)
}
