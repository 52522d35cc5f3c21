package db

import (
	"sync"
	"testing"
	"time"

	"duologue/db/record"
	"duologue/db/sessions"
)

// atOnce calls f n times at the same moment and gives what it answered.
func atOnce[T any](n int, f func(i int) T) []T {
	out := make([]T, n)
	var start, end sync.WaitGroup
	start.Add(1)
	for i := range n {
		end.Go(func() { start.Wait(); out[i] = f(i) })
	}
	start.Done()
	end.Wait()
	return out
}

func count(errs []error, code Code) (n int) {
	for _, err := range errs {
		if CodeOf(err) == code {
			n++
		}
	}
	return n
}

func TestOneOwnerOfManySetups(t *testing.T) {
	s := open(t, quick(t))
	token, err := s.MakeStartToken(t.Context(), time.Minute)
	check(t, err)
	_, _, err = s.Join(t.Context(), s.JoinCode(), "Early", "", "")
	wantCode(t, err, Forbidden)
	_, _, err = s.SetUp(t.Context(), "1.wrong", "Ann", "")
	wantCode(t, err, Unauthorized)
	errs := atOnce(50, func(int) error { _, _, err := s.SetUp(t.Context(), token, "Ann", ""); return err })
	if count(errs, "") != 1 || count(errs, Gone) != 49 {
		t.Fatalf("%d owners, %d gone", count(errs, ""), count(errs, Gone))
	}
	_, _, err = s.SignInByLink(t.Context(), token, "")
	wantCode(t, err, Unauthorized) // it was spent
	if p := s.People(); len(p) != 1 || !p[0].Owner() || p[0].Name != "Ann" {
		t.Fatalf("%+v", p)
	}
}

func TestALinkMakesOneSession(t *testing.T) {
	s := openWith(t, quick(t), 2)
	link, _, err := s.MakeLink(t.Context(), 2, "", time.Minute)
	check(t, err)
	errs := atOnce(50, func(int) error { _, _, err := s.SignInByLink(t.Context(), link, "phone"); return err })
	if count(errs, "") != 1 || count(errs, Unauthorized) != 49 {
		t.Fatalf("%d sessions, %d refused", count(errs, ""), count(errs, Unauthorized))
	}
	devices, err := s.Sessions(2)
	check(t, err)
	if len(devices) != 2 || devices[0].Device == devices[1].Device {
		t.Fatalf("%+v", devices)
	}
}

func TestLinksEnd(t *testing.T) {
	o, now := quick(t), newClock()
	o.Now = now.Now
	s := openWith(t, o, 3)
	link := func(id ID) string {
		l, expires, err := s.MakeLink(t.Context(), id, "", time.Minute)
		check(t, err)
		if expires != now.Now().Add(time.Minute).UnixMilli() {
			t.Fatal(expires)
		}
		return l
	}
	signIn := func(l string) error { _, _, err := s.SignInByLink(t.Context(), l, ""); return err }
	late, inTime := link(2), link(2)
	now.add(time.Minute)
	check(t, signIn(inTime))
	now.add(time.Millisecond)
	wantCode(t, signIn(late), Unauthorized)
	of3 := link(3)
	check(t, s.RemovePerson(t.Context(), 3))
	wantCode(t, signIn(of3), Unauthorized)
	for _, bad := range []string{"", "2", "2.", "2." + of3[2:], "0.x", of3 + "x", "zzzzzzzzzzz.x", "-1.x", "+2.x"} {
		wantCode(t, signIn(bad), Unauthorized)
	}
	_, _, err := s.MakeLink(t.Context(), 3, "", time.Minute)
	wantCode(t, err, NotFound)
	_, _, err = s.MakeLink(t.Context(), 9, "", time.Minute)
	wantCode(t, err, NotFound)
}

// Whoever signed in on a stolen device, or learned a password, has no way back
// by links that were made before the device was signed out or the password changed.
func TestLinksEndWithWhatMadeThem(t *testing.T) {
	s := openWith(t, quick(t), 3)
	session := func() string {
		secret, err := s.SignIn(t.Context(), 2, "", "")
		check(t, err)
		return sessionOf(t, s, secret)
	}
	link := func(by string) string {
		l, _, err := s.MakeLink(t.Context(), 2, by, time.Hour)
		check(t, err)
		return l
	}
	signIn := func(l string) error { _, _, err := s.SignInByLink(t.Context(), l, ""); return err }
	thief, mine := session(), session()
	stolen, own, helped := link(thief), link(mine), link("")
	check(t, s.EndSession(t.Context(), 2, thief))
	wantCode(t, signIn(stolen), Unauthorized)
	_, _, err := s.MakeLink(t.Context(), 2, thief, time.Hour) // it asked just before
	wantCode(t, err, Unauthorized)
	_, _, err = s.MakeLink(t.Context(), 3, mine, time.Hour)
	wantCode(t, err, Unauthorized)
	check(t, signIn(own))
	check(t, signIn(helped))

	own, helped = link(mine), link("")
	of3, _, err := s.MakeLink(t.Context(), 3, "", time.Hour)
	check(t, err)
	hash := "argon2id…"
	_, err = s.ChangePerson(t.Context(), 2, PersonChange{Password: &hash}, mine)
	check(t, err)
	wantCode(t, signIn(own), Unauthorized)
	wantCode(t, signIn(helped), Unauthorized)
	check(t, signIn(of3))
}

// A person has only so many links; the first to end gives way to a new one.
func TestLinksAreBounded(t *testing.T) {
	s := openWith(t, quick(t), 2)
	other, _, err := s.MakeLink(t.Context(), 1, "", time.Second)
	check(t, err)
	var links []string
	for i := range sessions.MaxLinks + 2 {
		l, _, err := s.MakeLink(t.Context(), 2, "", time.Duration(i+1)*time.Minute)
		check(t, err)
		links = append(links, l)
	}
	if n := countKeys(t, s, record.OwnerKey(record.PrefixLink, 2)); n != sessions.MaxLinks {
		t.Fatalf("%d links", n)
	}
	for i, l := range links {
		if _, _, err := s.SignInByLink(t.Context(), l, ""); (err == nil) != (i >= 2) {
			t.Errorf("link %d: %v", i, err)
		}
	}
	_, _, err = s.SignInByLink(t.Context(), other, "")
	check(t, err)
}

func TestJoinCode(t *testing.T) {
	s := openWith(t, quick(t), 1)
	join := func(code, name string) error { _, _, err := s.Join(t.Context(), code, name, "", ""); return err }
	check(t, s.SetJoinCode(t.Context(), "abc-234"))
	check(t, join(" ABC 234", "Bo"))
	wantCode(t, join("ABC235", "Cy"), Forbidden)
	wantCode(t, join("", "Cy"), Forbidden)
	old := s.JoinCode()
	code, err := s.NewJoinCode(t.Context())
	check(t, err)
	wantCode(t, join(old, "Cy"), Forbidden)
	check(t, join(code, "Cy"))
	for _, bad := range []string{"", " - ", "\xff"} {
		wantCode(t, s.SetJoinCode(t.Context(), bad), Invalid)
	}
}
