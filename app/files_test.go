package app

import (
	"bytes"
	"fmt"
	"image"
	"net/http"
	"strings"
	"testing"

	"duologue/app/pictures"
	"duologue/app/transfer"
	"duologue/db"
)

// A file goes up in parts, is resumed where it broke, is sent with a text or
// without one, comes down whole, and is nobody else's.
func TestHandingOverAFile(t *testing.T) {
	h := startHost(t)
	a, b, c := h.setUp("Alice"), h.join("Bob"), h.join("Carol")
	data := bytes.Repeat([]byte("The contract. "), 1000)
	path := a.begin("contract.txt", len(data), "file")
	head := func(want int) {
		t.Helper()
		r := a.call("HEAD", path, nil, tusHeader)
		if r.status != 200 || r.header.Get("Upload-Offset") != itoa(want) || r.header.Get("Upload-Length") != itoa(len(data)) ||
			r.header.Get("Cache-Control") != "no-store" || r.header.Get("Tus-Resumable") != "1.0.0" {
			t.Fatalf("%d %v, want %d", r.status, r.header, want)
		}
	}
	head(0)
	a.part(path, 0, data[:5000]).want(t, 204, "")
	head(5000)
	a.part(path, 0, data[:5000]).want(t, 409, "conflict")
	a.part(path, 5000, append(bytes.Clone(data[5000:]), 'x')).want(t, 413, "too_big")
	b.part(path, 5000, data[5000:]).want(t, 404, "not_found")
	b.call("HEAD", path, nil, tusHeader).want(t, 404, "")
	a.get(path).want(t, 404, "not_found")
	id := strings.TrimPrefix(path, filesPath)
	a.hand(b, "too early", id).want(t, 404, "not_found")
	last := a.part(path, 5000, data[5000:]).want(t, 204, "")
	if last.header.Get("Upload-Offset") != itoa(len(data)) {
		t.Error(last.header)
	}
	head(len(data))

	b.get(path).want(t, 404, "not_found") // whole, and not sent
	b.hand(c, "not mine", id).want(t, 404, "not_found")
	a.hand(b, "", id).want(t, 201, "")
	want := map[string]any{"id": id, "name": "contract.txt", "size": float64(len(data)), "type": "text/plain"}
	for _, side := range [][2]*testPerson{{a, b}, {b, a}} {
		if files := side[0].filesOf(side[1]); len(files) != 1 || fmt.Sprint(files[0]) != fmt.Sprint(want) {
			t.Errorf("%v", files)
		}
		if got := side[0].get(path).want(t, 200, ""); !bytes.Equal(got.body, data) {
			t.Error("other bytes came down")
		}
	}
	c.get(path).want(t, 404, "not_found")
	c.get(path+"/thumb").want(t, 404, "not_found")
	a.call("DELETE", path, nil, tusHeader).want(t, 409, "conflict")
	b.hand(c, "forwarded", id).want(t, 201, "")
	c.get(path).want(t, 200, "")

	// Each side forgets for itself.
	a.call("DELETE", fmt.Sprintf("/api/chats/%d/messages/1", b.id), nil).want(t, 204, "")
	a.get(path).want(t, 404, "not_found")
	b.get(path).want(t, 200, "")
	b.call("DELETE", fmt.Sprintf("/api/chats/%d", a.id), nil).want(t, 204, "")
	b.get(path).want(t, 200, "") // it stands in the chat with Carol still
	b.call("DELETE", fmt.Sprintf("/api/chats/%d", c.id), nil).want(t, 204, "")
	b.get(path).want(t, 404, "not_found")
	c.get(path).want(t, 200, "")
}

// Taking a message back takes its files back from both sides.
func TestTakingFilesBack(t *testing.T) {
	h := startHost(t)
	a, b := h.setUp("Alice"), h.join("Bob")
	id := a.upload("x.bin", []byte{0, 1, 2, 3}, "")
	a.hand(b, "look", id).want(t, 201, "")
	b.get(filesPath+id).want(t, 200, "")
	m := a.call("POST", fmt.Sprintf("/api/chats/%d/messages/1/recall", b.id), nil).want(t, 200, "").json(t)["message"].(map[string]any)
	if m["files"] != nil || m["recalled"] != true {
		t.Error(m)
	}
	for _, p := range []*testPerson{a, b} {
		p.get(filesPath+id).want(t, 404, "not_found")
	}
}

// A picture says how large it is drawn, has a thumbnail, and when it is sent
// as a picture, nothing of the camera; as a file it stays bit for bit.
func TestPictures(t *testing.T) {
	h := startHost(t)
	a, b := h.setUp("Alice"), h.join("Bob")
	data := testPhoto(t, 900, 600)
	as, file := a.upload("p.jpg", data, "picture"), a.upload("f.jpg", data, "file")
	a.hand(b, "", as, file).want(t, 201, "")
	files := b.filesOf(a)
	picture, plain := files[0].(map[string]any), files[1].(map[string]any)
	if picture["width"] != 600.0 || picture["height"] != 900.0 || picture["thumb"] != true || picture["picture"] != true ||
		plain["width"] != 600.0 || plain["thumb"] != true || plain["picture"] != nil {
		t.Errorf("%v %v", picture, plain)
	}
	got := b.get(filesPath+as).want(t, 200, "")
	if bytes.Contains(got.body, []byte("somewhere")) || float64(len(got.body)) != picture["size"] || got.header.Get("Content-Type") != "image/jpeg" {
		t.Error("the place went along")
	}
	if got := b.get(filesPath + file); !bytes.Equal(got.body, data) {
		t.Error("the file is another")
	}
	thumb := b.get(filesPath+as+"/thumb").want(t, 200, "")
	config, kind, err := image.DecodeConfig(bytes.NewReader(thumb.body))
	if err != nil || kind != "jpeg" || config.Height != 512 || thumb.header.Get("Content-Type") != "image/jpeg" {
		t.Error(config, kind, err)
	}
	b.get(filesPath+as+"/thumb", withHeader("If-None-Match", thumb.header.Get("ETag"))).want(t, 304, "")
}

// What is too large to be drawn small loses what the camera wrote as well.
func TestLargePictureIsCleaned(t *testing.T) {
	h := startHost(t)
	a := h.setUp("Alice")
	photo := testPhoto(t, 90, 60)
	comment := append([]byte{0xFF, 0xFE, 0xFF, 0xFF}, bytes.Repeat([]byte("somewhere"), 0xFFFF/9+1)[:0xFFFF-2]...)
	data := append(append([]byte{0xFF, 0xD8}, bytes.Repeat(comment, pictures.MaxFile/len(comment)+1)...), photo[2:]...)
	id := a.upload("p.jpg", data, "picture")
	a.hand(a, "", id).want(t, 201, "")
	if f := a.filesOf(a)[0].(map[string]any); f["picture"] != true || f["thumb"] != nil {
		t.Error(f)
	}
	if got := a.get(filesPath + id); len(got.body) == 0 || bytes.Contains(got.body, []byte("somewhere")) {
		t.Errorf("the place went along in %d bytes", len(got.body))
	}
}

// What could run in a browser is handed out to be saved, in a sandbox.
func TestDownloadsAreSafe(t *testing.T) {
	h := startHost(t)
	a := h.setUp("Alice")
	for _, x := range []struct {
		name, data, kind, how string
	}{
		{"evil.png", "<!doctype html><script>alert(1)</script>", "text/html", "attachment"},
		{"evil.jpg", `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`, "image/svg+xml", "attachment"},
		{"a.pdf", "%PDF-1.4 x", "application/pdf", "attachment"},
		{"note", "just words", "text/plain; charset=utf-8", "inline"},
		{"真.gif", "GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;", "image/gif", "inline"},
	} {
		id := a.upload(x.name, []byte(x.data), "picture")
		got := a.get(filesPath+id).want(t, 200, "")
		how := got.header.Get("Content-Disposition")
		if got.header.Get("Content-Type") != x.kind || !strings.HasPrefix(how, x.how+";") ||
			!strings.HasPrefix(got.header.Get("Content-Security-Policy"), "sandbox; default-src 'none'") ||
			got.header.Get("X-Content-Type-Options") != "nosniff" || got.header.Get("Cross-Origin-Resource-Policy") != "same-origin" ||
			got.header.Get("Content-Encoding") != "" {
			t.Errorf("%s: %v", x.name, got.header)
		}
		if x.name == "真.gif" && !strings.HasSuffix(how, `filename="_.gif"; filename*=UTF-8''%E7%9C%9F.gif`) {
			t.Error(how)
		}
	}
}

func TestRanges(t *testing.T) {
	h := startHost(t)
	a := h.setUp("Alice")
	path := filesPath + a.upload("d.bin", []byte("0123456789\x00\x01"), "")
	etag := a.get(path).header.Get("ETag")
	for _, x := range []struct {
		header, match, body, where string
		status                     int
	}{
		{"bytes=0-3", "", "0123", "bytes 0-3/12", 206}, {"bytes=4-", "", "456789\x00\x01", "bytes 4-11/12", 206},
		{"bytes=-2", "", "\x00\x01", "bytes 10-11/12", 206}, {"bytes=-99", "", "0123456789\x00\x01", "bytes 0-11/12", 206},
		{"bytes=11-99999999999999999999", "", "\x01", "bytes 11-11/12", 206}, {"bytes=12-", "", "", "bytes */12", 416},
		{"bytes=-0", "", "", "bytes */12", 416}, {"bytes=0-0,3-4", "", "0123456789\x00\x01", "", 200}, {"bytes=3-2", "", "0123456789\x00\x01", "", 200},
		{"lines=1-2", "", "0123456789\x00\x01", "", 200}, {"bytes=0-3", etag, "0123", "bytes 0-3/12", 206},
		{"bytes=0-3", `"other"`, "0123456789\x00\x01", "", 200},
	} {
		got := a.get(path, withHeader("Range", x.header), withHeader("If-Range", x.match))
		if got.status != x.status || got.header.Get("Content-Range") != x.where || x.status != 416 && string(got.body) != x.body {
			t.Errorf("%s, %s: %d %q %v", x.header, x.match, got.status, got.body, got.header)
		}
	}
	head := a.call("HEAD", path, nil)
	if head.status != 200 || head.header.Get("Content-Length") != "12" || head.header.Get("Accept-Ranges") != "bytes" {
		t.Error(head.status, head.header)
	}
	empty := a.get(filesPath+a.upload("empty", nil, "")).want(t, 200, "")
	if len(empty.body) != 0 || empty.header.Get("Content-Length") != "0" {
		t.Error(empty.header)
	}
}

// What a client may get wrong when it uploads.
func TestUploadRefusals(t *testing.T) {
	h := startHost(t, func(o *Options) { o.MaxFile, o.Quota = 1000, 1500 })
	a := h.setUp("Alice")
	create := func(change ...func(*http.Request)) testAnswer {
		return a.call("POST", "/api/files", nil, append([]func(*http.Request){tusHeader, withHeader("Upload-Length", "10")}, change...)...)
	}
	create(withHeader("Tus-Resumable", "0.2.2")).want(t, 412, "bad_version")
	for _, size := range []string{"", "-1", "1e3", "01", "99999999999999999999"} {
		create(withHeader("Upload-Length", size)).want(t, 400, "bad_request")
	}
	create(withHeader("Upload-Length", "1001")).want(t, 413, "too_big")
	for _, meta := range []string{"filename !", "filename YQ==,filename YQ==", ",", "a b c", "f\xe9 YQ=="} {
		create(withHeader("Upload-Metadata", meta)).want(t, 400, "bad_request")
	}
	create(withHeader("Upload-Metadata", "as b3RoZXI=")).want(t, 422, "invalid")
	path := a.begin("x", 1000, "")
	if got := create(withHeader("Upload-Length", "501")).reason(t); got != "quota" {
		t.Error(got)
	}
	other := a.begin("y", 500, "")
	a.call("DELETE", other, nil, tusHeader).want(t, 204, "")
	a.call("DELETE", other, nil, tusHeader).want(t, 404, "not_found")
	a.begin("y", 500, "")
	a.call("PATCH", path, []byte("x"), tusHeader, withHeader("Upload-Offset", "0")).want(t, 415, "unsupported")
	a.call("PATCH", path, []byte("x"), tusHeader, withHeader("Content-Type", transfer.PartType)).want(t, 400, "bad_request")
	a.part("/api/files/AAAAAAAAAAAAAAAAAAAAAAAAAA", 0, nil).want(t, 404, "not_found")
	a.part("/api/files/x", 0, nil).want(t, 404, "not_found")
	a.part(path, 0, make([]byte, transfer.MaxPart+1)).want(t, 413, "too_big")
	a.call("POST", "/api/setup", bytes.Repeat([]byte(" "), bodyLimit+1)).want(t, 413, "too_big")
	h.nobody().part(path, 0, make([]byte, bodyLimit+1)).want(t, 413, "too_big")
	options := a.call("OPTIONS", "/api/files", nil).want(t, 204, "")
	if options.header.Get("Tus-Extension") != "creation,termination" || options.header.Get("Tus-Max-Size") != "1000" {
		t.Error(options.header)
	}
	a.call("POST", fmt.Sprintf("/api/chats/%d/messages", a.id), map[string]any{"cid": cidOf("t"), "content": "x", "files": []string{path, path}}).want(t, 422, "invalid")
	many := make([]string, db.MaxFiles+1)
	a.call("POST", fmt.Sprintf("/api/chats/%d/messages", a.id), map[string]any{"cid": cidOf("t"), "content": "x", "files": many}).want(t, 422, "invalid")
}
