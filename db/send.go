package db

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strings"
	"unicode/utf8"

	"duologue/db/commit"
	"duologue/db/files"
	"duologue/db/model"
	"duologue/db/record"
)

// MaxContent is the size of a message or a draft, in bytes.
const MaxContent = 32 << 10

// Send is one message to store. CID is the client's name for it,
// [0-9A-Za-z_-]{16,64}; Reply is the seq that it answers to, or 0.
type Send struct {
	From, To ID
	CID      string
	Content  string
	Reply    uint64
	Files    []string // ids: my own that are finished, or of messages that I have
	// What it is sent with. Kept in the chat with oneself only, so that nobody
	// learns the devices of others; a repeat keeps the first.
	Session Session
	// Refuse, when not nil, says why the caller will not have it stored, e.g.
	// too many in a short time; its error has a Code. The committer asks it
	// once, when the message is known to be new, and nothing before it in its
	// order waits: a repeat is answered in any case. What is refused blocks the
	// later ones, because order has to hold. It must not block nor call the store.
	Refuse func() error
	Order  *SendOrder
}

// Ack is the answer to a stored message: its place in the chat with Who and
// in the sender's log. A repeat of the same message gets the same answer.
type Ack struct {
	CID    string
	Who    ID
	Seq    uint64
	Ev     uint64
	Date   int64
	Repeat bool
}

// Send stores a message on both sides, makes the chats that are missing, and
// calls done on the committer's goroutine once it is on disk, or with an
// error: Invalid (a cid, a blank text, a place that Reply does not have),
// TooBig, NotFound (also of a file), Gone (a removed person), Conflict (the cid was used for
// something else), StorageFull, Unavailable, or Refuse. done must not block.
func (s *Store) Send(m Send, done func(Ack, error)) {
	s.committer.Submit(&sendOp{m: m, bad: m.check(), then: done})
}

// SendNow is Send for a caller that waits, until ctx ends; m has no Order.
func (s *Store) SendNow(ctx context.Context, m Send) (Ack, error) {
	type answer struct {
		ack Ack
		err error
	}
	c := make(chan answer, 1)
	o := &sendOp{m: m, bad: m.check(), then: func(a Ack, err error) { c <- answer{a, err} }}
	if err := s.committer.Enqueue(ctx, o); err != nil {
		return Ack{}, err
	}
	select {
	case a := <-c:
		return a.ack, a.err
	case <-ctx.Done():
		return Ack{}, commit.Unanswered(ctx.Err())
	}
}

func (m *Send) check() error {
	if !ValidCID(m.CID) {
		return Errorf(Invalid, "cid: 16 to 64 of 0-9 A-Z a-z _ -")
	}
	if len(m.Files) > MaxFiles {
		return Errorf(Invalid, "files: at most %d", MaxFiles)
	}
	for i, id := range m.Files {
		if slices.Contains(m.Files[:i], id) {
			return Errorf(Invalid, "files: the same one twice")
		}
	}
	return checkContent(m.Content, len(m.Files) > 0)
}

// ValidCID reports whether a text can name a message, see model.ValidCID.
func ValidCID(cid string) bool { return model.ValidCID(cid) }

// checkContent says what a text must be: UTF-8, at most MaxContent, and not
// blank unless there are files.
func checkContent(text string, files bool) error {
	switch {
	case len(text) > MaxContent:
		return Errorf(TooBig, "content: at most %d bytes", MaxContent)
	case !utf8.ValidString(text):
		return Errorf(Invalid, "content: not UTF-8")
	case !files && strings.TrimSpace(text) == "":
		return Errorf(Invalid, "content: blank")
	}
	return nil
}

type sendOp struct {
	m       Send
	bad     error // never to be stored
	asked   bool  // Refuse was, and answered refused
	refused error
	ack     Ack
	was     SendOrder // before this one
	then    func(Ack, error)
}

func (o *sendOp) Size() int      { return 2*len(o.m.Content) + 1024 + files.Weight*len(o.m.Files) }
func (o *sendOp) Done(err error) { o.then(o.ack, err) }

func (o *sendOp) Apply(b *batch) error {
	err := o.store(b)
	if l := o.m.Order; l != nil {
		o.was = *l
		l.passed(o.m.CID, err, isTemporary(err, o.refused))
	}
	return err
}

func (o *sendOp) Undo() {
	if o.m.Order != nil {
		*o.m.Order = o.was
	}
}

func (o *sendOp) store(b *batch) error {
	m := &o.m
	switch {
	case o.bad != nil:
		return o.bad
	case b.s.committer.Poisoned(): // not even a repeat: the first may have been in the flush that failed
		return b.Refuse
	}
	sum := m.sum()
	var prior record.CID
	repeat, err := record.Get(b, record.CIDKey(m.From, m.CID), &prior)
	if err != nil {
		return err
	}
	if repeat {
		if !bytes.Equal(prior.Sum, sum) {
			return Errorf(Conflict, "cid: it named another message before")
		}
		o.ack = Ack{m.CID, prior.Who, prior.Seq, prior.Ev, prior.Date, true}
		return nil
	}
	if err := m.Order.blocks(m.CID); err != nil {
		return err
	}
	if err := o.refuse(); err != nil {
		return err
	}
	if b.Refuse != nil {
		return b.Refuse
	}
	from, to, err := b.senderAndReceiver(m.From, m.To)
	if err != nil {
		return err
	}
	return o.write(b, from, to, sum)
}

// refuse asks the caller, though an op may be applied again in another batch.
func (o *sendOp) refuse() error {
	if !o.asked && o.m.Refuse != nil {
		o.asked, o.refused = true, o.m.Refuse()
	}
	return o.refused
}

// write stores the message on both sides. Everything that can fail comes first.
func (o *sendOp) write(b *batch, from, to Person, sum []byte) error {
	m := &o.m
	pair := PairOf(m.From, m.To)
	top, err := b.top(pair)
	if err != nil {
		return err
	}
	mine, err := b.chat(m.From, m.To)
	if err != nil {
		return err
	}
	theirs, err := b.chat(m.To, m.From)
	if err != nil {
		return err
	}
	for _, id := range []ID{m.From, m.To} {
		if _, err := b.head(id); err != nil {
			return err
		}
	}
	quote, err := b.quote(m, top)
	if err != nil {
		return err
	}
	var files []*record.File
	for _, id := range m.Files {
		f, err := b.s.files.Find(b, m.From, id)
		if err != nil {
			return err
		}
		files = append(files, f)
	}
	var drafts [2]string
	if drafts[0], err = b.draft(m.From, m.To, mine); err != nil {
		return err
	}
	if drafts[1], err = b.draft(m.To, m.From, theirs); err != nil {
		return err
	}

	seq := top + 1
	msg := &Message{Seq: seq, CID: m.CID, User: m.From, Name: from.Name, Date: b.Now(), Content: m.Content, Reply: quote}
	if m.From == m.To {
		msg.Device, msg.Session = m.Session.Device, m.Session.ID
	}
	for _, f := range files {
		msg.Files = append(msg.Files, f.Model())
	}
	body := record.EncodeMessage(msg)
	b.setTop(pair, seq)
	b.revive(m.From, m.To, mine)
	b.revive(m.To, m.From, theirs)
	read := m.From == m.To || b.s.opts.Looking(m.To, m.From)
	theirs.arrive(msg)
	if read {
		theirs.Read, theirs.New, theirs.Marked = seq, 0, false
		mine.PeerGot = seq
		if from.Receipts && to.Receipts {
			mine.PeerRead = seq
		}
	} else {
		theirs.New++
	}
	mine.arrive(msg)
	b.touch(m.From, m.To, mine)
	b.touch(m.To, m.From, theirs)

	ev := b.logMessage(record.LogSent, m.From, m.To, mine, drafts[0], msg)
	b.Set(record.MessageKey(m.From, m.To, seq), record.CopyValue(ev, body))
	if err := b.s.files.Attach(b, m.From, m.To, seq, files); err != nil {
		return err
	}
	if m.From != m.To {
		if err := b.s.files.Attach(b, m.To, m.From, seq, files); err != nil {
			return err
		}
		ev := b.logMessage(record.LogReceived, m.To, m.From, theirs, drafts[1], msg)
		b.Set(record.MessageKey(m.To, m.From, seq), record.CopyValue(ev, body))
	}
	b.Set(record.CIDKey(m.From, m.CID), record.Encode(record.CID{Who: m.To, Seq: seq, Ev: ev, Date: b.Now(), Sum: sum}))
	o.ack = Ack{m.CID, m.To, seq, ev, b.Now(), false}
	return nil
}

// arrive makes m the newest message of the chat.
func (c *cachedChat) arrive(m *Message) {
	c.Last, c.Date = m.Seq, m.Date
	c.remember(m)
}

func (b *batch) logMessage(kind record.LogKind, owner, who ID, c *cachedChat, draft string, m *Message) uint64 {
	chat := c.Model(owner, who)
	chat.Draft = draft
	return b.log(owner, record.LogEntry{Kind: kind, Who: who, Seq: m.Seq, Chat: c.Line()},
		Event{Kind: KindMessage, Who: who, Seq: m.Seq, Message: m, Chat: chat})
}

// sum tells apart what may be sent under one cid. Every part but the last has
// a fixed width, or is set off.
func (m *Send) sum() []byte {
	buf := make([]byte, 0, 12+len(m.Content))
	buf = binary.BigEndian.AppendUint32(buf, uint32(m.To))
	buf = binary.BigEndian.AppendUint64(buf, m.Reply)
	buf = append(buf, m.Content...)
	for _, id := range m.Files {
		buf = append(append(buf, 0xFF), id...) // in no text
	}
	sum := sha256.Sum256(buf)
	return sum[:16]
}
