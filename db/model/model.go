// Package model has the words that the store and all above it share: people,
// chats, messages, files and events, as they are told. How they are kept and
// what changes them is not here.
package model

// ID names a person, from 1; 1 is the host's owner. 0 is nobody.
type ID uint32

// Pair names the chat of two people, the smaller id first so that both sides
// meet in the same place. A person's chat with oneself has both alike.
type Pair struct{ Low, High ID }

// PairOf orders a and b.
func PairOf(a, b ID) Pair {
	if a > b {
		a, b = b, a
	}
	return Pair{a, b}
}

// Person is somebody who has joined. Times are milliseconds since the epoch.
type Person struct {
	ID       ID
	Name     string
	Joined   int64
	Seen     int64 // the end of the last connection; 0 before the first
	Removed  bool
	Receipts bool   // gives and gets read marks
	Password string // an encoded argon2id hash, or empty; the store never looks inside
}

// Owner reports whether the person is the host's owner.
func (p Person) Owner() bool { return p.ID == 1 }

// Session is one signed-in device. ID is public to its person; the secret
// itself is not kept.
type Session struct {
	ID      string
	Person  ID
	Device  string // a name for people, e.g. "Firefox on Windows"
	Created int64
	Seen    int64
}

// Chat is one person's own side of a conversation, in the shape of the wire.
// New is the number of the other side's messages above Read in this copy.
// Last is the newest message of this copy, nil when there is none.
type Chat struct {
	ID       uint64
	User     ID // whose chat it is
	Who      ID // with whom
	New      int
	Read     uint64 // my read mark
	PeerGot  uint64 // up to here a device of the other side holds it
	PeerRead uint64
	Last     *Message
	Date     int64
	Draft    string
	Pinned   bool
	Muted    bool
	Marked   bool
}

// Message is one person's copy of one message. Seq counts 1, 2, 3, … in the
// chat of the pair and is the same on both sides.
type Message struct {
	Seq      uint64
	CID      string
	User     ID     // who wrote it
	Name     string // the writer's name at that time
	Date     int64
	Content  string
	Reply    *Quote
	Edited   int64
	Recalled bool
	Files    []File
	// In the chat with oneself: the device that sent it, by the name that it
	// had then, and the id of its session.
	Device, Session string
}

const (
	// MaxFiles is how many files one message carries.
	MaxFiles = 30
	// MaxFileName is the length of a file's name, in bytes.
	MaxFileName = 255
)

// File is a file as a message shows it. Width and Height are in pixels as it
// is drawn, 0 for what is no picture. Picture: it was sent to be looked at,
// without what a camera writes beside it. Gone: this person keeps the message
// and the thumbnail, but no longer the bytes.
type File struct {
	ID            string
	Name          string
	Size          int64
	Type          string
	Width, Height int
	Thumb         bool
	Picture       bool
	Gone          bool
}

// Quote is what a message answers to: the place, the writer and the beginning
// of the text as it was then, or the first file's name where it has none.
type Quote struct {
	Seq     uint64
	User    ID
	Content string
}

// Kind is the kind of an event, spelled as on the wire.
type Kind string

// The kinds of events.
const (
	KindMessage       Kind = "message"
	KindChanged       Kind = "changed"
	KindRemoved       Kind = "removed"
	KindChat          Kind = "chat"
	KindChatDeleted   Kind = "chat-deleted"
	KindPerson        Kind = "person"
	KindPersonRemoved Kind = "person-removed"
)

// Event is one change in a person's log. Ev is contiguous for that person.
// Which of the other fields are set depends on the kind: Message and Chat for
// message, Message for changed, Seq for removed, Chat for chat, Person for
// person; Who is the other side, or the person who was removed.
type Event struct {
	Ev      uint64
	Kind    Kind
	Who     ID
	Seq     uint64
	Message *Message
	Chat    *Chat
	Person  *Person
}

// Committed tells what one transaction changed, after it was flushed: events
// by person in rising order, and the ids of sessions that ended.
type Committed struct {
	Events map[ID][]Event
	Ended  []string
}
