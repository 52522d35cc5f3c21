package app

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"

	"duologue/db"

	"github.com/go-json-experiment/json"
)

// What my files take, by chat, by kind and one by one; giving up the bytes
// keeps text and thumbnail, and the other side notices nothing.
func TestStorage(t *testing.T) {
	h := startHost(t)
	a, b, c := h.setUp("Alice"), h.join("Bob"), h.join("Carol")
	photo, film := a.upload("p.jpg", testPhoto(t, 700, 700), "picture"), a.upload("v", []byte("RIFF\x00\x00\x00\x00AVI LIST and so on"), "")
	a.hand(b, "for Bob", photo, film).want(t, 201, "")
	b.hand(c, "for Carol", photo).want(t, 201, "")
	stored := func(p *testPerson) map[string]any { return p.get("/api/storage").want(t, 200, "").json(t) }
	size := func(v any) (n float64) {
		for _, e := range v.([]any) {
			n += e.(map[string]any)["size"].(float64)
		}
		return n
	}
	mine, bobs := stored(a), stored(b)
	if mine["used"] != size(mine["kinds"]) || size(mine["chats"]) != mine["used"] || len(mine["largest"].([]any)) != 2 ||
		len(mine["kinds"].([]any)) != 2 || mine["brought"].(float64) < mine["used"].(float64) || bobs["brought"] != 0.0 ||
		len(bobs["chats"].([]any)) != 2 || bobs["host"] != nil || mine["host"].(map[string]any)["level"] == "full" {
		t.Errorf("%v\n%v", mine, bobs)
	}
	b.call("PATCH", "/api/storage", `{"cap":1}`).want(t, 403, "forbidden")
	a.call("PATCH", "/api/storage", `{"cap":-1}`).want(t, 422, "invalid")
	if got := a.call("PATCH", "/api/storage", `{"cap":10}`).want(t, 200, "").json(t)["host"].(map[string]any); got["cap"] != 10.0 || got["level"] != "full" {
		t.Error(got)
	}
	b.call("POST", "/api/files", nil, tusHeader, withHeader("Upload-Length", "1")).want(t, 507, "storage_full")
	a.call("PATCH", "/api/storage", `{"cap":0}`).want(t, 200, "")

	b.call("POST", "/api/storage/drop", `{}`).want(t, 400, "bad_request")
	b.call("POST", "/api/storage/drop", fmt.Sprintf(`{"before":%d,"who":%d}`, 1<<50, b.id)).want(t, 200, "")
	b.get(filesPath+film).want(t, 200, "")
	got := b.call("POST", "/api/storage/drop", fmt.Sprintf(`{"before":%d,"who":%d}`, 1<<50, a.id)).want(t, 200, "").json(t)
	rest := b.call("POST", "/api/storage/drop", fmt.Sprintf(`{"before":%d}`, 1<<50)).want(t, 200, "").json(t)
	if got["files"] != 1.0 || rest["files"] != 1.0 || got["size"].(float64)+rest["size"].(float64) != bobs["used"] {
		t.Errorf("%v and %v, had %v", got, rest, bobs) // Carol's chat shows the photo, too
	}
	for _, id := range []string{photo, film} {
		b.get(filesPath+id).want(t, 404, "not_found")
		a.get(filesPath+id).want(t, 200, "")
	}
	b.get(filesPath+photo+"/thumb").want(t, 200, "")
	files := b.filesOf(a)
	if len(files) != 2 || files[0].(map[string]any)["gone"] != true || files[0].(map[string]any)["width"] == nil {
		t.Error(files)
	}
	if files := a.filesOf(b); files[0].(map[string]any)["gone"] != nil {
		t.Error("it is gone for Alice, too")
	}
	b.hand(c, "again", photo).want(t, 404, "not_found")
	c.get(filesPath+photo).want(t, 200, "")
	if now := stored(b); now["used"] != 0.0 {
		t.Error(now)
	}
	a.hand(b, "once more", photo).want(t, 201, "")
	b.get(filesPath+photo).want(t, 200, "")
}

// A saved chat is my side of it: a page, the same as records, and the files.
func TestExport(t *testing.T) {
	h := startHost(t, func(o *Options) { o.Rate = 0 })
	a, b, c := h.setUp("Alice"), h.join("Bob"), h.join("Carol")
	path := fmt.Sprintf("/api/chats/%d/export", b.id)
	a.get(path).want(t, 404, "not_found")
	c.hand(b, "of Carol").want(t, 201, "")
	photo := testPhoto(t, 60, 40)
	id, evil := a.upload("q&a 一.jpg", photo, "file"), a.upload(`"><script>.html`, []byte("<script>alert(1)</script>"), "")
	a.hand(b, "", id).want(t, 201, "")
	b.hand(a, "<script>alert(1)</script> & 你好", id).want(t, 201, "")
	for i := range db.MaxPage {
		a.hand(b, fmt.Sprint("line ", i)).want(t, 201, "")
	}
	a.hand(b, "last", evil).want(t, 201, "")
	b.call("DELETE", fmt.Sprintf("/api/chats/%d/messages/3", a.id), nil).want(t, 204, "")

	got := a.get(path+"?lang=zh").want(t, 200, "")
	if got.header.Get("Content-Type") != "application/zip" || !strings.Contains(got.header.Get("Content-Disposition"), "attachment;") {
		t.Error(got.header)
	}
	inside := zipped(t, got.body)
	page := inside["index.html"]
	if len(inside) != 4 || inside["files/000001-1-q&a 一.jpg"] != string(photo) || strings.Contains(page, "<script>") ||
		!strings.Contains(page, "&lt;script&gt;alert(1)&lt;/script&gt; &amp; 你好") || !strings.Contains(page, `lang="zh-CN"`) ||
		strings.Count(page, "<article") != db.MaxPage+3 || strings.Contains(page, "of Carol") ||
		strings.Count(page, `src="files/000001-1-q&amp;a%20%E4%B8%80.jpg"`) != 2 {
		t.Errorf("%d files, %d articles: %.3000s", len(inside), strings.Count(page, "<article"), page)
	}
	var records struct {
		Messages []map[string]any `json:"messages"`
		Me, Who  map[string]any
		App      string
		Date     int64
	}
	if err := json.Unmarshal([]byte(inside["messages.json"]), &records, json.MatchCaseInsensitiveNames(true)); err != nil || len(records.Messages) != db.MaxPage+3 {
		t.Fatal(err, len(records.Messages))
	}
	if p := records.Messages[1]["paths"].([]any)[0]; inside[p.(string)] != string(photo) {
		t.Error(p)
	}
	a.call("HEAD", path, nil).want(t, 200, "")

	// With oneself it says which device each message came from.
	a.hand(a, "a note").want(t, 201, "")
	if own := zipped(t, a.get(fmt.Sprintf("/api/chats/%d/export", a.id)).want(t, 200, "").body)["index.html"]; !strings.Contains(own, "<bdi>Alice</bdi> · <bdi>Go-http-client</bdi> · ") || strings.Contains(page, "Go-http") {
		t.Error(own)
	}
}

// zipped reads what is in a zip, by name.
func zipped(t *testing.T, data []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	inside := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		all, err := io.ReadAll(r)
		if err != nil || strings.Contains(f.Name, "..") || strings.ContainsAny(f.Name, `\:"<>`) {
			t.Error(f.Name, err)
		}
		inside[f.Name] = string(all)
	}
	return inside
}

// Whoever hangs up in the middle ends it; the host goes on.
func TestExportIsCancelled(t *testing.T) {
	h := startHost(t)
	a := h.setUp("Alice")
	id := a.upload("big", bytes.Repeat([]byte{0, 1, 2, 3}, 1<<20), "")
	a.hand(a, "", id).want(t, 201, "")
	for range maxPersonDownloads + 3 { // their places are free again
		conn, err := net.Dial("tcp", h.host)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(conn, "GET /api/chats/%d/export HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n\r\n", a.id, h.host, a.secret)
		if _, err := io.ReadFull(conn, make([]byte, 100_000)); err != nil {
			t.Fatal(err)
		}
		conn.(*net.TCPConn).SetLinger(0)
		conn.Close()
		h.until("a place is free", func() bool { return h.app.files.downloads.Running() == 0 })
	}
	a.get(fmt.Sprintf("/api/chats/%d/export", a.id)).want(t, 200, "")
}
