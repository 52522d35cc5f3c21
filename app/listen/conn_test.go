package listen

import (
	"errors"
	"io"
	"net"
	"strconv"
	"strings"
	"testing"
)

func TestConnCork(t *testing.T) {
	l := newTestListener(t, Options{})
	counted := &countingConn{}
	nc := &Conn{Conn: counted, l: l}
	write := func(s string) {
		t.Helper()
		if n, err := nc.Write([]byte(s)); n != len(s) || err != nil {
			t.Fatal(n, err)
		}
	}
	uncork := func() {
		t.Helper()
		if err := nc.Uncork(); err != nil {
			t.Fatal(err)
		}
	}
	write("a")
	nc.Cork()
	write("b")
	write("c")
	if counted.String() != "a" {
		t.Errorf("while corked %q went out", counted.String())
	}
	uncork()
	write("d")
	uncork() // nothing to do
	if counted.String() != "abcd" || counted.writes != 3 {
		t.Errorf("%q in %d writes", counted.String(), counted.writes)
	}
	// A corked connection holds back a bounded part, in order.
	counted.Reset()
	counted.writes = 0
	nc.Cork()
	var want strings.Builder
	for i := range 300 {
		s := strings.Repeat(string(rune('a'+i%26)), 1000)
		want.WriteString(s)
		write(s)
		if nc.held != nil && len(*nc.held) > corkLimit {
			t.Fatalf("%d bytes are held back", len(*nc.held))
		}
	}
	big := strings.Repeat("B", 3*corkLimit)
	want.WriteString(big)
	write(big)
	uncork()
	if counted.String() != want.String() || counted.writes > 7 {
		t.Errorf("%d of %d bytes in %d writes", counted.Len(), want.Len(), counted.writes)
	}
	// What failed later is told.
	counted.err = io.ErrClosedPipe
	nc.Cork()
	write("x")
	if err := nc.Uncork(); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("Uncork gave %v", err)
	}
	if _, err := nc.Write([]byte("y")); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("Write gave %v", err)
	}
}

// countingConn remembers what is written and how often.
type countingConn struct {
	net.Conn
	strings.Builder
	writes int
	err    error
}

func (c *countingConn) Write(b []byte) (int, error) {
	c.writes++
	if c.err != nil {
		return 0, c.err
	}
	return c.Builder.Write(b)
}

func (c *countingConn) Close() error { return nil }

// Many goroutines write whole lines while another corks and uncorks; every
// line arrives whole, and each writer's in order.
func TestConnConcurrently(t *testing.T) {
	l := newTestListener(t, Options{})
	here, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer here.Close()
	nc := <-l.accepted
	const writers, lines = 4, 500
	done := make(chan struct{})
	for w := range writers {
		go func() {
			for i := range lines {
				nc.Write([]byte(strconv.Itoa(w) + " " + strconv.Itoa(i) + "\n"))
			}
			done <- struct{}{}
		}()
	}
	go func() {
		for range writers {
			<-done
		}
		nc.Uncork()
		nc.Close()
	}()
	go func() {
		for range 1000 {
			nc.Cork()
			nc.Uncork()
		}
	}()
	all, err := io.ReadAll(here)
	if err != nil {
		t.Fatal(err)
	}
	next := make([]int, writers)
	got := strings.Split(strings.TrimSuffix(string(all), "\n"), "\n")
	if len(got) != writers*lines {
		t.Errorf("%d lines arrived", len(got))
	}
	for _, line := range got {
		w := int(line[0] - '0')
		if line != strconv.Itoa(w)+" "+strconv.Itoa(next[w]) {
			t.Fatalf("%q, next of writer %d is %d", line, w, next[w])
		}
		next[w]++
	}
}

// A file waits its turn behind what is held back.
func TestConnCorksFilesToo(t *testing.T) {
	counted := &countingConn{}
	nc := &Conn{Conn: counted, l: newTestListener(t, Options{})}
	nc.Cork()
	nc.Write([]byte("a"))
	if n, err := nc.ReadFrom(strings.NewReader("b")); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	if counted.Len() > 0 {
		t.Errorf("while corked %q went out", counted.String())
	}
	if err := nc.Uncork(); err != nil || counted.String() != "ab" {
		t.Errorf("%q, %v", counted.String(), err)
	}
}
