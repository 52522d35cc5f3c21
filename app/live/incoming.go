package live

import (
	"errors"
	"time"

	"duologue/app/wire"
	"duologue/db"
)

// maxRefused is how many messages in a row may be refused for their rate
// before the socket is closed. A client that honours retry_after stays far below.
const maxRefused = 2000

// handle takes one text frame, on the reader's goroutine, and answers a close
// code or 0.
func (c *conn) handle(frame []byte) int {
	kind, _ := wire.FrameType(frame)
	if c.phase == awaitsHello && kind != "hello" {
		return wire.CloseNoHello
	}
	switch kind {
	case "hello":
		var f wire.HelloFrame
		if !c.parse(frame, &f) {
			return wire.ClosePolicy
		}
		return c.hello(f)
	case "send":
		var f wire.SendFrame
		if c.parse(frame, &f) {
			c.send(f)
		}
	case "open":
		var f wire.OpenFrame
		if c.parse(frame, &f) && c.personExists(*f.Who) && !c.hub.openChat(c, *f.Who, f.Looking) {
			c.refuse("", db.Errorf(db.Invalid, "who: too many chats on screen"))
		}
	case "close":
		var f wire.WhoFrame
		if c.parse(frame, &f) {
			c.hub.closeChat(c, *f.Who)
		}
	case "read":
		var f wire.ReadFrame
		if c.parse(frame, &f) && c.reserveStoreReply() {
			c.hub.store.Read(c.person, *f.Who, *f.Upto, c.markDone)
		}
	case "got":
		var f wire.GotFrame
		if c.parse(frame, &f) && c.reserveStoreReply() {
			c.hub.store.Got(c.person, *f.Ev, c.markDone)
		}
	case "typing":
		var f wire.WhoFrame
		if c.parse(frame, &f) && c.personExists(*f.Who) {
			c.hub.forwardTyping(c.person, *f.Who)
		}
	case "ping":
		var f wire.PingFrame
		if c.parse(frame, &f) {
			if c.waitForStore() && c.reserveReply() {
				c.queueReply(wire.EncodePong(f.N))
			}
		}
	default:
		c.refuse("", db.Errorf(wire.BadRequest, "a frame is an object with a known type"))
	}
	return 0
}

// parse reads the whole frame, or says what is wrong with it.
func (c *conn) parse(frame []byte, v any) bool {
	err := wire.Decode(frame, v)
	if field := wire.AbsentField(v); err == nil && field != "" {
		err = wire.Missing(field)
	}
	if err != nil {
		c.refuse(wire.CIDIn(frame), err)
	}
	return err == nil
}

// personExists reports whether there is such a person, and says so if not.
func (c *conn) personExists(who db.ID) bool {
	if _, ok := c.hub.store.Person(who); !ok {
		c.refuse("", db.Errorf(db.NotFound, "who: there is no such person"))
		return false
	}
	return true
}

// hello places the cursor, or sends the client to GET /api/sync when its
// history is not this one or is no longer kept.
func (c *conn) hello(f wire.HelloFrame) int {
	if c.phase == saidHello {
		c.refuse("", db.Errorf(wire.BadRequest, "this socket had its hello"))
		return 0
	}
	since, known, err := f.Cursor()
	if err != nil {
		c.refuse("", err)
		return wire.ClosePolicy
	}
	store := c.hub.store
	head, floor, err := store.Head(c.person)
	if err != nil {
		c.hub.opts.Log.Error("the log cannot be read", "person", c.person, "err", err)
		return wire.CloseInternal
	}
	if f.Epoch != store.Epoch() || !known || since > head || since < floor {
		c.phase = awaitsSecondHello
		c.ws.SetReadDeadline(time.Now().Add(c.hub.opts.Times.Reset))
		c.queueHelloAnswer(helloAnswer{frame: wire.ResetFrame{Type: "reset", Epoch: store.Epoch(), Head: head}})
		return 0
	}
	me, _ := store.Person(c.person)
	c.phase = saidHello
	c.hub.welcome(c, since, wire.WelcomeFrame{Type: "welcome", Epoch: store.Epoch(), Head: head,
		Now: c.hub.opts.Now().UnixMilli(), Me: wire.MeOf(me), UI: c.hub.opts.UI, People: []wire.Presence{}})
	return 0
}

// send hands a message to the store, and its answer to the writer. One over
// its rate takes the same way, so that later ones can't overtake it.
func (c *conn) send(f wire.SendFrame) {
	if !c.reserveStoreReply() {
		return
	}
	m := db.Send{From: c.person, To: *f.To, CID: *f.CID, Content: *f.Content, Reply: f.Reply, Files: f.Files,
		Session: c.session, Order: &c.order, Refuse: func() error { return c.hub.opts.Allow(c.person) }}
	c.hub.store.Send(m, func(ack db.Ack, err error) {
		frame := wire.EncodeAck(ack)
		if err != nil {
			frame = c.errorFrame(m.CID, err)
		}
		c.countRefusal(err)
		c.queueReply(frame)
		c.storeAnswered()
	})
}

// countRefusal ends a socket that goes on in spite of being refused for its rate.
func (c *conn) countRefusal(err error) {
	_, rate := errors.AsType[*wire.RateError](err)
	c.mu.Lock()
	if c.refusedInARow++; !rate {
		c.refusedInARow = 0
	}
	flooding := c.refusedInARow > maxRefused
	c.mu.Unlock()
	if flooding {
		c.end(wire.CloseFlooding)
	}
}

// markDone ends a mark, which is answered only when it fails.
func (c *conn) markDone(err error) {
	if err != nil {
		c.queueReply(c.errorFrame("", err))
	} else {
		c.releaseReplies(1)
	}
	c.storeAnswered()
}

// refuse answers a frame with an error.
func (c *conn) refuse(cid string, err error) {
	if c.reserveReply() {
		c.queueReply(c.errorFrame(cid, err))
	}
}

func (c *conn) errorFrame(cid string, err error) []byte {
	code, message := wire.Outward(err)
	if code == db.Internal {
		c.hub.opts.Log.Error("a frame failed", "err", err)
	}
	f := wire.ErrorFrame{Type: "error", CID: cid, Code: string(code), Message: message}
	if e, ok := errors.AsType[*wire.RateError](err); ok {
		f.RetryAfter = max(1, e.Wait.Milliseconds())
	}
	return wire.EncodeFrame(f)
}
