package db

import (
	"errors"
	"testing"
	"time"

	"duologue/db/commit"
	"duologue/db/record"
	"duologue/db/sessions"
)

// Signing in and out works while nothing can be written, once for each link,
// and is on the disk when there is room again.
func TestSignInOnAFullDisk(t *testing.T) {
	var end ended
	o, d := withDisk(t)
	o.Committed = end.committed
	s := openWith(t, o, 2)
	t.Cleanup(func() { d.free.Store(plenty) })
	had := sessionIDs(t, s, 2)
	stored, _, err := s.MakeLink(t.Context(), 2, "", time.Hour)
	check(t, err)
	d.free.Store(0)

	secret, err := s.SignIn(t.Context(), 2, "", "by password")
	check(t, err)
	sessionOf(t, s, secret)
	made, _, err := s.MakeLink(t.Context(), 2, "", time.Hour)
	check(t, err)
	_, _, err = s.MakeLink(t.Context(), 9, "", time.Hour)
	wantCode(t, err, NotFound)
	for _, link := range []string{stored, made} {
		errs := atOnce(20, func(int) error { return third(s.SignInByLink(t.Context(), link, "by link")) })
		if count(errs, "") != 1 || count(errs, Unauthorized) != 19 {
			t.Fatalf("%d sessions, %d refused", count(errs, ""), count(errs, Unauthorized))
		}
	}
	check(t, s.EndSession(t.Context(), 2, had[0]))
	if ids := sessionIDs(t, s, 2); len(ids) != 3 {
		t.Fatal(ids)
	}
	if gone := end.take(); len(gone) != 1 || gone[0] != had[0] {
		t.Fatal("ended: ", gone)
	}
	before := sessionIDs(t, s, 2)

	d.free.Store(plenty)
	within(t, "what was unsaved is written", func() bool { return s.sessions.Unsaved() == 0 })
	check(t, s.Close())
	s = open(t, o)
	sessionOf(t, s, secret)
	if after := sessionIDs(t, s, 2); len(after) != 3 || after[0] != before[0] || after[1] != before[1] || after[2] != before[2] {
		t.Fatal(after, before)
	}
	for _, link := range []string{stored, made} {
		wantCode(t, third(s.SignInByLink(t.Context(), link, "")), Unauthorized)
	}
}

// What is done at once while nothing can be written is taken back with it
// when one of all fails: the link that a sign-in spent is not spent twice.
func TestSignInBesideWhatFailsOnAFullDisk(t *testing.T) {
	var end ended
	o, d := withDisk(t)
	o.Committed = end.committed
	s := openWith(t, o, 2)
	t.Cleanup(func() { d.free.Store(plenty) })
	link, _, err := s.MakeLink(t.Context(), 2, "", time.Hour)
	check(t, err)
	had := sessionIDs(t, s, 2)
	d.free.Store(0)

	var errs []error
	fail := func(err error) { errs = append(errs, err) }
	tries := 0
	inTurn(s,
		&commit.Func[*batch]{Refuse: (*batch).refusalOfUnsaved, Then: fail, Change: func(b *batch) error {
			spend, err := b.sessions.CheckLink(2, link)
			if err == nil {
				spend()
				_, err = b.sessions.Start(2, "by link")
			}
			return err
		}},
		&commit.Func[*batch]{Refuse: (*batch).refusalOfUnsaved, Then: fail, Change: func(b *batch) error {
			_, err := b.sessions.End(2, func(id string) bool { return id == had[0] })
			return err
		}},
		&commit.Func[*batch]{Refuse: (*batch).refusalOfUnsaved, Then: fail, Change: func(b *batch) error {
			tries++
			if _, err := b.sessions.MakeLink(1, "", 1<<60); err != nil {
				return err
			}
			return errors.New("unreadable")
		}})
	if len(errs) != 3 || errs[0] != nil || errs[1] != nil || CodeOf(errs[2]) != Internal || tries != 2 {
		t.Fatal(errs, tries)
	}
	ids := sessionIDs(t, s, 2)
	if len(ids) != 1 || ids[0] == had[0] {
		t.Fatal("signed in: ", ids)
	}
	if gone := end.take(); len(gone) != 1 || gone[0] != had[0] {
		t.Fatal("ended: ", gone)
	}
	wantCode(t, third(s.SignInByLink(t.Context(), link, "")), Unauthorized)
	d.free.Store(plenty)
	check(t, s.settleDownWriting())
	if after := sessionIDs(t, s, 2); len(after) != 1 || after[0] != ids[0] || s.sessions.Unsaved() != 0 || countKeys(t, s, []byte{record.PrefixLink}) != 0 {
		t.Fatal(after, s.sessions.Unsaved())
	}
}

// What is unsaved while the disk is full has a bound.
func TestUnsavedSessionsAreBounded(t *testing.T) {
	o, d := withDisk(t)
	o.MaxSessions = 1 << 20
	s := openWith(t, o, 1)
	t.Cleanup(func() { d.free.Store(plenty) })
	d.free.Store(0)
	var err error
	for i := range sessions.MaxUnsaved {
		s.committer.Submit(&commit.Func[*batch]{Refuse: (*batch).refusalOfUnsaved, Change: func(b *batch) error {
			_, err := b.sessions.Start(ID(i+2), "")
			return err
		}})
	}
	_, err = s.SignIn(t.Context(), 1, "", "")
	wantCode(t, err, StorageFull)
	d.free.Store(plenty)
	_, err = s.SignIn(t.Context(), 1, "", "") // with all that was unsaved in one transaction
	check(t, err)
	if s.sessions.Unsaved() != 0 {
		t.Fatal("still unsaved: ", s.sessions.Unsaved())
	}
}

// settleDownWriting makes a change of no consequence.
func (s *Store) settleDownWriting() error {
	c := make(chan error, 1)
	s.committer.Submit(&commit.Func[*batch]{Refuse: (*batch).refusal, Change: func(b *batch) error { b.Set(record.KeyLastChat, record.Encode(b.s.com.lastChat)); return nil }, Then: func(err error) { c <- err }})
	return <-c
}
