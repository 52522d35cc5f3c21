package db

import (
	"cmp"
	"container/heap"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dgraph-io/badger/v4"
)

// Hit is a message that a search found, in the chat with Who.
type Hit struct {
	Who     ID
	Message Message
}

// searchTime bounds how long one call looks before it answers with what it
// has and a cursor, so that results appear while older messages are still to
// be looked at, and stopping is just not asking again.
const searchTime = 200 * time.Millisecond

// Search looks for query in owner's own copies, newest first, in the chat with
// who or in all when who is 0: as a part of the folded text, in any script.
// It answers at most limit hits and a cursor for the next call, which is empty
// when everything was looked at; a call may answer no hit and a cursor.
// Invalid for a blank query or a cursor that no call gave.
func (s *Store) Search(ctx context.Context, owner ID, query string, who ID, cursor string, limit int) ([]Hit, string, error) {
	query = foldText(strings.TrimSpace(query))
	if query == "" {
		return nil, "", Errorf(Invalid, "q: blank")
	}
	below := ^uint64(0)
	if cursor != "" {
		n, err := strconv.ParseUint(cursor, 36, 64)
		if err != nil {
			return nil, "", Errorf(Invalid, "before: not a cursor of a search")
		}
		below = n
	}
	until := time.Now().Add(searchTime)
	var hits []Hit
	next := ""
	err := s.bdb.View(func(txn *badger.Txn) error {
		m, err := newMerge(txn, owner, who, below)
		if err != nil {
			return err
		}
		for n := 0; len(m.heap) > 0; n++ {
			if len(hits) == limit || n&255 == 255 && (time.Now().After(until) || ctx.Err() != nil) {
				next = strconv.FormatUint(m.heap[0].page[0].ev+1, 36)
				return ctx.Err()
			}
			c, found, err := m.next()
			if err != nil {
				return err
			}
			if strings.Contains(foldText(found.Content), query) {
				hits = append(hits, Hit{c, *found.Message})
			}
		}
		return nil
	})
	if err != nil && ctx.Err() != nil {
		return nil, "", &Error{Unavailable, "cancelled", err}
	}
	return hits, next, internal(err)
}

// merge goes through several chats at once by the owner's ev, which orders
// all that one person ever got or sent, whatever the clocks said.
type merge struct {
	txn   *badger.Txn
	owner ID
	heap  mergeHeap
}

// mergeChat is one chat's part: the newest messages that were not given yet.
type mergeChat struct {
	who   ID
	floor uint64
	page  []arrived
	size  int // of the last page
}

// arrived is a copy with the ev of its arrival.
type arrived struct {
	*Message
	ev uint64
}

func newMerge(txn *badger.Txn, owner, who ID, below uint64) (*merge, error) {
	m := &merge{txn: txn, owner: owner}
	var chats []*mergeChat
	err := scan(txn, ownerKey(prefixChat, owner), func(key, val []byte) error {
		var r chatRecord
		err := decode(val, &r)
		if id := lastID(key); err == nil && !r.Deleted && r.Last > 0 && (who == 0 || who == id) {
			chats = append(chats, &mergeChat{who: id, floor: r.Floor, page: []arrived{{&Message{Seq: r.Last + 1}, 0}}, size: 8})
		}
		return err
	})
	for _, c := range chats {
		if err == nil && below != ^uint64(0) {
			err = m.skip(c, below)
		}
		if err == nil {
			err = m.fill(c)
		}
		if err == nil && len(c.page) > 0 {
			m.heap = append(m.heap, c)
		}
	}
	heap.Init(&m.heap)
	return m, err
}

// next takes the newest message of all and the chat it is in.
func (m *merge) next() (ID, arrived, error) {
	c := m.heap[0]
	found := c.page[0]
	if len(c.page) > 1 {
		c.page = c.page[1:]
	} else if err := m.fill(c); err != nil {
		return 0, found, err
	}
	if len(c.page) == 0 {
		heap.Pop(&m.heap)
	} else {
		heap.Fix(&m.heap, 0)
	}
	return c.who, found, nil
}

// fill reads the page below the first message of c, larger each time.
func (m *merge) fill(c *mergeChat) error {
	below := c.page[0].Seq
	c.page, c.size = nil, min(2*c.size, 512)
	return m.each(c, below-1, func(seq uint64, val []byte) (bool, error) {
		msg, ev, err := decodeCopy(seq, val)
		c.page = append(c.page, arrived{msg, ev})
		return len(c.page) < c.size, err
	})
}

// skip moves c below an ev. Along one chat the ev rises with the seq, so it
// can be found by halving.
func (m *merge) skip(c *mergeChat, below uint64) error {
	low, high := c.floor+1, c.page[0].Seq // every copy with seq ≥ high has ev ≥ below
	for low < high {
		mid := low + (high-low)/2
		at, ev := low, uint64(0)
		err := m.each(c, mid, func(seq uint64, val []byte) (bool, error) {
			at, ev = seq, copyEv(val)
			return false, nil
		})
		if err != nil {
			return err
		}
		if ev < below {
			low = mid + 1
		} else {
			high = at
		}
	}
	c.page[0] = arrived{&Message{Seq: high}, 0}
	return nil
}

// each calls f with the copies of c from seq downwards until it answers false.
func (m *merge) each(c *mergeChat, seq uint64, f func(seq uint64, val []byte) (bool, error)) error {
	prefix := twoKey(prefixMessage, m.owner, c.who)
	it := m.txn.NewIterator(badger.IteratorOptions{PrefetchValues: false, Reverse: true, Prefix: prefix})
	defer it.Close()
	for it.Seek(messageKey(m.owner, c.who, seq)); it.ValidForPrefix(prefix); it.Next() {
		at := lastNumber(it.Item().Key())
		if at <= c.floor {
			return nil
		}
		more := false
		err := it.Item().Value(func(val []byte) (err error) {
			more, err = f(at, val)
			return err
		})
		if err != nil || !more {
			return err
		}
	}
	return nil
}

// mergeHeap has the chat with the newest message at its top.
type mergeHeap []*mergeChat

func (h mergeHeap) Len() int           { return len(h) }
func (h mergeHeap) Less(i, j int) bool { return cmp.Less(h[j].page[0].ev, h[i].page[0].ev) }
func (h mergeHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *mergeHeap) Push(x any)        { *h = append(*h, x.(*mergeChat)) }
func (h *mergeHeap) Pop() any {
	last := (*h)[len(*h)-1]
	*h = slices.Delete(*h, len(*h)-1, len(*h))
	return last
}
