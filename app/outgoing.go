package app

import (
	"time"

	"duologue/app/wire"
	"duologue/db"
)

// What others hand to a socket's writer, and how the reader waits for it. All
// of this is under the conn's own lock and never blocks, but for the reader.

// wake lets the writer look for what there is to do.
func (c *conn) wake() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wakeLocked()
}

func (c *conn) wakeLocked() {
	c.news = true
	if !c.writing && !c.dead {
		c.writing = true
		go c.write()
	}
}

// finish waits for the writer's last words; none is started afterwards.
func (c *conn) finish() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.writing {
		c.moved.Wait()
	}
	c.dead = true
	if c.cut != nil {
		c.cut.Stop()
	}
}

// end asks for the socket to be closed with a code; the first one counts. A
// client that doesn't go by itself is cut off.
func (c *conn) end(code int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.code == 0 {
		c.code = code
		c.cut = time.AfterFunc(farewellTime, func() { c.ws.Close() })
	}
	c.wakeLocked()
}

func (c *conn) ending() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.code != 0
}

// expect waits for room for one more reply; false when the writer has ended.
func (c *conn) expect() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.pending >= maxPending && !c.dead {
		c.moved.Wait()
	}
	c.pending++
	return !c.dead
}

// ask is expect for a frame that the store will answer; told has to follow.
func (c *conn) ask() bool {
	if !c.expect() {
		return false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.waiting++
	return true
}

// told notes an answer of the store.
func (c *conn) told() {
	c.mu.Lock()
	c.waiting--
	c.mu.Unlock()
	c.moved.Broadcast()
}

// settled waits until the store has answered all that this socket asked.
func (c *conn) settled() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.waiting > 0 && !c.dead {
		c.moved.Wait()
	}
}

// reply hands an expected reply to the writer.
func (c *conn) reply(frame []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.replies = append(c.replies, frame)
	c.wakeLocked()
}

// answered notes that n replies were written.
func (c *conn) answered(n int) {
	if n == 0 {
		return
	}
	c.mu.Lock()
	c.pending -= n
	c.mu.Unlock()
	c.moved.Broadcast()
}

// begin hands the answer to a hello to the writer.
func (c *conn) begin(s start) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.starts = append(c.starts, s)
	c.wakeLocked()
}

func (c *conn) pingNow() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ping = true
	c.wakeLocked()
}

func (c *conn) sawPresence(f wire.PresenceFrame) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.presence == nil {
		c.presence = map[db.ID]wire.PresenceFrame{}
	}
	c.presence[f.User] = f
	c.wakeLocked()
}

func (c *conn) sawTyping(who db.ID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.typing == nil {
		c.typing = map[db.ID]bool{}
	}
	c.typing[who] = true
	c.wakeLocked()
}
