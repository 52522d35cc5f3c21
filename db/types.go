package db

import "duologue/db/model"

// The words of model, for those who know the store alone.
type (
	ID        = model.ID
	Pair      = model.Pair
	Person    = model.Person
	Session   = model.Session
	Chat      = model.Chat
	Message   = model.Message
	Quote     = model.Quote
	File      = model.File
	Kind      = model.Kind
	Event     = model.Event
	Committed = model.Committed
)

// The kinds of events, and what a message's files are bounded by; see model.
const (
	KindMessage       = model.KindMessage
	KindChanged       = model.KindChanged
	KindRemoved       = model.KindRemoved
	KindChat          = model.KindChat
	KindChatDeleted   = model.KindChatDeleted
	KindPerson        = model.KindPerson
	KindPersonRemoved = model.KindPersonRemoved

	MaxFiles    = model.MaxFiles
	MaxFileName = model.MaxFileName
)

// PairOf orders a and b.
func PairOf(a, b ID) Pair { return model.PairOf(a, b) }
