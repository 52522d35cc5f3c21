package history

import (
	"slices"

	"duologue/db/kv"
	"duologue/db/model"
	"duologue/db/record"
)

// MaxPage is the most messages that one page of a history holds.
const MaxPage = 200

// Range asks for a page of a history: below Before, above After, on both sides
// of Around or of the first message that was sent at At (ms) or later, and the
// newest when none is given. A Limit outside
// 1–MaxPage is clamped, 0 means 50.
type Range struct {
	Before, After, Around, At uint64
	Limit                     int
}

// Page reads a page of owner's copy, ascending by seq, and whether there is
// more in the direction asked (for Around and At: in either). Without a chat it is empty.
func Page(view kv.View, owner, who model.ID, r Range) (page []model.Message, more bool, err error) {
	switch {
	case r.Limit == 0:
		r.Limit = 50
	default:
		r.Limit = min(max(r.Limit, 1), MaxPage)
	}
	chat, err := Chat(view, owner, who)
	if err != nil || chat == nil {
		return nil, false, err
	}
	c := CopiesOf(view, chat, owner, who)
	if r.At > 0 {
		if r.Around, err = c.since(r.At); err != nil {
			return nil, false, err
		}
	}
	switch {
	case r.After > 0:
		if r.After < c.last {
			page, more, err = c.above(r.After+1, r.Limit)
		}
	case r.Around > 0:
		var below, above []model.Message
		var moreBelow, moreAbove bool
		if above, moreAbove, err = c.above(r.Around, (r.Limit+1)/2); err != nil {
			return nil, false, err
		}
		below, moreBelow, err = c.below(r.Around-1, r.Limit-len(above))
		page, more = append(below, above...), moreBelow || moreAbove
	case r.Before > 0:
		page, more, err = c.below(r.Before-1, r.Limit)
	default:
		page, more, err = c.below(c.last, r.Limit)
	}
	return page, more, err
}

// since finds where the messages of date and later begin, or the end. Dates
// rise with the seq, unless somebody set the host's clock back.
func (c Copies) since(date uint64) (uint64, error) {
	low, high := c.floor+1, max(c.last, c.floor+1)
	for low < high {
		middle := low + (high-low)/2
		next := uint64(0) // after the first one there, if it is older
		err := c.Up(middle, func(seq uint64, val []byte) (bool, error) {
			m, _, err := record.DecodeCopy(seq, val)
			if err == nil && uint64(m.Date) < date {
				next = seq + 1
			}
			return false, err
		})
		if err != nil {
			return 0, err
		}
		if next > 0 {
			low = next
		} else {
			high = middle
		}
	}
	return low, nil
}

// above reads from seq upwards.
func (c Copies) above(seq uint64, limit int) (page []model.Message, more bool, err error) {
	err = c.Up(seq, fill(&page, &more, limit))
	return page, more, err
}

// below reads from seq downwards and gives it in ascending order.
func (c Copies) below(seq uint64, limit int) (page []model.Message, more bool, err error) {
	err = c.Down(seq, fill(&page, &more, limit))
	slices.Reverse(page)
	return page, more, err
}

// fill puts what it is called with into page; more tells that it was full.
func fill(page *[]model.Message, more *bool, limit int) func(uint64, []byte) (bool, error) {
	return func(seq uint64, val []byte) (bool, error) {
		if *more = len(*page) == limit; *more {
			return false, nil
		}
		m, _, err := record.DecodeCopy(seq, val)
		if err == nil {
			*page = append(*page, *m)
		}
		return true, err
	}
}
