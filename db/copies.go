package db

import (
	"github.com/dgraph-io/badger/v4"

	"duologue/db/record"
)

// copies are the messages of one side that are there: above floor, up to last.
type copies struct {
	txn         *badger.Txn
	owner, who  ID
	floor, last uint64
}

// copiesOf are those of the chat that c is.
func copiesOf(txn *badger.Txn, c *record.Chat, owner, who ID) copies {
	return copies{txn, owner, who, c.Floor, c.Last}
}

// up calls f with the copies from seq upwards until it answers false; their
// values are good only until it returns.
func (c copies) up(seq uint64, f func(seq uint64, val []byte) (more bool, err error)) error {
	if seq = max(seq, c.floor+1); seq > c.last {
		return nil
	}
	return c.each(seq, false, f)
}

// down calls f with the copies from seq downwards until it answers false.
func (c copies) down(seq uint64, f func(seq uint64, val []byte) (more bool, err error)) error {
	if seq = min(seq, c.last); seq <= c.floor {
		return nil
	}
	return c.each(seq, true, f)
}

// each stops at the ends of what is there: stepping over what was deleted
// beyond them may take as long as reading it once did.
func (c copies) each(seq uint64, reverse bool, f func(uint64, []byte) (bool, error)) error {
	prefix := record.PairKey(record.PrefixMessage, c.owner, c.who)
	it := c.txn.NewIterator(badger.IteratorOptions{Reverse: reverse, Prefix: prefix})
	defer it.Close()
	for it.Seek(record.MessageKey(c.owner, c.who, seq)); it.ValidForPrefix(prefix); it.Next() {
		seq := record.LastNumber(it.Item().Key())
		if seq <= c.floor {
			return nil
		}
		more := false
		err := it.Item().Value(func(val []byte) (err error) {
			more, err = f(seq, val)
			return err
		})
		if err != nil || !more || reverse && seq == c.floor+1 || !reverse && seq == c.last {
			return err
		}
	}
	return nil
}
