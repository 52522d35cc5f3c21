package db

// SendOrder keeps one connection's order: after a message was refused for a reason
// that passes (rate, a full disk, a failed one), later ones are refused too
// until that message comes again. The zero SendOrder is ready; the committer alone
// looks inside.
type SendOrder struct {
	cid string
	err error
}

// isTemporary reports whether the reason for err will go away by itself.
func isTemporary(err, refuse error) bool {
	code := CodeOf(err)
	return refuse != nil && err == refuse || code == StorageFull || code == Unavailable
}

// blocks says why a message may not go before an earlier one, nil when it may.
func (l *SendOrder) blocks(cid string) error {
	if l == nil || l.cid == "" || l.cid == cid {
		return nil
	}
	return l.err
}

// passed notes what became of a message; later: it may come again.
func (l *SendOrder) passed(cid string, err error, later bool) {
	switch {
	case l.cid == "" && later:
		*l = SendOrder{cid, err}
	case l.cid == cid && !later:
		*l = SendOrder{} // it is stored, or never will be: nothing waits for it
	}
}
