package wire

import (
	"duologue/db"
)

// The records of the wire, in the order of fields of the protocol reference.
type (
	User struct {
		ID       db.ID  `json:"id"`
		Name     string `json:"name"`
		Owner    bool   `json:"owner"`
		Joined   int64  `json:"joined"`
		Online   bool   `json:"online"`
		Seen     int64  `json:"seen"`
		Receipts *bool  `json:"receipts,omitzero"` // in one's own record only
	}

	// Presence is whether a person is here, and since when they are or are
	// not.
	Presence struct {
		User   db.ID `json:"user"`
		Online bool  `json:"online"`
		Seen   int64 `json:"seen"`
	}

	// ChatHead is a chat as it stands in a message event, where the message
	// itself says what the last one is.
	ChatHead struct {
		ID       uint64 `json:"id"`
		User     db.ID  `json:"user"`
		Who      db.ID  `json:"who"`
		Name     string `json:"name"`
		New      int    `json:"new"`
		Read     uint64 `json:"read"`
		PeerGot  uint64 `json:"peer_got"`
		PeerRead uint64 `json:"peer_read"`
		Date     int64  `json:"date"`
		Draft    string `json:"draft"`
		Pinned   bool   `json:"pinned"`
		Muted    bool   `json:"muted"`
		Marked   bool   `json:"marked"`
	}

	Chat struct {
		ChatHead
		Last *Message `json:"last"` // null for a chat without messages
	}

	Message struct {
		Seq      uint64 `json:"seq"`
		CID      string `json:"cid"`
		User     db.ID  `json:"user"`
		Name     string `json:"name"`
		Date     int64  `json:"date"`
		Content  string `json:"content"`
		Reply    *Quote `json:"reply,omitzero"`
		Files    []File `json:"files,omitzero"`
		Edited   int64  `json:"edited,omitzero"`
		Recalled bool   `json:"recalled,omitzero"`
		Device   string `json:"device,omitzero"` // in the chat with oneself
		Session  string `json:"session,omitzero"`
	}

	File struct {
		ID      string `json:"id"`
		Name    string `json:"name"`
		Size    int64  `json:"size"`
		Type    string `json:"type"`
		Width   int    `json:"width,omitzero"`
		Height  int    `json:"height,omitzero"`
		Thumb   bool   `json:"thumb,omitzero"`
		Picture bool   `json:"picture,omitzero"`
		Gone    bool   `json:"gone,omitzero"`
	}

	Quote struct {
		Seq     uint64 `json:"seq"`
		User    db.ID  `json:"user"`
		Content string `json:"content"`
	}
)

// UserOf is p as others see them; online comes from the hub.
func UserOf(p db.Person, online bool) User {
	return User{ID: p.ID, Name: p.Name, Owner: p.Owner(), Joined: p.Joined, Online: online, Seen: p.Seen}
}

// MeOf is p as p sees it.
func MeOf(p db.Person) User {
	u := UserOf(p, true)
	u.Receipts = &p.Receipts
	return u
}

func MessageOf(m *db.Message) *Message {
	if m == nil {
		return nil
	}
	w := &Message{Seq: m.Seq, CID: m.CID, User: m.User, Name: m.Name, Date: m.Date,
		Content: m.Content, Edited: m.Edited, Recalled: m.Recalled, Device: m.Device, Session: m.Session}
	if m.Reply != nil {
		w.Reply = &Quote{m.Reply.Seq, m.Reply.User, m.Reply.Content}
	}
	for _, f := range m.Files {
		w.Files = append(w.Files, FileOf(f))
	}
	return w
}

func FileOf(f db.File) File {
	return File{f.ID, f.Name, f.Size, f.Type, f.Width, f.Height, f.Thumb, f.Picture, f.Gone}
}

// ChatOf is c on the wire; name is the other person's present name.
func ChatOf(c *db.Chat, name string) Chat {
	return Chat{ChatHeadOf(c, name), MessageOf(c.Last)}
}

func ChatHeadOf(c *db.Chat, name string) ChatHead {
	return ChatHead{ID: c.ID, User: c.User, Who: c.Who, Name: name, New: c.New, Read: c.Read,
		PeerGot: c.PeerGot, PeerRead: c.PeerRead, Date: c.Date,
		Draft: c.Draft, Pinned: c.Pinned, Muted: c.Muted, Marked: c.Marked}
}
