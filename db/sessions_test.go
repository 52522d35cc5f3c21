package db

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"duologue/db/commit"
	"duologue/db/kv"
	"duologue/db/record"
)

// ended collects the sessions that the store says have ended.
type ended struct {
	mu  sync.Mutex
	ids []string
}

func (e *ended) committed(c Committed) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.ids = append(e.ids, c.Ended...)
}

func (e *ended) take() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	out := e.ids
	e.ids = nil
	slices.Sort(out)
	return out
}

func countKeys(t *testing.T, s *Store, prefix []byte) (n int) {
	t.Helper()
	check(t, s.view(func(view kv.View) error {
		return record.Scan(view, prefix, func(_, _ []byte) error { n++; return nil })
	}))
	return n
}

func sessionIDs(t *testing.T, s *Store, id ID) []string {
	t.Helper()
	devices, err := s.Sessions(id)
	check(t, err)
	out := []string{}
	for _, d := range devices {
		out = append(out, d.ID)
	}
	slices.Sort(out)
	return out
}

func TestOldestSessionGivesWay(t *testing.T) {
	var end ended
	o, now := quick(t), newClock()
	o.Now, o.Committed, o.MaxSessions = now.Now, end.committed, 50
	s := openWith(t, o, 1)
	secrets := []string{}
	for i := range 49 {
		now.add(time.Second)
		secret, err := s.SignIn(t.Context(), 1, "", fmt.Sprint("device ", i))
		check(t, err)
		secrets = append(secrets, secret)
	}
	first := sessionOf(t, s, secrets[0])
	now.add(2 * time.Hour)
	for _, secret := range secrets[1:] { // all in use but the first, and the one of the setup
		sessionOf(t, s, secret)
	}
	check(t, s.settleDown())
	if _, err := s.SignIn(t.Context(), 1, "", "51st"); err != nil {
		t.Fatal(err)
	}
	if n := len(sessionIDs(t, s, 1)); n != 50 {
		t.Fatalf("%d sessions", n)
	}
	if gone := end.take(); len(gone) != 1 || gone[0] == first {
		t.Fatalf("ended: %v", gone) // the one of the setup is older
	}
	_, err := s.SignIn(t.Context(), 1, "", "52nd")
	check(t, err)
	if gone := end.take(); len(gone) != 1 || gone[0] != first {
		t.Fatalf("ended: %v, not %v", gone, first)
	}
	if _, _, err := s.Authenticate(secrets[0]); CodeOf(err) != Unauthorized {
		t.Fatal(err)
	}
}

// A session that was used a moment ago stays, though that is written down once
// an hour only.
func TestTheSessionInUseIsKept(t *testing.T) {
	var end ended
	o, now := quick(t), newClock()
	o.Now, o.Committed, o.MaxSessions = now.Now, end.committed, 3
	s := openWith(t, o, 1)
	secrets := []string{}
	for i := range 3 { // the last takes the place of the one of the setup
		now.add(time.Second)
		secret, err := s.SignIn(t.Context(), 1, "", fmt.Sprint("device ", i))
		check(t, err)
		secrets = append(secrets, secret)
	}
	end.take()
	second := sessionOf(t, s, secrets[1])
	now.add(time.Second)
	sessionOf(t, s, secrets[0])
	sessionOf(t, s, secrets[2])
	_, err := s.SignIn(t.Context(), 1, "", "one more")
	check(t, err)
	if gone := end.take(); len(gone) != 1 || gone[0] != second {
		t.Fatalf("ended: %v, not %v", gone, second)
	}
}

// settleDown waits for all that was queued.
func (s *Store) settleDown() error {
	c := make(chan error, 1)
	s.committer.Submit(&commit.Func[*batch]{Refuse: (*batch).refusal, Change: func(*batch) error { return nil }, Then: func(err error) { c <- err }})
	return <-c
}

func sessionOf(t *testing.T, s *Store, secret string) string {
	t.Helper()
	_, session, err := s.Authenticate(secret)
	check(t, err)
	return session.ID
}

func TestSessionsAreHashedAndEnd(t *testing.T) {
	var end ended
	o, now := quick(t), newClock()
	o.Now, o.Committed = now.Now, end.committed
	s := openWith(t, o, 2)
	secret, err := s.SignIn(t.Context(), 2, "", "Firefox on Windows")
	check(t, err)
	p, session, err := s.Authenticate(secret)
	if err != nil || p.ID != 2 || session.Device != "Firefox on Windows" || session.Person != 2 {
		t.Fatalf("%+v %+v %v", p, session, err)
	}
	for _, forged := range []string{"", secret + "x", "1" + secret[1:], "2.", "2.x"} {
		_, _, err := s.Authenticate(forged)
		wantCode(t, err, Unauthorized)
	}
	err = s.view(func(view kv.View) error {
		return record.Scan(view, nil, func(key, val []byte) error {
			if strings.Contains(string(key)+string(val), secret[2:]) {
				t.Error("the secret itself is stored")
			}
			return nil
		})
	})
	check(t, err)
	wantCode(t, s.EndSession(t.Context(), 1, session.ID), NotFound) // somebody else's
	check(t, s.EndSession(t.Context(), 2, session.ID))
	wantCode(t, s.EndSession(t.Context(), 2, session.ID), NotFound)
	if gone := end.take(); !slices.Equal(gone, []string{session.ID}) {
		t.Fatal(gone)
	}
	_, _, err = s.Authenticate(secret)
	wantCode(t, err, Unauthorized)
}

// A session that is used lives on; one that is not ends, and is not listed.
func TestSessionLife(t *testing.T) {
	o, now := quick(t), newClock()
	o.Now = now.Now
	s := openWith(t, o, 1)
	used, err := s.SignIn(t.Context(), 1, "", "used")
	check(t, err)
	unused, err := s.SignIn(t.Context(), 1, "", "unused")
	check(t, err)
	for range 4 {
		now.add(50 * 24 * time.Hour)
		sessionOf(t, s, used)
		check(t, s.settleDown())
		if _, session, _ := s.Authenticate(used); session.Seen != now.Now().UnixMilli() {
			t.Fatalf("seen %d, not %d", session.Seen, now.Now().UnixMilli())
		}
	}
	_, _, err = s.Authenticate(unused)
	wantCode(t, err, Unauthorized)
	if ids := sessionIDs(t, s, 1); len(ids) != 1 {
		t.Fatalf("%d sessions are listed", len(ids))
	}
}

func TestNewPasswordEndsOtherSessions(t *testing.T) {
	var end ended
	o := quick(t)
	o.Committed = end.committed
	s := openWith(t, o, 2)
	var here string
	for range 3 {
		secret, err := s.SignIn(t.Context(), 2, "", "")
		check(t, err)
		here = sessionOf(t, s, secret)
	}
	others := slices.DeleteFunc(sessionIDs(t, s, 2), func(id string) bool { return id == here })
	hash := "argon2id…"
	p, err := s.ChangePerson(t.Context(), 2, PersonChange{Password: &hash}, here)
	if err != nil || p.Password != hash {
		t.Fatal(p, err)
	}
	if gone := end.take(); len(gone) != 3 || !slices.Equal(gone, others) {
		t.Fatalf("ended %v, not %v", gone, others)
	}
	if left := sessionIDs(t, s, 2); !slices.Equal(left, []string{here}) {
		t.Fatalf("left: %v", left)
	}
	if len(sessionIDs(t, s, 1)) != 1 {
		t.Fatal("another person's session ended")
	}
}

// Who was shown the old password before a new one came is not let in after
// it, nor may put another in its place.
func TestNewPasswordEndsSignInsUnderWay(t *testing.T) {
	s := openWith(t, quick(t), 2)
	old, now, other := "old", "new", "other"
	_, err := s.ChangePerson(t.Context(), 2, PersonChange{Password: &old}, "")
	check(t, err)
	secret, err := s.SignIn(t.Context(), 2, old, "")
	check(t, err)
	here := sessionOf(t, s, secret)
	_, err = s.ChangePerson(t.Context(), 2, PersonChange{Password: &now, Was: old}, here)
	check(t, err)

	_, err = s.SignIn(t.Context(), 2, old, "")
	wantCode(t, err, Unauthorized)
	_, err = s.ChangePerson(t.Context(), 2, PersonChange{Password: &other, Was: old}, "")
	wantCode(t, err, Forbidden)
	if left := sessionIDs(t, s, 2); !slices.Equal(left, []string{here}) {
		t.Fatalf("left: %v", left)
	}
	_, err = s.SignIn(t.Context(), 2, now, "")
	check(t, err)
}
