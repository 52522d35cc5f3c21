package ui_test

import (
	"io"
	"net"
	"sync"
)

// badLine stands between the pages and the host, where the host was until now:
// it drops every connection each time that so many bytes more went up, as
// often as cuts says.
type badLine struct {
	to    string
	every int

	mu    sync.Mutex
	up    int
	cuts  int // still to come
	conns map[net.Conn]bool
}

// worsen puts a bad line before the host, which has to be stopped, and comes
// back at another address.
func (r *room) worsen(cuts, every int) *badLine {
	r.t.Helper()
	front, err := net.Listen("tcp", r.addr)
	if err != nil {
		r.t.Fatal(err)
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		r.t.Fatal(err)
	}
	r.addr = free.Addr().String()
	free.Close()
	b := &badLine{to: r.addr, every: every, cuts: cuts, conns: map[net.Conn]bool{}}
	r.t.Cleanup(func() { front.Close() })
	go func() {
		for {
			in, err := front.Accept()
			if err != nil {
				return
			}
			go b.carry(in)
		}
	}()
	return b
}

func (b *badLine) carry(in net.Conn) {
	defer in.Close()
	out, err := net.Dial("tcp", b.to)
	if err != nil {
		return // nobody is there: the page sees a connection that ends
	}
	defer out.Close()
	b.mu.Lock()
	b.conns[in] = true
	b.mu.Unlock()
	defer func() {
		b.mu.Lock()
		delete(b.conns, in)
		b.mu.Unlock()
	}()
	go func() {
		io.Copy(in, out)
		in.Close()
	}()
	io.Copy(io.MultiWriter(out, b), in)
}

// Write counts what went up, and cuts.
func (b *badLine) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.up += len(p); b.cuts > 0 && b.up >= b.every {
		b.up = 0
		b.cuts--
		for c := range b.conns {
			c.Close()
		}
	}
	return len(p), nil
}

// left is how often it will cut yet.
func (b *badLine) left() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.cuts
}
