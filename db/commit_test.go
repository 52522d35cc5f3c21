package db

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"duologue/db/commit"
	"duologue/db/history"
	"duologue/db/record"
)

// sends makes n ops from person 1 to person 2, which count errors into errs.
func sends(n int, content string, errs *[]error) []commit.Op[*batch] {
	ops := make([]commit.Op[*batch], n)
	for i := range ops {
		ops[i] = &sendOp{m: Send{From: 1, To: 2, CID: newCID(), Content: content},
			then: func(_ Ack, err error) { *errs = append(*errs, err) }}
	}
	return ops
}

// What waits while one flush runs shares the next one.
func TestGroupCommit(t *testing.T) {
	s := openWith(t, quick(t), 2)
	before := commits(s)
	var errs []error
	inTurn(s, sends(500, "x", &errs)...)
	if count(errs, "") != 500 {
		t.Fatal(errs)
	}
	if n := commits(s) - before; n != 1 {
		t.Fatalf("500 messages took %d transactions", n)
	}
}

// The same without holding the committer: many senders at once with real
// flushes make far fewer transactions than messages.
func TestGroupCommitOfManySenders(t *testing.T) {
	needsDisk(t)
	o := quick(t)
	o.NoFlush = false
	s := openWith(t, o, 2)
	before := commits(s)
	errs := atOnce(400, func(int) error {
		_, err := s.SendNow(t.Context(), Send{From: 1, To: 2, CID: newCID(), Content: "x"})
		return err
	})
	if count(errs, "") != 400 {
		t.Fatal(errs)
	}
	if n := commits(s) - before; n > 100 {
		t.Fatalf("400 messages took %d transactions", n)
	}
}

// The largest batches fit Badger's limit of a transaction, which is a part of
// the memtable: as many ops, and as large ones, as the committer takes.
func TestLargestBatches(t *testing.T) {
	for name, c := range map[string]struct {
		n            int
		text         string
		transactions int64
	}{
		"many":         {commit.MaxOps, "x", 1},
		"many of 1 KB": {commit.MaxOps, strings.Repeat("文", 341), 2},
		"large":        {100, strings.Repeat("x", MaxContent), 6},
	} {
		t.Run(name, func(t *testing.T) {
			s := openWith(t, quick(t), 2)
			first := say(t, s, 1, 2, strings.Repeat("文", history.MaxQuote))
			before := commits(s)
			var errs []error
			ops := sends(c.n, c.text, &errs)
			for _, o := range ops {
				o.(*sendOp).m.Reply = first.Seq
			}
			inTurn(s, ops...)
			if count(errs, "") != c.n || len(historyOf(t, s, 2, 1)) != c.n+1 {
				t.Fatal(errs)
			}
			if n := commits(s) - before; n > c.transactions {
				t.Fatalf("%d transactions instead of %d: one was too large", n, c.transactions)
			}
		})
	}
}

// A change whose record cannot be read spoils nothing but itself.
func TestOneBadChange(t *testing.T) {
	s := openWith(t, quick(t), 3)
	a := say(t, s, 1, 2, "a")
	var errs []error
	fail := func(err error) { errs = append(errs, err) }
	broken := func(b *batch) error { b.Set(record.KeyLastChat, []byte("half done")); return errors.New("unreadable") }
	ops := append(sends(3, "x", &errs), &commit.Func[*batch]{Refuse: (*batch).refusal, Change: broken, Then: fail})
	ops = append(ops, sends(3, "y", &errs)...)
	inTurn(s, ops...)
	if count(errs, "") != 6 || CodeOf(errs[3]) != Internal {
		t.Fatal(errs)
	}
	if have := fmt.Sprint(texts(historyOf(t, s, 2, 1))); have != "[a x x x y y y]" {
		t.Fatal(have)
	}
	if next := say(t, s, 1, 2, "b"); next.Seq != a.Seq+7 {
		t.Fatalf("seq %d", next.Seq)
	}
}

// A transaction that is too large is made in parts.
func TestTooLargeTogether(t *testing.T) {
	s := openWith(t, quick(t), 2)
	big := func(i byte) commit.Op[*batch] {
		return &commit.Func[*batch]{Refuse: (*batch).refusal, Change: func(b *batch) error { b.Set([]byte{'z', i}, make([]byte, 900_000)); return nil },
			Then: func(err error) { check(t, err) }}
	}
	inTurn(s, big(1), big(2), big(3), big(4))
	if n := countKeys(t, s, []byte{'z'}); n != 4 {
		t.Fatalf("%d of 4", n)
	}
}
