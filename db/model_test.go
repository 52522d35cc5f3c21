package db

import (
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"duologue/db/history"
)

// Whatever two or three people do, in whatever order, also several things in
// one transaction and across restarts: the store shows what the model says.
func TestModel(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		dir, err := os.MkdirTemp(t.TempDir(), "")
		check(t, err)
		x := newMachine(t, dir, 3, rapid.Bool().Draw(rt, "purge"))
		defer func() { check(t, x.s.Close()); os.RemoveAll(dir) }()
		actions := x.actions()
		actions[""] = x.compare
		rt.Repeat(actions)
	})
}

// compare holds everything that can be seen against the model.
func (x *machine) compare(t *rapid.T) {
	for owner := range x.m.people {
		snap, err := x.s.Snapshot(owner)
		same(t, "snapshot", nil, err)
		x.mu.Lock()
		same(t, "contiguous events", "", x.bad)
		same(t, "head", uint64(len(x.told[owner])), snap.Ev)
		x.mu.Unlock()
		var people []Person
		for id := ID(1); id <= ID(len(x.m.people)); id++ {
			if p := x.m.people[id]; !p.Removed {
				people = append(people, *p)
			}
		}
		same(t, "people", people, snap.People)
		same(t, "me", *x.m.people[owner], snap.Me)
		var chats []Chat
		for who := ID(1); who <= ID(len(x.m.people)); who++ {
			if c := x.compareChat(t, owner, who); c != nil {
				chats = append(chats, *c)
			}
		}
		same(t, "chats", chats, snap.Chats)
		x.compareFiles(t, owner)
		x.compareSearch(t, owner)
	}
}

// compareSearch looks for a word in everything that owner has.
func (x *machine) compareSearch(t *rapid.T, owner ID) {
	hits, more, err := x.s.Search(x.t.Context(), owner, "HELLO", 0, "", 10_000)
	same(t, "search", nil, err)
	same(t, "more hits", "", more)
	want := map[chatKey][]uint64{}
	for who := range x.m.people {
		c := x.m.chat(owner, who)
		for _, seq := range slices.Backward(c.seqs()) {
			if strings.Contains(c.copies[seq].Content, "hello") {
				want[chatKey{owner, who}] = append(want[chatKey{owner, who}], seq)
			}
		}
	}
	have := map[chatKey][]uint64{}
	for _, h := range hits {
		same(t, "hit", *x.m.copyOf(owner, h.Who, h.Message.Seq), h.Message)
		have[chatKey{owner, h.Who}] = append(have[chatKey{owner, h.Who}], h.Message.Seq)
	}
	same(t, "hits", want, have)
}

// compareChat compares one side, and gives its chat when there is one.
func (x *machine) compareChat(t *rapid.T, owner, who ID) *Chat {
	c := x.m.chat(owner, who)
	have, err := x.s.Chat(owner, who)
	var copies []Message
	for _, seq := range c.seqs() {
		copies = append(copies, *c.copies[seq])
	}
	page, more, histErr := x.s.History(owner, who, history.Range{Limit: history.MaxPage})
	same(t, "history", nil, histErr)
	same(t, "more", len(copies) > history.MaxPage, more)
	same(t, "history", copies[max(0, len(copies)-history.MaxPage):], page)
	if !c.live {
		same(t, "no chat", NotFound, CodeOf(err))
		return nil
	}
	same(t, "chat", nil, err)
	if c.ID == 0 {
		if _, known := x.m.ids[have.ID]; known || have.ID == 0 {
			t.Fatalf("a new chat of %d with %d got the id %d", owner, who, have.ID)
		}
		c.ID = have.ID
		x.m.ids[have.ID] = chatKey{owner, who}
	}
	want := c.wire()
	same(t, "chat", want, have)
	return &want
}
