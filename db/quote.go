package db

import (
	"strings"

	"duologue/db/names"
)

// maxQuote bounds the text that an answer carries of what it answers to.
const maxQuote = 300 // characters

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
		q.User, q.Content = mine.User, quotable(mine)
		return q, nil
	}
	theirs, _, err := b.message(m.To, m.From, m.Reply)
	if theirs != nil {
		q.User = theirs.User
	}
	return q, err
}

// quotable is what an answer shows of m.
func quotable(m *Message) string {
	if len(m.Files) > 0 && strings.TrimSpace(m.Content) == "" {
		return names.Shorten(m.Files[0].Name, maxQuote)
	}
	return names.Shorten(m.Content, maxQuote)
}
