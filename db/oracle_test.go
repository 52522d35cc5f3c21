package db

import (
	"cmp"
	"maps"
	"os"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"duologue/db/history"
)

// A device that starts from a snapshot at any moment and applies the events
// after it, live or read again, in parts and with pauses, holds what a fresh
// snapshot and the histories say; and nothing gives out what was taken back.
func TestOracle(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		dir, err := os.MkdirTemp(t.TempDir(), "")
		check(t, err)
		x := newMachine(t, dir, 3, rapid.Bool().Draw(rt, "purge"))
		defer func() { check(t, x.s.Close()); os.RemoveAll(dir) }()
		var devices []*device
		for owner := range ID(2) {
			devices = append(devices, x.device(rt, owner+1), x.device(rt, owner+1))
		}
		actions := x.actions()
		actions["sync"] = func(t *rapid.T) {
			i := rapid.IntRange(0, len(devices)-1).Draw(t, "device")
			devices[i] = x.device(t, devices[i].owner)
		}
		actions["follow"] = func(t *rapid.T) {
			x.follow(t, rapid.SampledFrom(devices).Draw(t, "device"))
		}
		actions[""] = func(t *rapid.T) {
			for _, d := range devices {
				x.compareDevice(t, d)
			}
		}
		rt.Repeat(actions)
		for _, d := range devices {
			for d.ev < uint64(len(x.told[d.owner])) {
				x.follow(rt, d)
			}
			x.compareDevice(rt, d)
		}
		x.keepSilent(rt)
	})
}

// device is what a client holds: the state and all messages.
type device struct {
	owner    ID
	ev       uint64
	people   map[ID]Person
	chats    map[ID]Chat
	messages map[ID]map[uint64]Message
}

func (x *machine) device(t *rapid.T, owner ID) *device {
	snap, err := x.s.Snapshot(owner)
	same(t, "snapshot", nil, err)
	d := &device{owner, snap.Ev, map[ID]Person{}, map[ID]Chat{}, map[ID]map[uint64]Message{}}
	for _, p := range snap.People {
		d.people[p.ID] = onTheWire(p)
	}
	for _, c := range snap.Chats {
		d.chats[c.Who] = c
	}
	for who := range x.m.people {
		page, more, err := x.s.History(owner, who, history.Range{Limit: history.MaxPage})
		same(t, "history", nil, err)
		same(t, "a page holds all", false, more)
		for _, m := range page {
			d.side(who)[m.Seq] = m
		}
	}
	return d
}

// wire leaves away what no event tells.
func onTheWire(p Person) Person { return Person{ID: p.ID, Name: p.Name, Joined: p.Joined} }

// follow applies some of the next events: the live ones, or those of the log.
func (x *machine) follow(t *rapid.T, d *device) {
	n := rapid.IntRange(1, 30).Draw(t, "events")
	live := x.told[d.owner]
	events := live[d.ev:min(int(d.ev)+n, len(live))]
	if rapid.Bool().Draw(t, "again") {
		again, err := x.s.Events(d.owner, d.ev, n)
		same(t, "events", nil, err)
		same(t, "as many events", len(events), len(again))
		events = again
	}
	for _, e := range events {
		d.apply(t, e)
	}
}

func (d *device) apply(t *rapid.T, e Event) {
	if d.ev++; e.Ev != d.ev {
		t.Fatalf("event %d where %d comes next", e.Ev, d.ev)
	}
	switch e.Kind {
	case KindMessage:
		c := *e.Chat
		c.Last = e.Message
		d.chats[e.Who], d.side(e.Who)[e.Seq] = c, *e.Message
	case KindChanged:
		d.side(e.Who)[e.Seq] = *e.Message
	case KindRemoved:
		delete(d.messages[e.Who], e.Seq)
	case KindChat:
		d.chats[e.Who] = *e.Chat
	case KindChatDeleted:
		delete(d.chats, e.Who)
		clear(d.messages[e.Who])
	case KindPerson:
		d.people[e.Who] = onTheWire(*e.Person)
	case KindPersonRemoved:
		delete(d.people, e.Who)
	default:
		t.Fatalf("an event of kind %q", e.Kind)
	}
}

func (d *device) side(who ID) map[uint64]Message {
	if d.messages[who] == nil {
		d.messages[who] = map[uint64]Message{}
	}
	return d.messages[who]
}

// compareDevice compares a device that is at the head with a new one.
func (x *machine) compareDevice(t *rapid.T, d *device) {
	if d.ev == uint64(len(x.told[d.owner])) {
		same(t, "state", x.device(t, d.owner).sorted(), d.sorted())
	}
}

type deviceState struct {
	Ev       uint64
	People   []Person
	Chats    []Chat
	Messages map[ID][]Message
}

func (d *device) sorted() deviceState {
	s := deviceState{Ev: d.ev, Messages: map[ID][]Message{}}
	s.People = slices.SortedFunc(maps.Values(d.people), func(a, b Person) int { return cmp.Compare(a.ID, b.ID) })
	s.Chats = slices.SortedFunc(maps.Values(d.chats), func(a, b Chat) int { return cmp.Compare(a.Who, b.Who) })
	for who, all := range d.messages {
		if len(all) == 0 {
			continue
		}
		s.Messages[who] = slices.SortedFunc(maps.Values(all), func(a, b Message) int { return cmp.Compare(a.Seq, b.Seq) })
	}
	return s
}
