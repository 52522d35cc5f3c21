package db

import (
	"context"
	"fmt"

	"pgregory.net/rapid"
)

// text gives something to say that was never said before.
func (x *machine) text(t *rapid.T) string {
	x.texts++
	return fmt.Sprintf("secret%05d. %s", x.texts, rapid.SampledFrom(someTexts).Draw(t, "text"))
}

func (x *machine) steps() map[string]func(*rapid.T) step {
	return map[string]func(*rapid.T) step{
		"send": x.send, "send2": x.send, "send3": x.send, "repeat": x.repeat, "read": x.read, "got": x.gotStep, "edit": x.edit,
		"recall": x.recall, "remove": x.remove, "open": x.openChat, "delete": x.deleteChat, "mark": x.mark, "person": x.person,
		"join": x.join, "leave": x.leave,
	}
}

func (x *machine) send(t *rapid.T) step {
	s := Send{From: x.anyone(t, "from"), To: x.anyone(t, "to"), CID: fmt.Sprintf("%016d", len(x.sent)), Content: x.text(t),
		Session: Session{ID: fmt.Sprint(len(x.sent)), Device: rapid.SampledFrom([]string{"", "a phone", "电脑"}).Draw(t, "device")}}
	if rapid.IntRange(0, 3).Draw(t, "answers") == 0 {
		s.Reply = x.seq(t, s.From, s.To)
	}
	if s.Files = x.someFiles(t, s.From); len(s.Files) > 0 && rapid.Bool().Draw(t, "no text") {
		s.Content = ""
	}
	x.sent = append(x.sent, s)
	return x.sending(s)
}

func (x *machine) sending(s Send) step {
	var ack Ack
	var err error
	return step{
		run: func(ctx context.Context) { ack, err = x.s.SendNow(ctx, s) },
		verify: func(t *rapid.T) {
			want, code := x.m.send(s, x.now(), x.looking[chatKey{s.To, s.From}])
			same(t, "send", code, CodeOf(err))
			if code != "" {
				return
			}
			if !want.Repeat {
				if s.Content != "" {
					x.said(PairOf(s.From, s.To), ack.Seq, s.Content)
				}
				mine := x.m.acks[modelCID{s.From, s.CID}]
				mine.ack.Ev = ack.Ev
				x.m.acks[modelCID{s.From, s.CID}], want.Ev = mine, ack.Ev
				if e := x.told[s.From][ack.Ev-1]; e.Ev != ack.Ev || e.Kind != KindMessage || e.Seq != ack.Seq {
					t.Fatalf("the ack %+v names the event %+v", ack, e)
				}
			}
			same(t, "ack", want, ack)
		},
	}
}

// repeat sends an old cid again, sometimes with something else.
func (x *machine) repeat(t *rapid.T) step {
	if len(x.sent) == 0 {
		return x.send(t)
	}
	s := rapid.SampledFrom(x.sent).Draw(t, "again")
	s.Session = Session{ID: "another", Device: "another"}
	switch rapid.IntRange(0, 4).Draw(t, "how") {
	case 0:
		if s.Content == "" {
			s.Content = x.text(t)
		}
		s.Content += "!"
	case 1:
		s.To = x.anyone(t, "to")
	case 2:
		s.From, s.Content = x.anyone(t, "from"), x.text(t)
	}
	return x.sending(s)
}

func (x *machine) read(t *rapid.T) step {
	owner, who := x.anyone(t, "owner"), x.anyone(t, "who")
	upto := x.seq(t, owner, who)
	var err error
	return step{
		run:    func(ctx context.Context) { err = read(ctx, x.s, owner, who, upto) },
		verify: func(t *rapid.T) { same(t, "read", x.m.read(owner, who, upto), CodeOf(err)) },
	}
}

func (x *machine) gotStep(t *rapid.T) step {
	owner := x.anyone(t, "owner")
	ev := uint64(rapid.IntRange(0, len(x.told[owner])).Draw(t, "ev"))
	var err error
	return step{
		run:    func(ctx context.Context) { err = got(ctx, x.s, owner, ev) },
		verify: func(t *rapid.T) { x.m.gotUpto(owner, ev); same(t, "got", nil, err) },
	}
}

func (x *machine) edit(t *rapid.T) step {
	owner, who := x.anyone(t, "owner"), x.anyone(t, "who")
	seq, text := x.seq(t, owner, who), x.text(t)+"*"
	return x.changing(owner, who, seq, text, false)
}

func (x *machine) recall(t *rapid.T) step {
	owner, who := x.anyone(t, "owner"), x.anyone(t, "who")
	return x.changing(owner, who, x.seq(t, owner, who), "", true)
}

func (x *machine) changing(owner, who ID, seq uint64, text string, recall bool) step {
	var msg Message
	var err error
	return step{
		run: func(ctx context.Context) {
			if recall {
				msg, err = x.s.Recall(ctx, owner, who, seq)
			} else {
				msg, err = x.s.Edit(ctx, owner, who, seq, text)
			}
		},
		verify: func(t *rapid.T) {
			want, code := x.m.change(owner, who, seq, text, recall, x.now())
			same(t, "change", code, CodeOf(err))
			if code == "" {
				same(t, "changed", want, msg)
				if recall {
					x.tookBack(PairOf(owner, who), seq)
				} else {
					x.said(PairOf(owner, who), seq, text)
				}
			}
		},
	}
}

func (x *machine) remove(t *rapid.T) step {
	owner, who := x.anyone(t, "owner"), x.anyone(t, "who")
	seq := x.seq(t, owner, who)
	var err error
	return step{
		run: func(ctx context.Context) { err = x.s.Remove(ctx, owner, who, seq) },
		verify: func(t *rapid.T) {
			delete(x.m.chat(owner, who).copies, seq)
			same(t, "remove", nil, err)
		},
	}
}

func (x *machine) openChat(t *rapid.T) step {
	owner, who := x.anyone(t, "owner"), x.anyone(t, "who")
	var made bool
	var err error
	return step{
		run: func(ctx context.Context) { _, made, err = x.s.OpenChat(ctx, owner, who) },
		verify: func(t *rapid.T) {
			want, code := x.m.openChat(owner, who, x.now())
			same(t, "open", code, CodeOf(err))
			same(t, "made", want, made)
		},
	}
}

func (x *machine) deleteChat(t *rapid.T) step {
	owner, who := x.anyone(t, "owner"), x.anyone(t, "who")
	var err error
	return step{
		run:    func(ctx context.Context) { err = x.s.DeleteChat(ctx, owner, who) },
		verify: func(t *rapid.T) { x.m.deleteChat(owner, who); same(t, "delete", nil, err) },
	}
}

func (x *machine) mark(t *rapid.T) step {
	owner, who := x.anyone(t, "owner"), x.anyone(t, "who")
	var c ChatChange
	pick := func(label string) *bool {
		if !rapid.Bool().Draw(t, label+"?") {
			return nil
		}
		v := rapid.Bool().Draw(t, label)
		return &v
	}
	c.Pinned, c.Muted, c.Marked = pick("pinned"), pick("muted"), pick("marked")
	if rapid.Bool().Draw(t, "draft?") {
		text := rapid.SampledFrom([]string{"", "draft", "草稿"}).Draw(t, "draft")
		c.Draft = &text
	}
	var err error
	return step{
		run: func(ctx context.Context) { _, err = x.s.ChangeChat(ctx, owner, who, c) },
		verify: func(t *rapid.T) {
			chat := x.m.chat(owner, who)
			if !chat.live {
				same(t, "mark", NotFound, CodeOf(err))
				return
			}
			same(t, "mark", nil, err)
			set(&chat.Pinned, c.Pinned)
			set(&chat.Muted, c.Muted)
			set(&chat.Marked, c.Marked)
			set(&chat.Draft, c.Draft)
		},
	}
}

func set[T any](v, to *T) {
	if to != nil {
		*v = *to
	}
}

// person renames somebody or turns receipts on and off.
func (x *machine) person(t *rapid.T) step {
	id := x.anyone(t, "id")
	name, receipts := x.name(t, id), rapid.Bool().Draw(t, "receipts")
	var err error
	return step{
		run: func(ctx context.Context) {
			_, err = x.s.ChangePerson(ctx, id, PersonChange{Name: &name, Receipts: &receipts}, "")
		},
		verify: func(t *rapid.T) {
			p, code := x.m.people[id], Code("")
			switch {
			case p.Removed:
				code = NotFound
			case x.m.nameTaken(name, id):
				code = Conflict
			default:
				p.Name, p.Receipts = name, receipts
			}
			same(t, "person", code, CodeOf(err))
		},
	}
}

// name gives one that often somebody has.
func (x *machine) name(t *rapid.T, id ID) string {
	return rapid.SampledFrom([]string{fmt.Sprint("P", id), "Ann", "ANN", "Bo"}).Draw(t, "name")
}

func (x *machine) join(t *rapid.T) step {
	name := x.name(t, ID(len(x.m.people)+1))
	var p Person
	var err error
	return step{
		run: func(ctx context.Context) { p, _, err = x.s.Join(ctx, x.s.JoinCode(), name, "", "test") },
		verify: func(t *rapid.T) {
			if x.m.nameTaken(name, 0) {
				same(t, "join", Conflict, CodeOf(err))
				return
			}
			same(t, "join", nil, err)
			want := Person{ID: ID(len(x.m.people) + 1), Name: name, Joined: x.now(), Receipts: true}
			same(t, "joined", want, p)
			x.m.people[p.ID] = &p
		},
	}
}

func (x *machine) leave(t *rapid.T) step {
	id := x.anyone(t, "id")
	if id < 4 {
		return x.send(t)
	}
	var err error
	return step{
		run: func(ctx context.Context) { err = x.s.RemovePerson(ctx, id) },
		verify: func(t *rapid.T) {
			if x.m.people[id].Removed {
				same(t, "leave", NotFound, CodeOf(err))
				return
			}
			same(t, "leave", nil, err)
			x.m.people[id].Removed = true
		},
	}
}
