package transfer

import (
	"bytes"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// A part of a file is sent whole, and a file that became shorter is told; the
// file is given back once.
func TestStream(t *testing.T) {
	data := bytes.Repeat([]byte("0123456789abcdef"), 3*streamPart/16)
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	conn, far := net.Pipe()
	defer conn.Close()
	defer far.Close()
	for _, c := range []struct {
		from, size, sent int64
		err              error
	}{
		{0, int64(len(data)), int64(len(data)), nil},
		{streamPart - 1, streamPart + 2, streamPart + 2, nil},
		{5, 1, 1, nil},
		{streamPart, 3 * streamPart, 2 * streamPart, io.ErrUnexpectedEOF},
	} {
		file, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := file.Seek(c.from, io.SeekStart); err != nil {
			t.Fatal(err)
		}
		closed := 0
		s := NewStream(conn, file, c.size, time.Minute, func() { closed++ })
		var b bytes.Buffer
		sent, err := io.Copy(&b, s)
		if sent != c.sent || !errors.Is(err, c.err) || !bytes.Equal(b.Bytes(), data[c.from:c.from+sent]) {
			t.Errorf("%+v: %d bytes, %v", c, sent, err)
		}
		for range 2 {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		}
		if closed != 1 {
			t.Errorf("%+v: given back %d times", c, closed)
		}
	}
}
