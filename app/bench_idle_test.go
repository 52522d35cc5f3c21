package app_test

import (
	"fmt"
	"net"
	"runtime"
	"strings"
	"testing"
	"time"

	"duologue/app"
	"duologue/app/apptest"
)

// BenchmarkIdleSockets measures what the host's memory grows by for each
// socket that said hello and is quiet. The other ends are bare TCP
// connections, so that they weigh next to nothing in the same process.
func BenchmarkIdleSockets(b *testing.B) {
	h := apptest.Start(b, app.Options{JoinCode: "BENCHCODE"})
	owner, err := apptest.SetUp(h.URL, h.App.Token(), "owner")
	if err != nil {
		b.Fatal(err)
	}
	clients := []*apptest.Client{owner}
	for i := range 99 {
		c, err := apptest.Join(h.URL, "BENCHCODE", fmt.Sprint("person ", i))
		if err != nil {
			b.Fatal(err)
		}
		clients = append(clients, c)
	}
	for b.Loop() {
		const each = 20
		before := heap()
		var conns []net.Conn
		for _, c := range clients {
			state, err := c.Sync()
			if err != nil {
				b.Fatal(err)
			}
			for range each {
				conns = append(conns, rawSocket(b, c, state))
			}
		}
		after := heap()
		b.ReportMetric(float64(after-before)/float64(len(conns))/1024, "KB/socket")
		for _, c := range conns {
			c.Close()
		}
	}
}

func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapInuse + m.StackInuse
}

// rawSocket upgrades a TCP connection by hand, says hello and waits for the welcome.
func rawSocket(b *testing.B, c *apptest.Client, state apptest.Sync) net.Conn {
	host := strings.TrimPrefix(c.Base, "http://")
	conn, err := net.Dial("tcp", host)
	if err != nil {
		b.Fatal(err)
	}
	fmt.Fprintf(conn, "GET /ws HTTP/1.1\r\nHost: %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"+
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer %s\r\n\r\n", host, c.Secret)
	conn.SetReadDeadline(time.Now().Add(10 * time.Second))
	hear := func(words string) {
		buf, got := make([]byte, 4096), ""
		for !strings.Contains(got, words) {
			n, err := conn.Read(buf)
			if err != nil {
				b.Fatal(err, got)
			}
			got += string(buf[:n])
		}
	}
	// A client has to wait for the answer; what it sent before that the server
	// would keep in a buffer of its own for as long as the socket lives.
	hear("\r\n\r\n")
	hello := fmt.Appendf(nil, `{"type":"hello","epoch":"%s","since":%d}`, state.Epoch, state.Ev)
	frame := append([]byte{0x81, 0x80 | byte(len(hello)), 0, 0, 0, 0}, hello...)
	if _, err := conn.Write(frame); err != nil {
		b.Fatal(err)
	}
	hear(`"welcome"`)
	return conn
}
