package apptest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/fasthttp/websocket"
	"github.com/go-json-experiment/json"
)

// patience bounds every wait for a frame; it is far above what a host needs.
const patience = 30 * time.Second

// Socket is one open socket. Its methods are for one goroutine, but Write
// may be called while another one reads.
type Socket struct {
	WS *websocket.Conn
	n  int
}

// Dial opens a socket without saying hello.
func (c *Client) Dial() (*Socket, error) {
	header := http.Header{}
	if c.Secret != "" {
		header.Set("Authorization", "Bearer "+c.Secret)
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	dialer := *websocket.DefaultDialer
	dialer.NetDialContext = c.NetDial
	ws, resp, err := dialer.DialContext(ctx, "ws"+strings.TrimPrefix(c.Base, "http")+"/ws", header)
	if err != nil {
		if resp != nil {
			return nil, &Error{Status: resp.StatusCode, Header: resp.Header}
		}
		return nil, err
	}
	return &Socket{WS: ws}, nil
}

// Connect opens a socket and says hello; it is an error when the host answers
// anything but welcome.
func (c *Client) Connect(epoch string, since int) (*Socket, error) {
	s, err := c.Dial()
	if err != nil {
		return nil, err
	}
	f, err := s.Hello(epoch, since)
	if err == nil && f.Type != "welcome" {
		err = fmt.Errorf("hello was answered with %s", f.Raw)
	}
	if err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// Live asks for the state and opens a socket that goes on from it.
func (c *Client) Live() (*Socket, Sync, error) {
	state, err := c.Sync()
	if err != nil {
		return nil, state, err
	}
	s, err := c.Connect(state.Epoch, state.Ev)
	return s, state, err
}

// Hello says hello and reads the answer.
func (s *Socket) Hello(epoch string, since int) (Frame, error) {
	if err := s.Write(map[string]any{"type": "hello", "epoch": epoch, "since": since}); err != nil {
		return Frame{}, err
	}
	return s.Read()
}

// frame puts the type first, as the page does.
func frame(v map[string]any) ([]byte, error) {
	kind, err := json.Marshal(v["type"])
	if err != nil {
		return nil, err
	}
	rest := make(map[string]any, len(v))
	for k, x := range v {
		if k != "type" {
			rest[k] = x
		}
	}
	b, err := json.Marshal(rest, json.Deterministic(true))
	if err != nil {
		return nil, err
	}
	head := append([]byte(`{"type":`), kind...)
	if len(rest) > 0 {
		head = append(head, ',')
	}
	return append(head, b[1:]...), nil
}

// Write sends one frame.
func (s *Socket) Write(v map[string]any) error {
	b, err := frame(v)
	if err != nil {
		return err
	}
	return s.WriteRaw(b)
}

// WriteRaw sends one text frame as it is.
func (s *Socket) WriteRaw(b []byte) error {
	s.WS.SetWriteDeadline(time.Now().Add(patience))
	return s.WS.WriteMessage(websocket.TextMessage, b)
}

// Read waits for the next frame. A close by the host is a *websocket.CloseError.
func (s *Socket) Read() (Frame, error) {
	s.WS.SetReadDeadline(time.Now().Add(patience))
	_, b, err := s.WS.ReadMessage()
	if err != nil {
		return Frame{}, err
	}
	var f Frame
	if err := json.Unmarshal(b, &f); err != nil {
		return f, fmt.Errorf("frame %s: %w", b, err)
	}
	f.Raw = b
	return f, nil
}

// Until reads frames until one fits, and gives those before it too.
func (s *Socket) Until(fits func(*Frame) bool) (Frame, []Frame, error) {
	var before []Frame
	for {
		f, err := s.Read()
		if err != nil {
			return f, before, err
		}
		if fits(&f) {
			return f, before, nil
		}
		before = append(before, f)
	}
}

// Flush waits until the host took every frame before, and gives the frames
// that came meanwhile: everything that was committed before is among them.
func (s *Socket) Flush() ([]Frame, error) {
	s.n++
	n := s.n
	if err := s.Write(map[string]any{"type": "ping", "n": n}); err != nil {
		return nil, err
	}
	_, before, err := s.Until(func(f *Frame) bool { return f.Type == "pong" && f.N == n })
	return before, err
}

// Send sends a message and waits for its answer; an error frame is an *Error.
// It gives the frames that came before, too.
func (s *Socket) Send(cid string, to int, content string) (Ack, []Frame, error) {
	if err := s.Write(map[string]any{"type": "send", "cid": cid, "to": to, "content": content}); err != nil {
		return Ack{}, nil, err
	}
	f, before, err := s.Until(func(f *Frame) bool { return f.CID == cid && (f.Type == "ack" || f.Type == "error") })
	if err != nil {
		return Ack{}, before, err
	}
	if f.Type == "error" {
		return Ack{}, before, &Error{Code: f.Code, Message: string(f.RawMessage)}
	}
	return Ack{f.Type, f.CID, f.Who, f.Seq, f.Ev, f.Date}, before, nil
}

// CloseCode reads to the end and gives the code of the close frame, 0 when
// there was none.
func (s *Socket) CloseCode() int {
	for {
		if _, err := s.Read(); err != nil {
			if e, ok := errors.AsType[*websocket.CloseError](err); ok {
				return e.Code
			}
			return 0
		}
	}
}

// Close drops the connection without a word, as a lost network does.
func (s *Socket) Close() error { return s.WS.Close() }
