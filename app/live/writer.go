package live

import (
	"errors"
	"time"

	"duologue/app/wire"
	"duologue/db"
)

// write is the writer: it is started when there is work, writes what there
// is, and ends. A quiet socket has no goroutine but its reader.
func (c *conn) write() {
	for more := false; more || c.writerGoesOn(); {
		var err error
		if more, err = c.flush(); err != nil {
			c.ws.Close() // wakes the reader
			c.mu.Lock()
			c.broken = true
			c.mu.Unlock()
		}
	}
}

// writerGoesOn reports whether there is something to write; otherwise the writer
// has ended.
func (c *conn) writerGoesOn() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.hasWork && !c.broken {
		return true
	}
	c.writerRuns = false
	c.changed.Broadcast()
	return false
}

// flush writes what waits: a welcome, events, what may be dropped, and then
// the replies, so that a pong comes after all that was there before its ping.
// It reports whether more events are at hand.
func (c *conn) flush() (more bool, err error) {
	c.mu.Lock()
	replies, answers, code, said := c.replies, c.helloAnswers, c.closeCode, c.closeSaid
	ping, presence, typing := c.ping, c.presence, c.typing
	c.replies, c.helloAnswers, c.ping, c.presence, c.typing = nil, nil, false, nil, nil
	c.hasWork = false
	c.mu.Unlock()

	if said { // after the close frame nothing may follow
		c.releaseReplies(len(replies))
		return false, nil
	}
	c.ws.SetWriteDeadline(time.Now().Add(c.hub.opts.Times.Write))
	c.ws.Cork()
	defer func() { err = errors.Join(err, c.ws.Uncork()); c.releaseReplies(len(replies)) }()
	for _, a := range answers {
		c.cursor, c.sendsEvents = a.cursor, a.sendsEvents
		if err := c.ws.WriteText(wire.EncodeFrame(a.frame)); err != nil {
			return false, err
		}
	}
	if c.sendsEvents && code == 0 {
		if more, err = c.writeEvents(); err != nil {
			return false, err
		}
	}
	if c.sendsEvents {
		for _, f := range presence {
			if err := c.ws.WriteText(wire.EncodeFrame(f)); err != nil {
				return false, err
			}
		}
		for who := range typing {
			if err := c.ws.WriteText(wire.EncodeTyping(who)); err != nil {
				return false, err
			}
		}
	}
	for _, f := range replies {
		if err := c.ws.WriteText(f); err != nil {
			return false, err
		}
	}
	if ping {
		if err := c.ws.WritePing(time.Now().Add(c.hub.opts.Times.Write)); err != nil {
			return false, err
		}
	}
	if code != 0 {
		c.writeClose(code)
		c.mu.Lock()
		c.closeSaid = true
		c.mu.Unlock()
		return false, nil
	}
	return more, nil
}

// writeEvents writes the next part of the log, from the ring or the store.
func (c *conn) writeEvents() (more bool, err error) {
	h := c.hub
	encode := func(e *db.Event) []byte { return wire.EncodeEvent(e, h.store.NameOf, h.Online) }
	frames, end, have := c.ring.after(c.cursor, c.frameSlots[:0], encode)
	if !have {
		events, err := h.store.Events(c.person, c.cursor, eventsAtOnce)
		if db.CodeOf(err) == db.Gone { // so far behind that the log went on without it
			c.end(wire.CloseOverloaded) // its next hello is answered with reset
			return false, nil
		}
		if err != nil {
			h.opts.Log.Error("events cannot be read", "person", c.person, "err", err)
			c.end(wire.CloseInternal)
			return false, nil
		}
		for i := range events {
			frames = append(frames, encode(&events[i]))
			end = events[i].Ev
		}
		if len(events) < eventsAtOnce {
			c.ring.reached(end)
		}
	}
	for _, f := range frames {
		if err := c.ws.WriteText(f); err != nil {
			return false, err
		}
	}
	clear(frames)
	c.frameSlots = frames[:0]
	c.cursor = end
	return len(frames) > 0, nil
}
