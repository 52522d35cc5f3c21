package history

import (
	"cmp"
	"container/heap"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"duologue/db/errs"
	"duologue/db/kv"
	"duologue/db/model"
	"duologue/db/names"
	"duologue/db/record"
)

// Hit is a message that a search found, in the chat with Who.
type Hit struct {
	Who     model.ID
	Message model.Message
}

// searchTime bounds how long one call looks before it answers with what it
// has and a cursor, so that results appear while older messages are still to
// be looked at, and stopping is just not asking again.
const searchTime = 200 * time.Millisecond

// maxPageBytes bounds what is held of one chat while all are searched.
const maxPageBytes = 64 << 10

// Search looks for query in owner's own copies, newest first, in the chat with
// who or in all when who is 0: as a part of the folded text, in any script.
// It answers at most limit hits and a cursor for the next call, which is empty
// when everything was looked at; a call may answer no hit and a cursor.
// Invalid for a blank query or a cursor that no call gave. It ends with
// ctx's error when ctx ends.
func Search(ctx context.Context, view kv.View, owner model.ID, query string, who model.ID, cursor string, limit int) (hits []Hit, next string, err error) {
	query = names.FoldText(strings.TrimSpace(query))
	if query == "" {
		return nil, "", errs.Errorf(errs.Invalid, "q: blank")
	}
	below := ^uint64(0)
	if cursor != "" {
		if below, err = strconv.ParseUint(cursor, 36, 64); err != nil {
			return nil, "", errs.Errorf(errs.Invalid, "before: not a cursor of a search")
		}
	}
	until := time.Now().Add(searchTime)
	m, err := newMerge(view, owner, who, below)
	if err != nil {
		return nil, "", err
	}
	for n := 0; len(m.heap) > 0; n++ {
		if len(hits) >= max(limit, 1) || n&15 == 15 && (time.Now().After(until) || ctx.Err() != nil) {
			next = strconv.FormatUint(m.heap[0].page[0].Ev+1, 36)
			return hits, next, ctx.Err()
		}
		c, found, err := m.next()
		if err != nil {
			return nil, "", err
		}
		if strings.Contains(names.FoldText(found.Content), query) {
			hits = append(hits, Hit{c, *found.Message})
		}
	}
	return hits, "", nil
}

// merge goes through several chats at once by the owner's ev, which orders
// all that one person ever got or sent, whatever the clocks said.
type merge struct{ heap mergeHeap }

// mergeChat is one chat's part: the newest messages that were not given yet.
type mergeChat struct {
	Copies
	page []Arrived
	size int    // of the last page
	rest uint64 // what comes after the page, from here downwards
}

// Arrived is a copy with the ev of its arrival.
type Arrived struct {
	*model.Message
	Ev uint64
}

func newMerge(view kv.View, owner, who model.ID, below uint64) (*merge, error) {
	m := &merge{}
	var chats []*mergeChat
	err := record.Scan(view, record.OwnerKey(record.PrefixChat, owner), func(key, val []byte) error {
		var r record.Chat
		err := record.Decode(val, &r)
		if id := record.LastID(key); err == nil && !r.Deleted && (who == 0 || who == id) {
			chats = append(chats, &mergeChat{Copies: CopiesOf(view, &r, owner, id), size: 8, rest: r.Last})
		}
		return err
	})
	for _, c := range chats {
		if err == nil && below != ^uint64(0) {
			err = c.skip(below)
		}
		if err == nil {
			err = c.fill()
		}
		if err == nil && len(c.page) > 0 {
			m.heap = append(m.heap, c)
		}
	}
	heap.Init(&m.heap)
	return m, err
}

// next takes the newest message of all and the chat it is in.
func (m *merge) next() (model.ID, Arrived, error) {
	c := m.heap[0]
	found := c.page[0]
	if c.page = c.page[1:]; len(c.page) == 0 {
		if err := c.fill(); err != nil {
			return 0, found, err
		}
	}
	if len(c.page) == 0 {
		heap.Pop(&m.heap)
	} else {
		heap.Fix(&m.heap, 0)
	}
	return c.who, found, nil
}

// fill reads the next page, larger each time, but never much text at once.
func (c *mergeChat) fill() error {
	c.page, c.size = nil, min(2*c.size, 512)
	bytes := 0
	return c.Down(c.rest, func(seq uint64, val []byte) (bool, error) {
		m, ev, err := record.DecodeCopy(seq, val)
		c.page, c.rest = append(c.page, Arrived{m, ev}), seq-1
		bytes += len(val)
		return len(c.page) < c.size && bytes < maxPageBytes, err
	})
}

// skip moves c below an ev. Along one chat the ev rises with the seq, so it
// can be found by halving.
func (c *mergeChat) skip(below uint64) error {
	low, high := c.floor+1, c.last+1 // every copy from high on has ev ≥ below
	for low < high {
		mid := low + (high-low)/2
		at, ev := low, uint64(0)
		err := c.Down(mid, func(seq uint64, val []byte) (bool, error) {
			at, ev = seq, record.CopyEv(val)
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
	c.rest = high - 1
	return nil
}

// mergeHeap has the chat with the newest message at its top.
type mergeHeap []*mergeChat

func (h mergeHeap) Len() int           { return len(h) }
func (h mergeHeap) Less(i, j int) bool { return cmp.Less(h[j].page[0].Ev, h[i].page[0].Ev) }
func (h mergeHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *mergeHeap) Push(x any)        { *h = append(*h, x.(*mergeChat)) }
func (h *mergeHeap) Pop() any {
	last := (*h)[len(*h)-1]
	*h = slices.Delete(*h, len(*h)-1, len(*h))
	return last
}
