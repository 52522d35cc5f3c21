package live

import (
	"time"

	"duologue/app/wire"
	"duologue/db"
)

// This file is what any goroutine may hand to a socket's writer, under conn.mu
// and without waiting; only the reader's goroutine waits, for room and for the
// store, and at the end for the writer.

// wake lets the writer look for what there is to do.
func (c *conn) wake() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wakeLocked()
}

func (c *conn) wakeLocked() {
	c.hasWork = true
	if !c.writerRuns && !c.broken {
		c.writerRuns = true
		go c.write()
	}
}

// waitForWriter waits for the writer's last words; none is started afterwards.
func (c *conn) waitForWriter() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.writerRuns {
		c.changed.Wait()
	}
	c.broken = true
	if c.cutOff != nil {
		c.cutOff.Stop()
	}
}

// end asks for the socket to be closed with a code; the first one counts. A
// client that doesn't go by itself is cut off.
func (c *conn) end(code int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closeCode == 0 {
		c.closeCode = code
		c.cutOff = time.AfterFunc(farewellTime, func() { c.ws.Close() })
		c.changed.Broadcast() // nobody waits for room or for the store any more
	}
	c.wakeLocked()
}

func (c *conn) ending() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.closeCode != 0
}

// reserveReply waits until fewer than maxUnwritten frames lack their reply, and
// reserves the place of one more: releaseReplies gives it back. It reports false
// when nothing can be written any more, or the socket ends before there is room.
func (c *conn) reserveReply() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.unwritten >= maxUnwritten && !c.broken && c.closeCode == 0 {
		c.changed.Wait()
	}
	if c.broken || c.unwritten >= maxUnwritten {
		return false
	}
	c.unwritten++
	return true
}

// reserveStoreReply is reserveReply for a frame that the store will answer;
// storeAnswered has to follow.
func (c *conn) reserveStoreReply() bool {
	if !c.reserveReply() {
		return false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.unanswered++
	return true
}

// storeAnswered notes that the store answered one of the frames that it was given.
func (c *conn) storeAnswered() {
	c.mu.Lock()
	c.unanswered--
	c.mu.Unlock()
	c.changed.Broadcast()
}

// waitForStore waits until the store has answered all frames of this socket
// that it was given. It reports false when the socket ends before that, or
// nothing can be written any more.
func (c *conn) waitForStore() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.unanswered > 0 && !c.broken && c.closeCode == 0 {
		c.changed.Wait()
	}
	return c.unanswered == 0
}

// queueReply hands a reply, whose place was reserved, to the writer.
func (c *conn) queueReply(frame []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.replies = append(c.replies, frame)
	c.wakeLocked()
}

// releaseReplies gives back the places of n replies: they were written, or
// there is nothing to write.
func (c *conn) releaseReplies(n int) {
	if n == 0 {
		return
	}
	c.mu.Lock()
	c.unwritten -= n
	c.mu.Unlock()
	c.changed.Broadcast()
}

// queueHelloAnswer hands the answer to a hello to the writer.
func (c *conn) queueHelloAnswer(a helloAnswer) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.helloAnswers = append(c.helloAnswers, a)
	c.wakeLocked()
}

func (c *conn) queuePing() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ping = true
	c.wakeLocked()
}

func (c *conn) queuePresence(f wire.PresenceFrame) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.presence == nil {
		c.presence = map[db.ID]wire.PresenceFrame{}
	}
	c.presence[f.User] = f
	c.wakeLocked()
}

func (c *conn) queueTyping(who db.ID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.typing == nil {
		c.typing = map[db.ID]bool{}
	}
	c.typing[who] = true
	c.wakeLocked()
}
