package db

import (
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"testing"
	"time"

	"duologue/db/commit"
	"duologue/db/history"
	"duologue/db/kv"
)

// After a flush that failed nobody knows what is on the disk, whether Badger
// shows the change or not: nothing is acknowledged any more, not even what was
// sent before, nobody is told, and reading goes on. The next start finds out.
func TestPoisoned(t *testing.T) {
	for name, flush := range map[string]func(changes []kv.Change, commit func([]kv.Change) error) error{
		"not written": func([]kv.Change, func([]kv.Change) error) error { return errors.New("EIO") },
		"written": func(changes []kv.Change, commit func([]kv.Change) error) error {
			return errors.Join(commit(changes), errors.New("EIO"))
		},
	} {
		t.Run(name, func(t *testing.T) {
			told := map[ID]int{}
			o := quick(t)
			o.Log = slog.New(slog.DiscardHandler)
			o.Committed = func(c Committed) {
				for id, events := range c.Events {
					told[id] += len(events)
				}
			}
			s := openWith(t, o, 3)
			say(t, s, 1, 2, "kept")
			engineOf(s).onCommit(flush)
			l := &SendOrder{}
			before := fmt.Sprint(told)
			errs := []error{}
			var ops []commit.Op[*batch]
			for i := range 3 {
				ops = append(ops, &sendOp{m: Send{From: 1, To: 2, CID: pad(fmt.Sprint(i)), Content: "lost?", Order: l},
					then: func(_ Ack, err error) { errs = append(errs, err) }})
			}
			inTurn(s, ops...)
			for range 2 { // at once, and again
				for i, err := range errs {
					if CodeOf(err) != Unavailable {
						t.Fatalf("send %d: %v", i, err)
					}
				}
				errs = nil
				for _, o := range ops {
					s.Send(o.(*sendOp).m, func(_ Ack, err error) { errs = append(errs, err) })
				}
				inTurn(s)
			}
			if l.cid != pad("0") {
				t.Fatalf("the order waits for %q", l.cid)
			}
			if now := fmt.Sprint(told); now != before {
				t.Fatalf("told %s, before %s", now, before)
			}
			wantCode(t, s.DeleteChat(t.Context(), 1, 2), Unavailable)
			wantCode(t, read(t.Context(), s, 2, 1, 1), Unavailable)
			if have := texts(historyOf(t, s, 2, 1)); have[0] != "kept" {
				t.Fatal(have)
			}
			secret, err := s.SignIn(t.Context(), 2, "", "")
			check(t, err)
			sessionOf(t, s, secret)

			check(t, s.Close())
			s = open(t, o)
			for i := range ops {
				m := ops[i].(*sendOp).m
				m.Order = nil
				_, err := s.SendNow(t.Context(), m)
				check(t, err)
			}
			if have := texts(historyOf(t, s, 2, 1)); !slices.Equal(have, []string{"kept", "lost?", "lost?", "lost?"}) {
				t.Fatal(have)
			}
			if a, b := historyOf(t, s, 2, 1), historyOf(t, s, 1, 2); fmt.Sprint(a) != fmt.Sprint(b) {
				t.Fatalf("%v\n%v", a, b)
			}
		})
	}
}

// After the end every call answers, and none is taken.
func TestClosed(t *testing.T) {
	s := openWith(t, quick(t), 2)
	say(t, s, 1, 2, "x")
	check(t, s.Close())
	check(t, s.Close())
	_, err := s.SendNow(t.Context(), Send{From: 1, To: 2, CID: newCID(), Content: "x"})
	wantCode(t, err, Unavailable)
	_, err = s.SignIn(t.Context(), 1, "", "")
	wantCode(t, err, Unavailable)
	_, _, err = s.History(1, 2, history.Range{})
	wantCode(t, err, Unavailable)
	_, err = s.Snapshot(1)
	wantCode(t, err, Unavailable)
	_, err = s.Events(1, 0, 10)
	wantCode(t, err, Unavailable)
	_, _, err = s.Search(t.Context(), 1, "x", 0, "", 10)
	wantCode(t, err, Unavailable)
	wantCode(t, read(t.Context(), s, 2, 1, 1), Unavailable)
}

// Closing waits for what is read and for what was queued.
func TestCloseWhileBusy(t *testing.T) {
	s := openWith(t, quick(t), 2)
	for range 100 {
		say(t, s, 1, 2, "text")
	}
	closing := make(chan struct{})
	errs := atOnce(9, func(i int) error {
		if i == 8 {
			<-closing
			return s.Close()
		}
		for n := 0; ; n++ {
			if n == 20 && i == 0 {
				close(closing)
			}
			_, _, err := s.History(2, 1, history.Range{})
			if i%2 == 0 {
				_, err = s.SendNow(t.Context(), Send{From: 1, To: 2, CID: newCID(), Content: "x"})
			}
			if err != nil {
				return err
			}
		}
	})
	if count(errs, Unavailable) != 8 || errs[8] != nil {
		t.Fatal(errs)
	}
}

// A disk that hangs in a flush holds the end no longer than Close may take, and
// nobody who is waiting either; nothing that hangs is acknowledged.
func TestCloseWhileTheDiskHangs(t *testing.T) {
	o := quick(t)
	o.Log, o.CloseTime = slog.New(slog.DiscardHandler), 50*time.Millisecond
	s := openWith(t, o, 2)
	say(t, s, 1, 2, "kept")
	hangs, goOn := make(chan struct{}), make(chan struct{})
	engineOf(s).onCommit(func(changes []kv.Change, commit func([]kv.Change) error) error {
		close(hangs)
		<-goOn
		return errors.New("EIO")
	})
	answers := make(chan error, 1)
	s.Send(Send{From: 1, To: 2, CID: newCID(), Content: "hangs"}, func(_ Ack, err error) { answers <- err })
	<-hangs
	closed := make(chan error)
	go func() { closed <- s.Close() }()
	select {
	case err := <-closed:
		check(t, err)
	case <-time.After(20 * time.Second):
		t.Fatal("the end waits for the disk")
	}
	select {
	case err := <-answers:
		t.Fatal("it was told ", err)
	default:
	}
	_, err := s.SendNow(t.Context(), Send{From: 1, To: 2, CID: newCID(), Content: "late"})
	wantCode(t, err, Unavailable)
	close(goOn)
	wantCode(t, <-answers, Unavailable)
	within(t, "left", func() bool { _, err := s.Snapshot(1); return CodeOf(err) == Unavailable })
	if !inMemory() && !crashed(o.Dir) {
		t.Error("it is taken for a clean end")
	}
	after := o
	after.Dir = copyDir(t, o.Dir)
	if have := texts(historyOf(t, open(t, after), 2, 1)); !slices.Equal(have, []string{"kept"}) {
		t.Error(have)
	}
	check(t, s.engine.Abandon())
}
