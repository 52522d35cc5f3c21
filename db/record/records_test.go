package record

import (
	"bytes"
	"cmp"
	"errors"
	"testing"
	"unicode/utf8"

	gocmp "github.com/google/go-cmp/cmp"

	"duologue/db/model"
)

func roundTrip[T any](t *testing.T, in T) {
	t.Helper()
	var out T
	if err := Decode(Encode(in), &out); err != nil {
		t.Fatalf("%+v: %v", in, err)
	}
	if d := gocmp.Diff(in, out, gocmp.AllowUnexported(CID{}, LogEntry{}, ChatLine{})); d != "" {
		t.Fatal(d)
	}
}

// Every record reads back as it was written, with all fields and with none.
func FuzzRecords(f *testing.F) {
	f.Add(uint64(0), uint64(0), int64(0), "", "", false)
	f.Add(uint64(1), ^uint64(0), int64(-1), "name", "text\x00\u2028", true)
	f.Fuzz(func(t *testing.T, a, b uint64, n int64, s, text string, yes bool) {
		if !utf8.ValidString(s) || !utf8.ValidString(text) {
			return
		}
		roundTrip(t, Person{s, n, int64(a), yes, !yes, text})
		roundTrip(t, Session{s, n, int64(b)})
		roundTrip(t, Link{n, s})
		roundTrip(t, CID{Who: model.ID(a), Seq: a, Ev: b, Date: n, Sum: []byte(text)})
		chat := Chat{a, int(int32(n)), b, a, b, a, n, n, b, yes, !yes, yes, !yes}
		roundTrip(t, chat)
		roundTrip(t, []LogEntry{{Kind: LogKind(a), Who: model.ID(b), Seq: b, Chat: chat.Line()}, {Kind: LogChatDeleted, Who: model.ID(a)}})
		if line, whole := chat.Line().Model(1, 2), chat.Model(1, 2); !gocmp.Equal(line, whole) {
			t.Fatalf("the log's line %+v differs from the chat %+v", line, whole)
		}
		p := model.Person{ID: model.ID(a), Name: s, Joined: n, Seen: n, Removed: yes, Receipts: !yes, Password: text}
		r := PersonOf(p)
		if have := r.Model(p.ID); have != p {
			t.Fatalf("%+v became %+v", p, have)
		}
		m := &model.Message{Seq: b, CID: s, User: model.ID(a), Name: s, Date: n, Content: text, Edited: n, Recalled: yes}
		if yes {
			m.Reply, m.Device, m.Session = &model.Quote{Seq: a, User: model.ID(b), Content: text}, text, s
			m.Files = []model.File{{ID: s, Name: text, Size: n, Type: s, Width: int(int32(a)), Thumb: true, Gone: true}, {ID: text, Picture: true}}
		}
		have, ev, err := DecodeCopy(b, CopyValue(a, EncodeMessage(m)))
		if err != nil || ev != a {
			t.Fatal(ev, err)
		}
		if d := gocmp.Diff(m, have); d != "" {
			t.Fatal(d)
		}
	})
}

// Whatever bytes are taken for a message: they are an error, or a message that
// is the same when it is written and read again.
func FuzzDecodeCopy(f *testing.F) {
	f.Add(CopyValue(7, EncodeMessage(&model.Message{CID: "c", User: 1, Name: "n", Date: 5, Content: "x", Reply: &model.Quote{Seq: 1, User: 2, Content: "q"}})))
	f.Add([]byte{recordVersion})
	f.Add(append(make([]byte, copyHeader), 0xa0))
	f.Fuzz(func(t *testing.T, val []byte) {
		m, ev, err := DecodeCopy(3, val)
		if err != nil {
			if m != nil || !errors.Is(err, ErrUnreadable) {
				t.Fatalf("%+v with %v", m, err)
			}
			return
		}
		again, ev2, err := DecodeCopy(3, CopyValue(ev, EncodeMessage(m)))
		if err != nil || ev2 != ev {
			t.Fatal(ev2, err)
		}
		if d := gocmp.Diff(m, again); d != "" {
			t.Fatal(d)
		}
		for _, s := range []string{m.CID, m.Name, m.Content} {
			if !utf8.ValidString(s) {
				t.Fatalf("%q is not UTF-8", s)
			}
		}
	})
}

// A record of another version, cut short or with something behind it is an
// error.
func TestBrokenRecords(t *testing.T) {
	whole := Encode(Session{"device", 1, 2})
	var r Session
	for name, val := range map[string][]byte{
		"empty": {}, "version": append([]byte{recordVersion + 1}, whole[1:]...),
		"short": whole[:len(whole)-1], "long": append(bytes.Clone(whole), 0),
		"other": Encode(uint64(5)),
	} {
		if err := Decode(val, &r); err == nil {
			t.Errorf("%s: read as %+v", name, r)
		}
	}
}

// Keys sort as their numbers do, stay within their owner's range, and read
// back.
func FuzzKeys(f *testing.F) {
	f.Add(uint32(1), uint32(2), uint64(3), uint32(1), uint32(2), uint64(256))
	f.Add(uint32(255), uint32(256), ^uint64(0), uint32(256), uint32(0), uint64(0))
	f.Fuzz(func(t *testing.T, a1, b1 uint32, n1 uint64, a2, b2 uint32, n2 uint64) {
		order := cmp.Or(cmp.Compare(a1, a2), cmp.Compare(b1, b2), cmp.Compare(n1, n2))
		k1, k2 := MessageKey(model.ID(a1), model.ID(b1), n1), MessageKey(model.ID(a2), model.ID(b2), n2)
		if bytes.Compare(k1, k2) != order {
			t.Fatalf("%x and %x", k1, k2)
		}
		if have := bytes.Compare(EventKey(model.ID(a1), n1), EventKey(model.ID(a2), n2)); have != cmp.Or(cmp.Compare(a1, a2), cmp.Compare(n1, n2)) {
			t.Fatal("events")
		}
		if LastNumber(k1) != n1 || OwnerOf(k1) != model.ID(a1) || LastID(PairKey(PrefixChat, model.ID(a1), model.ID(b1))) != model.ID(b1) {
			t.Fatalf("%x", k1)
		}
		prefix := PairKey(PrefixMessage, model.ID(a1), model.ID(b1))
		if inside := a1 == a2 && b1 == b2; bytes.HasPrefix(k2, prefix) != inside {
			t.Fatalf("%x in %x", k2, prefix)
		}
	})
}
