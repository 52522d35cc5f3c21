package wire

import "duologue/db"

// Version is the version of the wire that this host speaks.
const Version = 1

// Host says what a host is, and to whom it talks.
type Host struct {
	App      string `json:"app"`
	Protocol int    `json:"protocol"`
	Version  string `json:"version"`
	Instance string `json:"instance"`
	Title    string `json:"title"`
	State    string `json:"state"` // "setup" until there is an owner, then "open"
	Me       *User  `json:"me"`
	Recall   int64  `json:"recall"` // for how long a message can be taken back, ms
	// Suggest is how this computer calls the person at it, told to that
	// person only, and only while the owner is to be made.
	Suggest string `json:"suggest,omitzero"`
}

// MeAnswer answers to whoever signed in or changed their own record.
type MeAnswer struct {
	Me User `json:"me"`
}

// Sync is all that a page starts from, as of one moment.
type Sync struct {
	Epoch   string `json:"epoch"`
	Ev      uint64 `json:"ev"`
	Now     int64  `json:"now"`
	Me      User   `json:"me"`
	Session string `json:"session"` // of the caller: messages to oneself name theirs
	People  []User `json:"people"`
	Chats   []Chat `json:"chats"`
}

// Session is one of a person's own devices.
type Session struct {
	ID      string `json:"id"`
	Device  string `json:"device"`
	Created int64  `json:"created"`
	Seen    int64  `json:"seen"`
	Current bool   `json:"current"`
}

// Link signs somebody in on another device, once, until it expires.
type Link struct {
	Link    string `json:"link"`
	URL     string `json:"url"`
	Expires int64  `json:"expires"`
}

// Invite is what lets others in.
type Invite struct {
	Code string   `json:"code"`
	URLs []string `json:"urls"`
	// Local has the computer's name in place of a number, for those who type;
	// not every phone understands such names.
	Local string `json:"local,omitzero"`
}

// Reach says whether others can come in, as far as a host can know that of
// itself: it sees who came, never who was kept out.
type Reach struct {
	State     string    `json:"state"`  // reached, waiting, offline, closed
	System    string    `json:"system"` // windows, darwin, linux, …
	Port      int       `json:"port"`
	Addresses []Address `json:"addresses"`
	Arrived   int64     `json:"arrived"` // when a device came in last; 0: none ever did
	By        string    `json:"by,omitzero"`
	Device    string    `json:"device,omitzero"`
	Causes    []string  `json:"causes"` // what may keep others out, the likeliest first
}

// Address is one of the host's in a network.
type Address struct {
	URL       string `json:"url"`
	Interface string `json:"interface"`
	Kind      string `json:"kind"` // real, unknown, vpn, virtual, link
	Reached   bool   `json:"reached"`
}

// Found is another host on the network.
type Found struct {
	Instance string `json:"instance"`
	Owner    string `json:"owner"`
	Title    string `json:"title"`
	URL      string `json:"url"`
	Here     bool   `json:"here"`   // it answers right now
	Chosen   bool   `json:"chosen"` // it was gone to last time
}

// Program is what the owner may know of the program and this computer.
type Program struct {
	Version   string   `json:"version"`
	Since     int64    `json:"since"`
	Here      bool     `json:"here"` // the caller sits at this computer
	Folder    string   `json:"folder,omitzero"`
	Size      int64    `json:"size"`
	People    int      `json:"people"`
	Online    int      `json:"online"`
	Addresses []string `json:"addresses"`
	Startup   *bool    `json:"startup"` // null: not offered here
	Awake     *bool    `json:"awake"`
}

// ChatAnswer answers to a change of a chat.
type ChatAnswer struct {
	Chat Chat `json:"chat"`
}

// MessageAnswer answers to a change of a message.
type MessageAnswer struct {
	Message *Message `json:"message"`
}

// Page is a part of the history of a chat, ascending by seq.
type Page struct {
	Messages []*Message `json:"messages"`
	More     bool       `json:"more"`
}

// Hits are a page of what a search found, newest first.
type Hits struct {
	Hits []Hit   `json:"hits"`
	More *string `json:"more"` // the next call's before; null: everything was looked at
}

// Hit is one message that was found.
type Hit struct {
	Who     db.ID    `json:"who"`
	Message *Message `json:"message"`
}
