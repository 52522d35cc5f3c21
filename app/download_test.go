package app

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"sync"
	"sync/atomic"
	"testing"

	"duologue/app/listen"
)

// A large file goes through the system's own copying, whole and in parts,
// several times over one connection.
func TestLargeParts(t *testing.T) {
	h := startHost(t)
	a := h.setUp("Alice")
	data := make([]byte, 3<<20+17)
	rand.NewChaCha8([32]byte{7}).Read(data)
	path := filesPath + a.upload("large", data, "")
	const streamPart = 1 << 20
	for _, part := range [][2]int{{0, len(data) - 1}, {1, len(data) - 2}, {streamPart - 1, 2*streamPart + 1}, {len(data) - 300_000, len(data) - 1}, {5, 5}} {
		got := a.get(path, withHeader("Range", fmt.Sprintf("bytes=%d-%d", part[0], part[1]))).want(t, 206, "")
		if !bytes.Equal(got.body, data[part[0]:part[1]+1]) || got.header.Get("Content-Length") != itoa(part[1]-part[0]+1) {
			t.Errorf("%v: %d bytes, %v", part, len(got.body), got.header)
		}
	}
	if got := a.get(path).want(t, 200, ""); !bytes.Equal(got.body, data) {
		t.Error("the whole is another")
	}
	if head := a.call("HEAD", path, nil); head.header.Get("Content-Length") != itoa(len(data)) || len(head.body) > 0 {
		t.Error(head.header)
	}
}

// takingListener counts what its connections take as a file.
type takingListener struct {
	net.Listener
	taken atomic.Int64
}

func (l *takingListener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	return &takingConn{c, l}, err
}

type takingConn struct {
	net.Conn
	l *takingListener
}

func (c *takingConn) ReadFrom(r io.Reader) (int64, error) {
	if part, ok := r.(*io.LimitedReader); ok {
		if _, ok := part.R.(*os.File); ok {
			c.l.taken.Add(part.N)
		}
	}
	return io.Copy(c.Conn, r)
}

// The file itself reaches the socket, which has the system copy it, past all
// that the server puts between the two.
func TestFilesGoToTheSocket(t *testing.T) {
	h := startHost(t)
	a := h.setUp("Alice")
	size := int64(2<<20 + 5)
	path := filesPath + a.upload("large", make([]byte, size), "")
	in, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	inner := &takingListener{Listener: in}
	l := listen.New([]net.Listener{inner}, listen.Options{Log: testLog(t), Max: 10})
	var served sync.WaitGroup
	served.Go(func() { h.app.server.Server().Serve(l) })
	defer served.Wait()
	defer l.Close()
	h.url = "http://" + in.Addr().String()
	if got := a.get(path, withHeader("Connection", "close")).want(t, 200, ""); int64(len(got.body)) != size || inner.taken.Load() != size {
		t.Errorf("%d of %d bytes were taken as a file", inner.taken.Load(), size)
	}
}

// A host ends although somebody is in the middle of a file and does not read
// on, and a file that is deleted meanwhile comes to its end for whoever has
// begun with it.
func TestEndInTheMiddleOfAFile(t *testing.T) {
	h := startHost(t)
	a := h.setUp("Alice")
	data := bytes.Repeat([]byte("0123456789abcdef"), 1<<21)
	id := a.upload("large", data, "")
	a.hand(a, "", id).want(t, 201, "")
	begin := func() net.Conn {
		conn, err := net.Dial("tcp", h.host)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { conn.Close() })
		fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\nAuthorization: Bearer %s\r\n\r\n", filesPath+id, h.host, a.secret)
		if _, err := io.ReadFull(conn, make([]byte, 1000)); err != nil {
			t.Fatal(err)
		}
		return conn
	}
	begin() // never reads on; the host ends with the test
	reader := begin()
	a.call("DELETE", fmt.Sprintf("/api/chats/%d/messages/1", a.id), nil).want(t, 204, "")
	a.get(filesPath+id).want(t, 404, "not_found")
	rest, err := io.ReadAll(reader)
	if err != nil || !bytes.HasSuffix(rest, data[len(data)-1000:]) || len(rest) < len(data)-1000 {
		t.Error(len(rest), err)
	}
}
