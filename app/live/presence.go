package live

import (
	"slices"

	"duologue/app/wire"
	"duologue/db"
)

// Online reports whether a person has a connection that said hello.
func (h *Hub) Online(id db.ID) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.present(id, nil)
}

// present is Online without regard to one connection; mu is held.
func (h *Hub) present(id db.ID, but *conn) bool {
	return slices.ContainsFunc(h.people[id], func(c *conn) bool { return c != but && c.welcomed })
}

// Others counts the people but one who are here.
func (h *Hub) Others(but db.ID) (n int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for id := range h.people {
		if id != but && h.present(id, nil) {
			n++
		}
	}
	return n
}

// welcome marks a connection as one that is here, and tells the others when it
// is its person's first. They are told before it is welcomed. The welcome says
// who is here, and it misses nothing that others are told after that: presence
// is in no log, so what changed while it was away it learns in no other way.
func (h *Hub) welcome(c *conn, since uint64, welcome wire.WelcomeFrame) {
	h.mu.Lock()
	defer h.mu.Unlock()
	first := !h.present(c.person, nil)
	c.welcomed = true
	if first {
		h.broadcastPresence(wire.PresenceFrame{Type: "presence", Presence: wire.Presence{User: c.person, Online: true, Seen: h.opts.Now().UnixMilli()}})
	}
	for _, p := range h.store.People() {
		if p.ID != c.person {
			welcome.People = append(welcome.People, wire.Presence{User: p.ID, Online: h.present(p.ID, nil), Seen: p.Seen})
		}
	}
	c.queueHelloAnswer(helloAnswer{sendsEvents: true, cursor: since, frame: welcome})
}

// broadcastPresence gives everybody else the news; mu is held.
func (h *Hub) broadcastPresence(f wire.PresenceFrame) {
	for id, conns := range h.people {
		if id == f.User {
			continue
		}
		for _, c := range conns {
			if c.welcomed {
				c.queuePresence(f)
			}
		}
	}
}

// forwardTyping tells who that a person is writing to them.
func (h *Hub) forwardTyping(from, who db.ID) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, c := range h.people[who] {
		if c.welcomed {
			c.queueTyping(from)
		}
	}
}
