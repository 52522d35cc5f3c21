package live

import "duologue/db"

// Store is what sockets need of the store; a *db.Store has it. Nothing of
// it is called while a mutex of this package is held, except for People
// and NameOf, which are answered from memory.
type Store interface {
	// Epoch names the history: a cursor into another one means nothing.
	Epoch() string
	// Head gives the newest ev of a person's log, and the lowest cursor that can
	// be read on from.
	Head(person db.ID) (head, floor uint64, err error)
	// Events gives at most limit events after since, contiguous from since+1;
	// db.Gone when the log no longer reaches back that far.
	Events(person db.ID, since uint64, limit int) ([]db.Event, error)

	// Person finds somebody by id, also who was removed.
	Person(id db.ID) (db.Person, bool)
	// People gives the members.
	People() []db.Person
	// NameOf is the present name of a person, empty for nobody.
	NameOf(id db.ID) string
	// Lives reports whether a session of a person has not ended.
	Lives(person db.ID, s db.Session) (bool, error)
	// Saw notes when, in ms since 1970, a person's last connection ended.
	Saw(person db.ID, at int64)

	// Send, Read and Got call done once, when it is on disk or refused, and do
	// not wait for that. done must not block.
	Send(m db.Send, done func(db.Ack, error))
	Read(person, who db.ID, upto uint64, done func(error))
	Got(person db.ID, ev uint64, done func(error))
}
