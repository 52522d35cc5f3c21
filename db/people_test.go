package db

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duologue/db/commit"
)

// Of names that look the same one wins, also when all come at once and within
// one transaction.
func TestOneOfEachName(t *testing.T) {
	s := openWith(t, quick(t), 1)
	names := []string{"Alice", "ALICE", "alice", "Ａｌｉｃｅ", "Аlice"}
	errs := atOnce(50, func(i int) error {
		_, _, err := s.Join(t.Context(), s.JoinCode(), names[i%len(names)], "", "")
		return err
	})
	if count(errs, "") != 1 || count(errs, Conflict) != 49 {
		t.Fatalf("%d joined, %d conflicts", count(errs, ""), count(errs, Conflict))
	}
	var inOne []error
	ops := []commit.Op[*batch]{}
	for range 20 {
		ops = append(ops, &commit.Func[*batch]{Refuse: (*batch).refusal, Change: func(b *batch) error { _, err := b.addPerson("Bob", ""); return err },
			Then: func(err error) { inOne = append(inOne, err) }})
	}
	inTurn(s, ops...)
	if count(inOne, "") != 1 || count(inOne, Conflict) != 19 {
		t.Fatalf("%d joined, %d conflicts in one transaction", count(inOne, ""), count(inOne, Conflict))
	}
	if len(s.People()) != 3 {
		t.Fatalf("%+v", s.People())
	}
	_, _, err := s.Join(t.Context(), s.JoinCode(), "a\u202eb", "", "")
	wantCode(t, err, Invalid)
}

// A name is free again once its owner has another or is removed, also within
// one transaction, and after a restart.
func TestNamesAreFreed(t *testing.T) {
	o := quick(t)
	s := open(t, o)
	populate(t, s, 3)
	rename := func(id ID, name string) func(*batch) error {
		return func(b *batch) error {
			p, _ := b.person(id)
			name, err := b.freeName(name, id)
			if p.Name = name; err == nil {
				b.putPerson(p)
			}
			return err
		}
	}
	var errs []Code
	ops := []commit.Op[*batch]{}
	for _, f := range []func(*batch) error{rename(2, "P3"), rename(3, "Z"), rename(2, "p3"), rename(3, "P2"), rename(1, "z")} {
		ops = append(ops, &commit.Func[*batch]{Refuse: (*batch).refusal, Change: f, Then: func(err error) { errs = append(errs, CodeOf(err)) }})
	}
	inTurn(s, ops...)
	if want := fmt.Sprint([]Code{Conflict, "", "", "", ""}); fmt.Sprint(errs) != want {
		t.Fatalf("%v, not %v", errs, want)
	}
	check(t, s.RemovePerson(t.Context(), 3))
	check(t, s.Close())
	s = open(t, o)
	_, _, err := s.Join(t.Context(), s.JoinCode(), "P2", "", "")
	check(t, err)
	var names []string
	for _, p := range s.People() {
		names = append(names, fmt.Sprint(p.ID, p.Name))
	}
	if d := cmp.Diff([]string{"1z", "2p3", "4P2"}, names); d != "" {
		t.Fatal(d)
	}
	if p, ok := s.PersonByName("P3"); !ok || p.ID != 2 {
		t.Fatal(p)
	}
}

// There can be only so many members, also when all come at once or within one
// transaction; whoever was removed makes room for another.
func TestMembersAreBounded(t *testing.T) {
	o := quick(t)
	o.MaxMembers = 5
	s := open(t, o)
	populate(t, s, 2)
	join := func(i int) error {
		_, _, err := s.Join(t.Context(), s.JoinCode(), fmt.Sprint("N", i), "", "")
		return err
	}
	errs := atOnce(10, join)
	if count(errs, "") != 3 || count(errs, StorageFull) != 7 {
		t.Fatal(errs)
	}
	if err := join(10); !errors.Is(err, ErrMembers) {
		t.Fatal(err)
	}
	_, _, err := s.Join(t.Context(), "wrong", "N", "", "") // strangers don't learn how many there are
	wantCode(t, err, Forbidden)
	check(t, s.RemovePerson(t.Context(), 2))

	var inOne []error
	ops := []commit.Op[*batch]{}
	for i := range 3 {
		ops = append(ops, &commit.Func[*batch]{Refuse: (*batch).refusal, Change: func(b *batch) error { _, err := b.addPerson(fmt.Sprint("M", i), ""); return err },
			Then: func(err error) { inOne = append(inOne, err) }})
	}
	inTurn(s, ops...)
	if count(inOne, "") != 1 || count(inOne, StorageFull) != 2 || len(s.People()) != 5 {
		t.Fatal(inOne, s.People())
	}
	name := "renamed"
	_, err = s.ChangePerson(t.Context(), 1, PersonChange{Name: &name}, "")
	check(t, err)
}

// Of as many members as there can be, all are told of what many do at once,
// and it fits the transactions.
func TestAllMembersAreTold(t *testing.T) {
	o := quick(t)
	var log strings.Builder
	o.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelWarn}))
	s := openWith(t, o, 2)
	check(t, s.do(t.Context(), commit.MaxBytes, func(b *batch) error {
		for id := ID(3); id < defaultMembers; id++ {
			b.putPerson(Person{ID: id, Name: fmt.Sprint("P", id)})
		}
		return nil
	}))
	_, _, err := s.Join(t.Context(), s.JoinCode(), "the last", "", "")
	check(t, err)
	errs := atOnce(50, func(i int) error {
		name := fmt.Sprint("N", i)
		_, err := s.ChangePerson(t.Context(), ID(i+1), PersonChange{Name: &name}, "")
		return err
	})
	if count(errs, "") != 50 {
		t.Fatal(errs)
	}
	check(t, s.RemovePerson(t.Context(), 2))
	head, _, err := s.Head(defaultMembers - 1)
	if check(t, err); head != 52 {
		t.Fatalf("%d of 52 events", head)
	}
	check(t, s.Close())
	if log.Len() > 0 {
		t.Fatal(log.String())
	}
}

// Somebody who was removed is signed out and unknown; what others have of
// their chats stays.
func TestRemovedPerson(t *testing.T) {
	var end ended
	o := quick(t)
	o.Committed = end.committed
	s := openWith(t, o, 3)
	secret, err := s.SignIn(t.Context(), 3, "", "")
	check(t, err)
	say(t, s, 3, 2, "hello")
	wantCode(t, s.RemovePerson(t.Context(), 1), Invalid)
	check(t, s.RemovePerson(t.Context(), 3))
	wantCode(t, s.RemovePerson(t.Context(), 3), NotFound)
	_, _, err = s.Authenticate(secret)
	wantCode(t, err, Unauthorized)
	if len(end.take()) != 2 {
		t.Fatal("the sessions did not end")
	}
	_, err = s.SignIn(t.Context(), 3, "", "")
	wantCode(t, err, Unauthorized)
	_, err = s.SendNow(t.Context(), Send{From: 2, To: 3, CID: newCID(), Content: "?"})
	wantCode(t, err, Gone)
	_, err = s.SendNow(t.Context(), Send{From: 3, To: 2, CID: newCID(), Content: "!"})
	wantCode(t, err, Unauthorized)
	_, _, err = s.OpenChat(t.Context(), 1, 3)
	wantCode(t, err, Gone)
	if chat, made, err := s.OpenChat(t.Context(), 2, 3); err != nil || made || chat.Last.Content != "hello" {
		t.Fatal(chat, made, err)
	}
	check(t, read(t.Context(), s, 2, 3, 1))
	if len(historyOf(t, s, 2, 3)) != 1 {
		t.Fatal("the history is gone")
	}
	_, err = s.ChangePerson(t.Context(), 3, PersonChange{}, "")
	wantCode(t, err, NotFound)
}

// What cannot be stored as text is refused: it could not be read again.
func TestTextsAreUTF8(t *testing.T) {
	s := openWith(t, quick(t), 2)
	say(t, s, 1, 2, "x")
	bad := "a\xffb"
	_, err := s.ChangeChat(t.Context(), 1, 2, ChatChange{Draft: &bad})
	wantCode(t, err, Invalid)
	_, err = s.ChangePerson(t.Context(), 1, PersonChange{Name: &bad}, "")
	wantCode(t, err, Invalid)
	_, err = s.SendNow(t.Context(), Send{From: 1, To: 2, CID: newCID(), Content: bad})
	wantCode(t, err, Invalid)
	_, err = s.Edit(t.Context(), 1, 2, 1, bad)
	wantCode(t, err, Invalid)
	_, err = s.SignIn(t.Context(), 1, "", bad)
	check(t, err)
	if _, err := s.Snapshot(1); err != nil {
		t.Fatal(err)
	}
	sessionIDs(t, s, 1)
}

// The end of the last connection is noted, and never goes back.
func TestSaw(t *testing.T) {
	s := openWith(t, quick(t), 1)
	s.Saw(1, 500)
	s.Saw(1, 400)
	s.Saw(7, 400)
	check(t, s.settleDown())
	if p, _ := s.Person(1); p.Seen != 500 {
		t.Fatal(p.Seen)
	}
}
