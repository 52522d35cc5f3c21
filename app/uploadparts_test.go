package app

import (
	"fmt"
	"net"
	"testing"

	"duologue/app/transfer"
)

// trickle begins to send a part, and goes on as long as the connection lives.
func (p *testPerson) trickle(path string) net.Conn {
	p.h.Helper()
	c, err := net.Dial("tcp", p.h.host)
	if err != nil {
		p.h.Fatal(err)
	}
	p.h.Cleanup(func() { c.Close() })
	fmt.Fprintf(c, "PATCH %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nTus-Resumable: 1.0.0\r\nContent-Type: %s\r\n"+
		"Upload-Offset: 0\r\nContent-Length: %d\r\n\r\nx", path, p.h.host, p.secret, transfer.PartType, transfer.MaxPart)
	return c
}

// However many connections a member opens, few of them get memory for a part;
// a place is free again once a part has come, was refused, or broke off.
func TestPartsOnTheWayAreBounded(t *testing.T) {
	h := startHost(t, func(o *Options) { o.Rate = 0 })
	a, b := h.setUp("Alice"), h.join("Bob")
	path, part := a.begin("x", 2*transfer.MaxPart, ""), make([]byte, transfer.MaxPart)
	arriving := func(n int) func() bool {
		return func() bool { return h.app.files.arrivals.Count() == n }
	}
	for range transfer.MaxPersonArrivals { // these give their place back
		a.call("PATCH", path, part, withHeader("Content-Type", transfer.PartType)).want(t, 412, "bad_version")
		a.call("PATCH", path, part, tusHeader, withHeader("Content-Type", transfer.PartType), withHeader("Origin", "http://evil.example")).want(t, 403, "forbidden")
		a.part(path, 1, part).want(t, 409, "conflict")
		a.part(path, 0, make([]byte, transfer.MaxPart+1)).want(t, 413, "too_big")
	}
	var slow []net.Conn
	for range transfer.MaxPersonArrivals {
		slow = append(slow, a.trickle(path))
	}
	h.until("all are on the way", arriving(transfer.MaxPersonArrivals))
	refused := a.part(path, 0, part).want(t, 429, "rate")
	if refused.header.Get("Retry-After") == "" {
		t.Error(refused.header)
	}
	b.part(b.begin("y", transfer.MaxPart, ""), 0, part).want(t, 204, "")
	slow[0].Close()
	h.until("a place is free", arriving(transfer.MaxPersonArrivals-1))
	a.part(path, 0, part).want(t, 204, "")
}
