package live

import (
	"bytes"
	"context"
	"log/slog"
	"net/netip"
	"slices"
	"sync"
	"time"

	"duologue/app/wire"
	"duologue/db"
)

// maxAddressSockets is what one address that is not this computer may have open.
const maxAddressSockets = 64

// Options say what a hub is like. Log, Now and Allow have to be set.
type Options struct {
	Log   *slog.Logger
	Now   func() time.Time
	UI    string            // the hash of the page that this host serves
	Rate  float64           // messages a second per person; 0: frames and sockets of an address have no limit
	Allow func(db.ID) error // counts a message of a person, or says that it is one too many
	Times Times
}

// Hub knows who is connected right now and who has which chat open. It holds
// connections and nothing else: presence and "is looking at this chat" are
// derived from them, and what they are told is read from the event log.
//
// The order of mutexes is ring.mu, Hub.mu, conn.mu. The committer's goroutine calls
// Committed and Looking, which take these, so nobody may wait for the store
// while holding one of them. Names and people the store answers from memory,
// under a mutex of its own inside which it takes none of these.
type Hub struct {
	opts  Options
	store Store

	// They lend a socket a buffer while it reads a frame, into which nothing
	// that is kept points, and while it writes.
	readBuffers, writeBuffers sync.Pool

	mu       sync.Mutex
	pairs    map[db.Pair][]*conn // who has this chat open, both sides
	people   map[db.ID][]*conn   // everybody's connections
	rings    map[db.ID]*ring     // of those who are in people
	closed   bool
	added    int // counts up, to spread the pings
	handlers sync.WaitGroup
}

// New makes a hub, which needs its store before anything else is called.
func New(o Options) *Hub {
	o.Times.setDefaults()
	return &Hub{opts: o, pairs: map[db.Pair][]*conn{}, people: map[db.ID][]*conn{}, rings: map[db.ID]*ring{},
		readBuffers: sync.Pool{New: func() any { return new(bytes.Buffer) }}}
}

// Attach names the store, which could not be opened before there was a hub.
func (h *Hub) Attach(store Store) { h.store = store }

// Committed passes on what a transaction changed: into the rings of those who
// are connected, and a wake-up to each of their connections. It is called by
// the committer, in order.
func (h *Hub) Committed(c db.Committed) {
	for id, events := range c.Events {
		if r := h.ring(id); r != nil {
			r.push(events)
		}
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for id := range c.Events {
		for _, conn := range h.people[id] {
			conn.wake()
		}
	}
	if len(c.Ended) == 0 {
		return
	}
	for _, conns := range h.people {
		for _, conn := range conns {
			if slices.Contains(c.Ended, conn.session.ID) {
				conn.end(wire.CloseSessionEnded)
			}
		}
	}
}

// ring is nil for somebody who is not connected.
func (h *Hub) ring(id db.ID) *ring {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.rings[id]
}

// Looking reports whether a device of owner shows the end of the chat with who
// to a person right now; one that gets no events shows nothing.
func (h *Hub) Looking(owner, who db.ID) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, c := range h.pairs[db.PairOf(owner, who)] {
		if c.person == owner && c.open[who] && c.welcomed && !c.ending() {
			return true
		}
	}
	return false
}

// hasRoom reports whether one more socket of a person from an address fits.
func (h *Hub) hasRoom(id db.ID, addr netip.Addr) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.hasRoomLocked(id, addr)
}

var errSockets = &wire.RateError{Wait: 5 * time.Second}

func (h *Hub) hasRoomLocked(id db.ID, addr netip.Addr) error {
	if h.closed {
		return wire.ErrClosing
	}
	if len(h.people[id]) >= wire.MaxPersonSockets {
		return errSockets
	}
	if h.opts.Rate == 0 || addr.IsLoopback() {
		return nil
	}
	n := 0
	for _, conns := range h.people {
		for _, c := range conns {
			if c.addr == addr {
				n++
			}
		}
	}
	if n >= maxAddressSockets {
		return errSockets
	}
	return nil
}

// add takes a connection in; remove has to follow when there is no error.
func (h *Hub) add(c *conn) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if err := h.hasRoomLocked(c.person, c.addr); err != nil {
		return err
	}
	h.handlers.Add(1)
	if h.rings[c.person] == nil {
		h.rings[c.person] = &ring{}
	}
	c.ring = h.rings[c.person]
	c.slot = h.added % pingTime
	h.added++
	h.people[c.person] = append(h.people[c.person], c)
	return nil
}

// remove takes a connection out of everything, empty lists included.
func (h *Hub) remove(c *conn) {
	h.mu.Lock()
	for who := range c.open {
		h.leaveChat(c, who)
	}
	c.open = nil
	last := c.welcomed && !h.present(c.person, c)
	if left := slices.DeleteFunc(h.people[c.person], func(o *conn) bool { return o == c }); len(left) > 0 {
		h.people[c.person] = left
	} else {
		delete(h.people, c.person)
		delete(h.rings, c.person)
	}
	now := h.opts.Now().UnixMilli()
	if last {
		h.broadcastPresence(wire.PresenceFrame{Type: "presence", Presence: wire.Presence{User: c.person, Seen: now}})
	}
	h.mu.Unlock()
	if last {
		h.store.Saw(c.person, now)
	}
}

// openChat notes that a connection has the chat with who on screen, and whether
// somebody looks at its end; false when it has too many on screen.
func (h *Hub) openChat(c *conn, who db.ID, looking bool) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, ok := c.open[who]; !ok {
		if len(c.open) >= maxOpen {
			return false
		}
		pair := db.PairOf(c.person, who)
		h.pairs[pair] = append(h.pairs[pair], c)
	}
	if c.open == nil {
		c.open = map[db.ID]bool{}
	}
	c.open[who] = looking
	return true
}

// closeChat notes that a connection has the chat with who on screen no longer.
func (h *Hub) closeChat(c *conn, who db.ID) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, ok := c.open[who]; ok {
		h.leaveChat(c, who)
		delete(c.open, who)
	}
}

func (h *Hub) leaveChat(c *conn, who db.ID) {
	pair := db.PairOf(c.person, who)
	if left := slices.DeleteFunc(h.pairs[pair], func(o *conn) bool { return o == c }); len(left) > 0 {
		h.pairs[pair] = left
	} else {
		delete(h.pairs, pair)
	}
}

// pingSlot asks the connections of one slot for a sign of life.
func (h *Hub) pingSlot(slot int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, conns := range h.people {
		for _, c := range conns {
			if c.slot == slot {
				c.queuePing()
			}
		}
	}
}

// PingAll asks every connection for a sign of life. After the computer slept
// they may be dead and still look open.
func (h *Hub) PingAll() {
	for slot := range pingTime {
		h.pingSlot(slot)
	}
}

// Run pings every connection in turn until ctx ends.
func (h *Hub) Run(ctx context.Context) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for n := 0; ; n++ {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
			h.pingSlot(n % pingTime)
		}
	}
}

// Close sends everybody away with 1012 and waits until the last handler has
// ended, which takes farewellTime at most. Handlers that the store or the disk
// holds are left behind a second later; closing the store ends what it can.
func (h *Hub) Close() {
	h.mu.Lock()
	h.closed = true
	for _, conns := range h.people {
		for _, c := range conns {
			c.end(wire.CloseRestarting)
		}
	}
	h.mu.Unlock()
	ended := make(chan struct{})
	go func() { h.handlers.Wait(); close(ended) }()
	bound := time.NewTimer(farewellTime + time.Second)
	defer bound.Stop()
	select {
	case <-ended:
	case <-bound.C:
		h.opts.Log.Error("sockets still wait for the store at the end")
	}
}
