package history

import (
	"duologue/db/kv"
	"duologue/db/model"
	"duologue/db/record"
)

// Copies are the messages of one side that are there: above floor, up to last.
type Copies struct {
	view        kv.View
	owner, who  model.ID
	floor, last uint64
}

// CopiesOf are those of the chat that c is.
func CopiesOf(view kv.View, c *record.Chat, owner, who model.ID) Copies {
	return Copies{view, owner, who, c.Floor, c.Last}
}

// Up calls f with the copies from seq upwards until it answers false; their
// values are good only until it returns.
func (c Copies) Up(seq uint64, f func(seq uint64, val []byte) (more bool, err error)) error {
	if seq = max(seq, c.floor+1); seq > c.last {
		return nil
	}
	return c.each(seq, false, f)
}

// Down calls f with the copies from seq downwards until it answers false.
func (c Copies) Down(seq uint64, f func(seq uint64, val []byte) (more bool, err error)) error {
	if seq = min(seq, c.last); seq <= c.floor {
		return nil
	}
	return c.each(seq, true, f)
}

// each stops at the ends of what is there: stepping over what was deleted
// beyond them may take as long as reading it once did.
func (c Copies) each(seq uint64, reverse bool, f func(uint64, []byte) (bool, error)) error {
	prefix := record.PairKey(record.PrefixMessage, c.owner, c.who)
	return c.view.Scan(prefix, record.MessageKey(c.owner, c.who, seq), reverse, func(key, val []byte) (bool, error) {
		seq := record.LastNumber(key)
		if seq <= c.floor {
			return false, nil
		}
		more, err := f(seq, val)
		return more && !(reverse && seq == c.floor+1) && !(!reverse && seq == c.last), err
	})
}

// Message reads owner's copy of a message and the ev of its arrival; nil when
// there is none.
func Message(view kv.View, owner, who model.ID, seq uint64) (m *model.Message, ev uint64, err error) {
	val, found, err := view.Get(record.MessageKey(owner, who, seq))
	if err != nil || !found {
		return nil, 0, err
	}
	return record.DecodeCopy(seq, val)
}

// Chat reads owner's chat with who; nil when there is none or it is deleted.
func Chat(view kv.View, owner, who model.ID) (*record.Chat, error) {
	c := &record.Chat{}
	found, err := record.Get(view, record.PairKey(record.PrefixChat, owner, who), c)
	if err != nil || !found || c.Deleted {
		return nil, err
	}
	return c, nil
}
