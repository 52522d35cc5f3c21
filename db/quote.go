package db

import "duologue/db/history"

// quote takes down what m answers to, out of the sender's copy. A message
// that the sender no longer has is quoted without its text, so that an answer
// which waited for the network is not lost with it.
func (b *batch) quote(m *Send, top uint64) (*Quote, error) {
	if m.Reply == 0 {
		return nil, nil
	}
	if m.Reply > top {
		return nil, Errorf(Invalid, "reply: there is no such message")
	}
	q := &Quote{Seq: m.Reply, User: m.To}
	mine, _, err := b.message(m.From, m.To, m.Reply)
	if err != nil {
		return nil, err
	}
	if mine != nil {
		q.User, q.Content = mine.User, history.Quotable(mine)
		return q, nil
	}
	theirs, _, err := b.message(m.To, m.From, m.Reply)
	if theirs != nil {
		q.User = theirs.User
	}
	return q, err
}
