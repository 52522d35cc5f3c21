package db

import (
	"duologue/db/commit"
	"duologue/db/errs"
	"duologue/db/history"
	"duologue/db/record"
)

// Read moves owner's read mark in the chat with who up to a seq; past the end
// means the end, and a mark never goes back. Reading implies delivery. A
// person that does not exist is NotFound; a chat that does not is nothing. What
// is read as it arrives is marked by sendOp.write. It calls done like Send.
func (s *Store) Read(owner, who ID, upto uint64, done func(error)) {
	s.committer.Submit(&commit.Func[*batch]{Bytes: 512, Refuse: (*batch).refusal, Then: done, Change: func(b *batch) error {
		me, _ := b.person(owner)
		them, ok := b.person(who)
		if !ok {
			return Errorf(NotFound, "there is no such person")
		}
		c, err := b.live(owner, who)
		if err != nil || c == nil {
			return err
		}
		top, err := b.top(PairOf(owner, who))
		if err != nil {
			return err
		}
		upto = min(upto, top)
		if upto <= c.Read {
			return nil
		}
		left, err := b.leftNew(owner, who, c, upto)
		if err != nil {
			return err
		}
		c.Read, c.New, c.Marked = upto, left, false
		b.touch(owner, who, c)
		if owner == who {
			return b.logChat(owner, who, c)
		}
		return errs.First(b.logChat(owner, who, c), b.tellMarks(who, owner, func(c *cachedChat) {
			c.PeerGot = max(c.PeerGot, upto)
			if me.Receipts && them.Receipts {
				c.PeerRead = max(c.PeerRead, upto)
			}
		}))
	}})
}

// tellMarks moves marks of the other side in owner's chat with who, and tells
// owner when something changed. A deleted chat keeps count in silence.
func (b *batch) tellMarks(owner, who ID, move func(*cachedChat)) error {
	c, err := b.chat(owner, who)
	if err != nil || !c.exists {
		return err
	}
	got, read := c.PeerGot, c.PeerRead
	if move(c); got == c.PeerGot && read == c.PeerRead {
		return nil
	}
	b.touch(owner, who, c)
	if c.Deleted {
		return nil
	}
	return b.logChat(owner, who, c)
}

// leftNew is how many of the other side's messages stay new when owner reads
// up to a seq. It counts them, or those that are read now: of the two parts
// the shorter, so that a chat that is read step by step is not counted as a
// whole with every step.
func (b *batch) leftNew(owner, who ID, c *cachedChat, upto uint64) (int, error) {
	switch from := max(c.Read, c.Floor); {
	case owner == who || upto >= c.Last:
		return 0, nil
	case upto <= from:
		return c.New, nil
	case upto-from < c.Last-upto:
		n, err := b.countTheirs(owner, who, c, from+1, upto)
		return c.New - n, err
	}
	return b.countTheirs(owner, who, c, upto+1, c.Last)
}

// countTheirs counts the other side's messages in a part of owner's copy.
func (b *batch) countTheirs(owner, who ID, c *cachedChat, from, to uint64) (n int, err error) {
	err = history.CopiesOf(b, &c.Chat, owner, who).Up(from, func(seq uint64, val []byte) (bool, error) {
		if seq > to {
			return false, nil
		}
		m, _, err := record.DecodeCopy(seq, val)
		if err == nil && m.User == who {
			n++
		}
		return seq < to, err
	})
	return n, err
}

// Got notes that a device of owner holds owner's log up to ev, and moves the
// delivery marks of everybody whose messages are in that part. An ev above
// the head means the head. It calls done like Send.
func (s *Store) Got(owner ID, ev uint64, done func(error)) {
	s.committer.Submit(&commit.Func[*batch]{Bytes: 512, Refuse: (*batch).refusal, Then: done, Change: func(b *batch) error {
		head, err := b.head(owner)
		if err != nil {
			return err
		}
		ev = min(ev, head)
		had, err := b.got(owner)
		if err != nil || ev <= had {
			return err
		}
		reached := map[ID]uint64{}
		var order []ID
		err = history.Entries(b.Base(), owner, had, func(at uint64, l *record.LogEntry) bool {
			if at > ev {
				return false
			}
			if l.Kind == record.LogReceived {
				if reached[l.Who] == 0 {
					order = append(order, l.Who)
				}
				reached[l.Who] = l.Seq
			}
			return true
		})
		if err != nil {
			return err
		}
		for l, at := b.logs[owner], head-uint64(len(b.logs[owner])); len(l) > 0 && at < ev; l, at = l[1:], at+1 {
			if l[0].Kind == record.LogReceived && at >= had { // of this very batch, not yet in the store
				if reached[l[0].Who] == 0 {
					order = append(order, l[0].Who)
				}
				reached[l[0].Who] = l[0].Seq
			}
		}
		b.s.com.gots[owner] = ev
		if len(order) > 0 { // a mark that moves nobody's tick need not survive
			b.Set(record.OwnerKey(record.PrefixGot, owner), record.Encode(ev))
		}
		for _, who := range order {
			err := b.tellMarks(who, owner, func(c *cachedChat) { c.PeerGot = max(c.PeerGot, reached[who]) })
			if err != nil {
				return err
			}
		}
		return nil
	}})
}

// got is how far owner's devices were known to hold the log.
func (b *batch) got(owner ID) (uint64, error) {
	if n, ok := b.s.com.gots[owner]; ok {
		return n, nil
	}
	var n uint64
	_, err := record.Get(b, record.OwnerKey(record.PrefixGot, owner), &n)
	return n, err
}
