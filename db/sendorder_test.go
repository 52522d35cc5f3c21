package db

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"duologue/db/commit"
)

var errRate = Errorf("rate", "too many")

// sendInOrder sends in an order and waits.
func sendInOrder(s *Store, l *SendOrder, cid, text string, refuse error) error {
	_, err := s.SendNow(context.Background(), Send{From: 1, To: 2, CID: pad(cid), Content: text, Order: l, Refuse: always(refuse)})
	return err
}

// pad makes a valid cid of a short name.
func pad(cid string) string { return fmt.Sprintf("%s_%016d", cid, 0)[:max(16, len(cid))] }

// What one tab sent keeps its order: after a refusal that passes, the later
// ones are refused as well, until the refused one comes again.
func TestSendOrderWaitsForTheRefused(t *testing.T) {
	s := openWith(t, quick(t), 2)
	l := &SendOrder{}
	check(t, sendInOrder(s, l, "a", "a", nil))
	wantCode(t, sendInOrder(s, l, "b", "b", errRate), "rate")
	wantCode(t, sendInOrder(s, l, "c", "c", nil), "rate")
	check(t, sendInOrder(s, l, "a", "a", nil)) // a repeat is answered nonetheless
	check(t, sendInOrder(s, l, "a", "a", errRate))
	wantCode(t, sendInOrder(s, l, "d", "d", errors.New("other")), "rate")
	wantCode(t, sendInOrder(s, l, "a", "A", nil), Conflict)
	wantCode(t, sendInOrder(s, l, "c", "c", nil), "rate")
	check(t, sendInOrder(s, &SendOrder{}, "e", "e", nil)) // another connection's
	check(t, sendInOrder(s, l, "b", "b", nil))
	check(t, sendInOrder(s, l, "c", "c", nil))
	check(t, sendInOrder(s, l, "d", "d", nil))
	if have := fmt.Sprint(texts(historyOf(t, s, 2, 1))); have != "[a e b c d]" {
		t.Fatal(have)
	}
}

// A message that can never be stored holds nobody up.
func TestSendOrderLetsGoOfWhatIsHopeless(t *testing.T) {
	for name, again := range map[string]Send{
		"blank":     {From: 1, To: 2, Content: " "},
		"nobody":    {From: 1, To: 9, Content: "x"},
		"no answer": {From: 1, To: 2, Content: "x", Reply: 99},
		"too big":   {From: 1, To: 2, Content: string(make([]byte, MaxContent+1))},
	} {
		s := openWith(t, quick(t), 2)
		l := &SendOrder{}
		wantCode(t, sendInOrder(s, l, "a", "a", errRate), "rate")
		wantCode(t, sendInOrder(s, l, "b", "b", nil), "rate")
		again.CID, again.Order = pad("a"), l
		if _, err := s.SendNow(t.Context(), again); CodeOf(err) == "rate" || err == nil {
			t.Fatal(name, err)
		}
		if err := sendInOrder(s, l, "b", "b", nil); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The same within one transaction, and when that transaction fails: whatever
// an order was promised by it is taken back.
func TestSendOrderInOneTransaction(t *testing.T) {
	s := openWith(t, quick(t), 2)
	l := &SendOrder{}
	send := func(cid string, refuse error) commit.Op[*batch] {
		return &sendOp{m: Send{From: 1, To: 2, CID: pad(cid), Content: cid, Order: l, Refuse: always(refuse)}, then: func(Ack, error) {}}
	}
	codes := func(ops ...commit.Op[*batch]) string {
		out := ""
		for _, o := range ops {
			o.(*sendOp).then = func(_ Ack, err error) { out += fmt.Sprintf("%s=%s ", o.(*sendOp).m.Content, CodeOf(err)) }
		}
		inTurn(s, ops...)
		return out
	}
	if have := codes(send("a", nil), send("b", errRate), send("c", nil), send("b", nil), send("c", nil)); have != "a= b=rate c=rate b= c= " {
		t.Fatal(have)
	}
	failing := &commit.Func[*batch]{Refuse: (*batch).refusal, Change: func(b *batch) error { return errors.New("unreadable") }, Then: func(err error) { wantCode(t, err, Internal) }}
	var all []commit.Op[*batch]
	all = append(all, send("d", nil), failing, send("e", errRate), send("f", nil))
	have := ""
	for _, i := range []int{0, 2, 3} {
		o := all[i].(*sendOp)
		o.then = func(_ Ack, err error) { have += fmt.Sprintf("%s=%s ", o.m.Content, CodeOf(err)) }
	}
	inTurn(s, all...)
	if have != "d= e=rate f=rate " {
		t.Fatal(have)
	}
	if have := fmt.Sprint(texts(historyOf(t, s, 2, 1))); have != "[a b c d]" {
		t.Fatal(have)
	}
}

// inTurn lets the committer take ops as one transaction, and waits for it.
func inTurn(s *Store, ops ...commit.Op[*batch]) {
	held, release, end := make(chan struct{}), make(chan struct{}), make(chan struct{})
	var once sync.Once
	s.committer.Submit(&commit.Func[*batch]{Refuse: (*batch).refusalOfUnsaved, Change: func(*batch) error { once.Do(func() { close(held) }); <-release; return nil }})
	<-held
	for _, o := range ops {
		s.committer.Submit(o)
	}
	s.committer.Submit(&commit.Func[*batch]{Refuse: (*batch).refusal, Change: func(*batch) error { return nil }, Then: func(error) { close(end) }})
	close(release)
	<-end
}

func always(err error) func() error { return func() error { return err } }
