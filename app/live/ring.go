package live

import (
	"sync"

	"duologue/db"
)

// What a ring holds at most. It is for those who are a moment behind; who is
// further behind reads from the store.
const (
	ringEvents = 128
	ringBytes  = 128 << 10
)

// ring is the newest part of one person's event log, encoded once for all of
// that person's connections, and no earlier than one of them asks.
type ring struct {
	mu      sync.Mutex // before Hub.mu
	head    uint64     // the newest ev known; what is above is yet to come
	entries []ringEntry
	bytes   int // what they take, together
}

type ringEntry struct {
	event *db.Event // nil once it is encoded
	frame []byte
	ev    uint64
}

// push appends events that were just committed, in order. Where one changes
// or removes what an earlier one may still say, the earlier ones are dropped:
// the store joins them with what is there now.
func (r *ring) push(events []db.Event) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i := range events {
		e := &events[i]
		switch e.Kind {
		case db.KindChanged, db.KindRemoved, db.KindChatDeleted:
			r.drop(len(r.entries))
		}
		r.entries = append(r.entries, ringEntry{event: e, ev: e.Ev})
		r.bytes += r.entries[len(r.entries)-1].size()
		r.head = max(r.head, e.Ev)
	}
	r.trim()
}

// trim forgets what is too much; the newest entry stays, whatever it takes.
func (r *ring) trim() {
	if n := len(r.entries) - ringEvents; n > 0 {
		r.drop(n)
	}
	if r.bytes > ringBytes && len(r.entries) > 1 {
		r.drop(len(r.entries) - 1)
	}
}

// drop forgets the n oldest entries.
func (r *ring) drop(n int) {
	for i := range r.entries[:n] {
		r.bytes -= r.entries[i].size()
	}
	kept := copy(r.entries, r.entries[n:])
	clear(r.entries[kept:])
	r.entries = r.entries[:kept]
}

// size is about what an entry keeps in memory, in bytes.
func (e *ringEntry) size() int {
	if e.event == nil {
		return max(512, len(e.frame))
	}
	size := 512 + messageSize(e.event.Message)
	if c := e.event.Chat; c != nil {
		size += len(c.Draft) + messageSize(c.Last)
	}
	return size
}

func messageSize(m *db.Message) int {
	if m == nil {
		return 0
	}
	size := len(m.Content)
	if m.Reply != nil {
		size += len(m.Reply.Content)
	}
	for i := range m.Files {
		size += 256 + len(m.Files[i].Name)
	}
	return size
}

// after appends the frames that follow cursor to frames, encoding those that
// are not yet, and gives the ev that they end with. have is false when the
// store has to be asked instead.
func (r *ring) after(cursor uint64, frames [][]byte, encode func(*db.Event) []byte) (_ [][]byte, end uint64, have bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.head > 0 && cursor >= r.head {
		return frames, cursor, true
	}
	if len(r.entries) == 0 || r.entries[0].ev > cursor+1 {
		return frames, cursor, false
	}
	for i := int(cursor + 1 - r.entries[0].ev); i < len(r.entries); i++ {
		e := &r.entries[i]
		if e.event != nil {
			r.bytes -= e.size()
			e.frame, e.event = encode(e.event), nil
			r.bytes += e.size()
		}
		frames = append(frames, e.frame)
		cursor = e.ev
	}
	r.trim() // a frame may take more than its event did
	return frames, cursor, true
}

// reached notes that the store had nothing after ev.
func (r *ring) reached(ev uint64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.head = max(r.head, ev)
}
