package wire

import (
	"bytes"
	"errors"
	"reflect"
	"strconv"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"duologue/db"
)

// The frames from a client, one type each, so that a field that belongs to
// another frame is refused like one that nobody knows. One with a pointer has
// to be there.
type (
	HelloFrame struct {
		Type  string         `json:"type"`
		Epoch string         `json:"epoch"`
		Since jsontext.Value `json:"since"`
	}
	SendFrame struct {
		Type    string   `json:"type"`
		CID     *string  `json:"cid"`
		To      *db.ID   `json:"to"`
		Content *string  `json:"content"`
		Reply   uint64   `json:"reply"`
		Files   []string `json:"files"`
	}
	OpenFrame struct {
		Type    string `json:"type"`
		Who     *db.ID `json:"who"`
		Looking bool   `json:"looking"`
	}
	WhoFrame struct { // close, typing
		Type string `json:"type"`
		Who  *db.ID `json:"who"`
	}
	ReadFrame struct {
		Type string  `json:"type"`
		Who  *db.ID  `json:"who"`
		Upto *uint64 `json:"upto"`
	}
	GotFrame struct {
		Type string  `json:"type"`
		Ev   *uint64 `json:"ev"`
	}
	PingFrame struct {
		Type string `json:"type"`
		N    int64  `json:"n"`
	}
)

// Cursor reads where a client wants to go on; one that no log can reach is
// still a number.
func (f *HelloFrame) Cursor() (n uint64, known bool, err error) {
	if len(f.Since) == 0 {
		return 0, true, nil
	}
	signed, err := strconv.ParseInt(string(f.Since), 10, 64)
	if errors.Is(err, strconv.ErrRange) || signed < 0 {
		return 0, false, nil
	}
	if err != nil {
		return 0, false, db.Errorf(BadRequest, "since: it is not a whole number")
	}
	return uint64(signed), true, nil
}

// AbsentField names a field of a client's frame that has to be there and is not.
func AbsentField(frame any) string {
	v := reflect.ValueOf(frame).Elem()
	for i := range v.NumField() {
		if f := v.Field(i); f.Kind() == reflect.Pointer && f.IsNil() {
			return v.Type().Field(i).Tag.Get("json")
		}
	}
	return ""
}

// CIDIn finds the cid in a frame that cannot be read as a whole, so that its
// sender learns which message it was; empty when there is none.
func CIDIn(frame []byte) string {
	var f struct {
		CID string `json:"cid"`
	}
	if json.Unmarshal(frame, &f) != nil || !db.ValidCID(f.CID) {
		return ""
	}
	return f.CID
}

// The frames to a client.
type (
	WelcomeFrame struct {
		Type   string     `json:"type"`
		Epoch  string     `json:"epoch"`
		Head   uint64     `json:"head"`
		Now    int64      `json:"now"`
		Me     User       `json:"me"`
		UI     string     `json:"ui"`
		People []Presence `json:"people"`
	}
	ResetFrame struct {
		Type  string `json:"type"`
		Epoch string `json:"epoch"`
		Head  uint64 `json:"head"`
	}
	ErrorFrame struct {
		Type       string `json:"type"`
		CID        string `json:"cid,omitzero"`
		Code       string `json:"code"`
		Message    string `json:"message"`
		RetryAfter int64  `json:"retry_after,omitzero"` // ms
	}
	PresenceFrame struct {
		Type string `json:"type"`
		Presence
	}
	eventFrame struct {
		Type    string   `json:"type"`
		Ev      uint64   `json:"ev"`
		Kind    db.Kind  `json:"kind"`
		Who     db.ID    `json:"who,omitzero"`
		Seq     uint64   `json:"seq,omitzero"`
		Message *Message `json:"message,omitzero"`
		Chat    any      `json:"chat,omitzero"`
		User    *User    `json:"user,omitzero"`
		ID      db.ID    `json:"id,omitzero"`
	}
)

var typeFirst = []byte(`{"type":"`)

// FrameType reads the type of a frame, wherever among its names it stands. It
// reads no further than that: whether the whole frame is well-formed, and no
// name comes twice, Decode says.
func FrameType(frame []byte) (string, bool) {
	if rest, ok := bytes.CutPrefix(frame, typeFirst); ok { // as nearly every client writes it
		if name, _, ok := bytes.Cut(rest, []byte{'"'}); ok && !bytes.ContainsRune(name, '\\') {
			return string(name), true
		}
	}
	d := jsontext.NewDecoder(bytes.NewReader(frame))
	if t, err := d.ReadToken(); err != nil || t.Kind() != '{' {
		return "", false
	}
	for {
		name, err := d.ReadToken()
		if err != nil || name.Kind() != '"' {
			return "", false
		}
		if name.String() == "type" {
			break
		}
		if err := d.SkipValue(); err != nil {
			return "", false
		}
	}
	t, err := d.ReadToken()
	if err != nil || t.Kind() != '"' {
		return "", false
	}
	return t.String(), true
}

// EncodeFrame writes a frame of this file, which always can be written.
func EncodeFrame(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}

// EncodeEvent writes an event; name and online come from the host.
func EncodeEvent(e *db.Event, name func(db.ID) string, online func(db.ID) bool) []byte {
	f := eventFrame{Type: "event", Ev: e.Ev, Kind: e.Kind}
	switch e.Kind {
	case db.KindMessage:
		f.Who, f.Message, f.Chat = e.Who, MessageOf(e.Message), ChatHeadOf(e.Chat, name(e.Who))
	case db.KindChanged:
		f.Who, f.Message = e.Who, MessageOf(e.Message)
	case db.KindRemoved:
		f.Who, f.Seq = e.Who, e.Seq
	case db.KindChat:
		f.Chat = ChatOf(e.Chat, name(e.Who))
	case db.KindChatDeleted:
		f.Who = e.Who
	case db.KindPerson:
		u := UserOf(*e.Person, online(e.Person.ID))
		f.User = &u
	case db.KindPersonRemoved:
		f.ID = e.Who
	}
	return EncodeFrame(f)
}

// EncodeAck writes an ack; a cid has no character that JSON would escape.
func EncodeAck(a db.Ack) []byte {
	b := append(make([]byte, 0, 128), `{"type":"ack","cid":"`...)
	b = append(append(b, a.CID...), `","who":`...)
	b = append(strconv.AppendUint(b, uint64(a.Who), 10), `,"seq":`...)
	b = append(strconv.AppendUint(b, a.Seq, 10), `,"ev":`...)
	b = append(strconv.AppendUint(b, a.Ev, 10), `,"date":`...)
	return append(strconv.AppendInt(b, a.Date, 10), '}')
}

func EncodePong(n int64) []byte {
	return append(strconv.AppendInt([]byte(`{"type":"pong","n":`), n, 10), '}')
}

func EncodeTyping(who db.ID) []byte {
	return append(strconv.AppendUint([]byte(`{"type":"typing","who":`), uint64(who), 10), '}')
}
