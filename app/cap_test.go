package app

import (
	"bytes"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
)

// reason is why an upload was refused.
func (a testAnswer) reason(t testing.TB) any {
	t.Helper()
	return a.want(t, 507, "storage_full").json(t)["error"].(map[string]any)["reason"]
}

// begins asks for an upload of a size.
func (p *testPerson) begins(size int) testAnswer {
	p.h.Helper()
	return p.call("POST", "/api/files", nil, tusHeader, withHeader("Upload-Length", itoa(size)))
}

// stored is what the owner is told of the files of all, without the space of
// the disk.
func (p *testPerson) stored() string {
	p.h.Helper()
	host := p.get("/api/storage").want(p.h, 200, "").json(p.h)["host"].(map[string]any)
	return fmt.Sprint("used ", host["used"], " coming ", host["coming"], " cap ", host["cap"], " ", host["level"])
}

// The owner caps what all files may take. It counts what uploads will bring,
// however many are begun at once, and the same bytes once; the owner is warned
// before it bites, and a cap below what is there takes nothing away.
func TestTheCapOnAllFiles(t *testing.T) {
	var free atomic.Int64
	free.Store(1 << 40)
	change := func(dir string) func(*Options) {
		return func(o *Options) {
			o.Data = dir
			o.Store.FreeSpace = func(string) (int64, error) { return free.Load(), nil }
		}
	}
	dir := t.TempDir()
	var link, id string
	data := bytes.Repeat([]byte{1, 2, 3}, 10_000)
	t.Run("first start", func(t *testing.T) {
		h := startHost(t, change(dir))
		a, b, c := h.setUp("Alice"), h.join("Bob"), h.join("Carol")
		for body, status := range map[string]int{`{"cap":"1"}`: 400, `{"caps":1}`: 400, `{"cap":1.5}`: 400, `{"cap":-1}`: 422} {
			a.call("PATCH", "/api/storage", body).want(t, status, "")
		}
		b.call("PATCH", "/api/storage", `{"cap":1}`).want(t, 403, "forbidden")
		h.nobody().call("PATCH", "/api/storage", `{"cap":1}`).want(t, 401, "unauthorized")
		if got := a.stored(); got != "used 0 coming 0 cap 0 ok" {
			t.Error(got)
		}
		a.call("PATCH", "/api/storage", `{"cap":100000}`).want(t, 200, "")

		var all sync.WaitGroup
		var got [8]testAnswer
		for i := range got {
			all.Go(func() { got[i] = []*testPerson{b, c}[i%2].begins(30_000) })
		}
		all.Wait()
		begun := 0
		for _, answer := range got {
			if answer.status == 201 {
				begun++
			} else if reason := answer.reason(t); reason != "cap" {
				t.Error(reason)
			}
		}
		if got := a.stored(); begun != 3 || got != "used 0 coming 90000 cap 100000 warn" {
			t.Error(begun, got)
		}
		if b.get("/api/storage").want(t, 200, "").json(t)["host"] != nil {
			t.Error("a member is told of the files of all")
		}
		link = h.ownersLink()
	})
	t.Run("second start", func(t *testing.T) {
		h := startHost(t, change(dir))
		n := h.nobody()
		a := n.signedIn(n.call("POST", "/api/signin", map[string]any{"link": link}), 200)
		b := h.join("Dora")
		if got := a.stored(); got != "used 0 coming 90000 cap 100000 warn" {
			t.Error(got)
		}
		if got := b.begins(10_001).reason(t); got != "cap" {
			t.Error(got)
		}
		a.call("PATCH", "/api/storage", `{"cap":200000}`).want(t, 200, "")
		id = a.upload("one", data, "")
		b.upload("the same", data, "")
		if got := a.stored(); got != "used 30000 coming 90000 cap 200000 ok" {
			t.Error(got)
		}
		a.hand(b, "here", id).want(t, 201, "")
		a.call("PATCH", "/api/storage", `{"cap":20000}`).want(t, 200, "")
		if got := a.stored(); got != "used 30000 coming 90000 cap 20000 full" {
			t.Error(got)
		}
		if got := b.get(filesPath+id).want(t, 200, ""); !bytes.Equal(got.body, data) {
			t.Error("other bytes")
		}
		if got := b.begins(1).reason(t); got != "cap" {
			t.Error(got)
		}
		a.call("PATCH", "/api/storage", `{"cap":0}`).want(t, 200, "")

		// Without a cap it is the disk that warns and refuses.
		free.Store(2 << 30)
		if got := a.stored(); got != "used 30000 coming 90000 cap 0 warn" {
			t.Error(got)
		}
		if got := b.begins(2 << 30).reason(t); got != nil {
			t.Error(got)
		}
	})
}
