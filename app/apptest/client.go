package apptest

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// The records of the wire.
type (
	User struct {
		ID       int    `json:"id"`
		Name     string `json:"name"`
		Owner    bool   `json:"owner"`
		Joined   int64  `json:"joined"`
		Online   bool   `json:"online"`
		Seen     int64  `json:"seen"`
		Receipts *bool  `json:"receipts,omitzero"`
	}
	Chat struct {
		ID       int      `json:"id"`
		User     int      `json:"user"`
		Who      int      `json:"who"`
		Name     string   `json:"name"`
		New      int      `json:"new"`
		Read     int      `json:"read"`
		PeerGot  int      `json:"peer_got"`
		PeerRead int      `json:"peer_read"`
		Last     *Message `json:"last"`
		Date     int64    `json:"date"`
		Draft    string   `json:"draft"`
		Pinned   bool     `json:"pinned"`
		Muted    bool     `json:"muted"`
		Marked   bool     `json:"marked"`
	}
	Message struct {
		Seq      int    `json:"seq"`
		CID      string `json:"cid"`
		User     int    `json:"user"`
		Name     string `json:"name"`
		Date     int64  `json:"date"`
		Content  string `json:"content"`
		Reply    *Quote `json:"reply,omitzero"`
		Files    []File `json:"files,omitzero"`
		Edited   int64  `json:"edited,omitzero"`
		Recalled bool   `json:"recalled,omitzero"`
		Device   string `json:"device,omitzero"`
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
		Seq     int    `json:"seq"`
		User    int    `json:"user"`
		Content string `json:"content"`
	}
	Sync struct {
		Epoch  string `json:"epoch"`
		Ev     int    `json:"ev"`
		Now    int64  `json:"now"`
		Me     User   `json:"me"`
		People []User `json:"people"`
		Chats  []Chat `json:"chats"`
	}
	Page struct {
		Messages []Message `json:"messages"`
		More     bool      `json:"more"`
	}
	Ack struct {
		Type string `json:"type"`
		CID  string `json:"cid"`
		Who  int    `json:"who"`
		Seq  int    `json:"seq"`
		Ev   int    `json:"ev"`
		Date int64  `json:"date"`
	}
)

// Error is an answer of the host that is not a success.
type Error struct {
	Status  int
	Code    string
	Message string
	Header  http.Header
}

func (e *Error) Error() string { return fmt.Sprintf("%d %s: %s", e.Status, e.Code, e.Message) }

// Client is one signed-in device, or nobody while Secret is empty.
type Client struct {
	Base   string // http://HOST:PORT
	Secret string // the session
	ID     int
	HTTP   *http.Client // nil: the default one
	// NetDial opens the connections of sockets; nil: the usual way.
	NetDial func(ctx context.Context, network, addr string) (net.Conn, error)
}

// SetUp makes the owner of a new host.
func SetUp(base, token, name string) (*Client, error) {
	return enter(base, "/api/setup", map[string]string{"token": token, "name": name})
}

// Join makes a member.
func Join(base, code, name string) (*Client, error) {
	return enter(base, "/api/join", map[string]string{"code": code, "name": name})
}

// SignIn signs in with a body of token, link, or name and password.
func SignIn(base string, body map[string]string) (*Client, error) {
	return enter(base, "/api/signin", body)
}

func enter(base, path string, body any) (*Client, error) {
	c := &Client{Base: base}
	if err := c.Enter(path, body); err != nil {
		return nil, err
	}
	return c, nil
}

// Enter signs in by one of the calls that do, e.g. /api/join.
func (c *Client) Enter(path string, body any) error {
	var answer struct {
		Me User `json:"me"`
	}
	header, err := c.do("POST", path, body, &answer)
	if err != nil {
		return err
	}
	cookie, _, _ := strings.Cut(header.Get("Set-Cookie"), ";")
	_, c.Secret, _ = strings.Cut(cookie, "=")
	c.ID = answer.Me.ID
	return nil
}

// Do calls the host with in as the body, unless it is nil, and reads the
// answer into out, unless that is nil. Another answer than success is an *Error.
func (c *Client) Do(method, path string, in, out any) error {
	_, err := c.do(method, path, in, out)
	return err
}

func (c *Client) do(method, path string, in, out any) (http.Header, error) {
	var body io.Reader
	if in != nil {
		b, err := json.Marshal(in)
		if err != nil {
			return nil, err
		}
		body = bytes.NewReader(b)
	}
	req, err := http.NewRequestWithContext(context.Background(), method, c.Base+path, body)
	if err != nil {
		return nil, err
	}
	if in != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if c.Secret != "" {
		req.Header.Set("Authorization", "Bearer "+c.Secret)
	}
	client := c.HTTP
	if client == nil {
		client = http.DefaultClient
	}
	resp, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode/100 != 2 {
		e := &Error{Status: resp.StatusCode, Header: resp.Header}
		var w struct {
			Error struct {
				Code    string `json:"code"`
				Message string `json:"message"`
			} `json:"error"`
		}
		if json.Unmarshal(b, &w) == nil {
			e.Code, e.Message = w.Error.Code, w.Error.Message
		}
		return nil, e
	}
	if out != nil {
		if err := json.Unmarshal(b, out); err != nil {
			return nil, fmt.Errorf("%s %s: %w", method, path, err)
		}
	}
	return resp.Header, nil
}

// Sync asks for the whole state.
func (c *Client) Sync() (s Sync, err error) { return s, c.Do("GET", "/api/sync", nil, &s) }

// History asks for a page; query is like "before=5&limit=10".
func (c *Client) History(who int, query string) (p Page, err error) {
	return p, c.Do("GET", fmt.Sprintf("/api/chats/%d/messages?%s", who, query), nil, &p)
}

// All reads a whole history, ascending.
func (c *Client) All(who int) ([]Message, error) {
	var all []Message
	for after := 0; ; {
		p, err := c.History(who, fmt.Sprintf("after=%d&limit=200", after))
		if err != nil {
			return nil, err
		}
		all = append(all, p.Messages...)
		if !p.More {
			return all, nil
		}
		after = p.Messages[len(p.Messages)-1].Seq
	}
}

// Frame is any frame from the host; Raw is what came.
type Frame struct {
	Type       string         `json:"type"`
	Epoch      string         `json:"epoch"`
	Head       int            `json:"head"`
	Now        int64          `json:"now"`
	Me         *User          `json:"me"`
	UI         string         `json:"ui"`
	People     []Presence     `json:"people"`
	CID        string         `json:"cid"`
	Who        int            `json:"who"`
	Seq        int            `json:"seq"`
	Ev         int            `json:"ev"`
	Date       int64          `json:"date"`
	Kind       string         `json:"kind"`
	RawMessage jsontext.Value `json:"message"`
	Chat       *Chat          `json:"chat"`
	UserValue  jsontext.Value `json:"user"`
	ID         int            `json:"id"`
	Online     bool           `json:"online"`
	Seen       int64          `json:"seen"`
	N          int            `json:"n"`
	Code       string         `json:"code"`
	RetryAfter int64          `json:"retry_after"`
	Raw        []byte         `json:"-"`
}

// Presence is whether somebody else is here, in a welcome.
type Presence struct {
	User   int   `json:"user"`
	Online bool  `json:"online"`
	Seen   int64 `json:"seen"`
}

// Message is the message of an event.
func (f *Frame) Message() *Message {
	m := &Message{}
	if f.RawMessage == nil || json.Unmarshal(f.RawMessage, m) != nil {
		return nil
	}
	return m
}

// User is the person of an event.
func (f *Frame) User() *User {
	u := &User{}
	if f.UserValue == nil || json.Unmarshal(f.UserValue, u) != nil {
		return nil
	}
	return u
}
