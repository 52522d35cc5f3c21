package db

import (
	"github.com/dgraph-io/badger/v4"
)

// MaxPage is the most messages that one page of a history holds.
const MaxPage = 200

// Range asks for a page of a history: below Before, above After, or on both
// sides of Around, and the newest when none is given. A Limit outside
// 1–MaxPage is clamped, 0 means 50.
type Range struct {
	Before, After, Around uint64
	Limit                 int
}

// History reads a page of owner's copy, ascending by seq, and whether there is
// more in the direction asked (for Around: in either). Without a chat it is empty.
func (s *Store) History(owner, who ID, r Range) ([]Message, bool, error) {
	switch {
	case r.Limit == 0:
		r.Limit = 50
	default:
		r.Limit = min(max(r.Limit, 1), MaxPage)
	}
	var page []Message
	more := false
	err := s.bdb.View(func(txn *badger.Txn) error {
		c, err := liveChat(txn, owner, who)
		if err != nil || c == nil {
			return err
		}
		w := walk{txn, owner, who, c.Floor}
		switch {
		case r.After > 0:
			page, more, err = w.up(r.After+1, r.Limit)
		case r.Around > 0:
			var below, above []Message
			var moreBelow, moreAbove bool
			if above, moreAbove, err = w.up(r.Around, (r.Limit+1)/2); err != nil {
				return err
			}
			below, moreBelow, err = w.down(r.Around-1, r.Limit-len(above))
			page, more = append(below, above...), moreBelow || moreAbove
		case r.Before > 0:
			page, more, err = w.down(r.Before-1, r.Limit)
		default:
			page, more, err = w.down(^uint64(0), r.Limit)
		}
		return err
	})
	return page, more, internal(err)
}

// walk goes along one copy above its floor.
type walk struct {
	txn        *badger.Txn
	owner, who ID
	floor      uint64
}

// up reads from seq upwards.
func (w walk) up(seq uint64, limit int) ([]Message, bool, error) {
	return w.read(messageKey(w.owner, w.who, max(seq, w.floor+1)), false, limit)
}

// down reads from seq downwards and gives it in ascending order.
func (w walk) down(seq uint64, limit int) ([]Message, bool, error) {
	page, more, err := w.read(messageKey(w.owner, w.who, seq), true, limit)
	for i, j := 0, len(page)-1; i < j; i, j = i+1, j-1 {
		page[i], page[j] = page[j], page[i]
	}
	return page, more, err
}

func (w walk) read(from []byte, reverse bool, limit int) (page []Message, more bool, err error) {
	prefix := twoKey(prefixMessage, w.owner, w.who)
	it := w.txn.NewIterator(badger.IteratorOptions{PrefetchValues: true, PrefetchSize: min(limit+1, 64), Reverse: reverse, Prefix: prefix})
	defer it.Close()
	for it.Seek(from); it.ValidForPrefix(prefix); it.Next() {
		seq := lastNumber(it.Item().Key())
		if seq <= w.floor {
			return page, false, nil
		}
		if len(page) == limit {
			return page, true, nil
		}
		err := it.Item().Value(func(val []byte) error {
			m, _, err := decodeCopy(seq, val)
			if err == nil {
				page = append(page, *m)
			}
			return err
		})
		if err != nil {
			return nil, false, err
		}
	}
	return page, false, nil
}
