package app

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"net/http"
	"runtime"
	"strings"
	"testing"

	"duologue/app/transfer"
)

// longGIF has many frames of one pixel.
func longGIF(t *testing.T, frames int) []byte {
	g := &gif.GIF{}
	one := image.NewPaletted(image.Rect(0, 0, 1, 1), color.Palette{color.Black, color.White})
	for range frames {
		g.Image, g.Delay = append(g.Image, one), append(g.Delay, 0)
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, g); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Files that are made to do harm are kept as what they are, are no picture to
// anybody, cost little, run nowhere, and are nobody else's. Their names are
// names.
func TestHostileFiles(t *testing.T) {
	h := startHost(t)
	a, b, c := h.setUp("Alice"), h.join("Bob"), h.join("Carol")
	photo := testPhoto(t, 400, 300)
	png := "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\xc3\x50\x00\x00\xc3\x50\x08\x06\x00\x00\x00\xf8\x97\xa2\x50\x00\x00\x10\x00IDAT\x78\x9c" + strings.Repeat("\x00", 4096)
	script := "<script>alert(document.domain)</script>"
	many := string(longGIF(t, 10_000))
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for _, x := range []struct {
		sent, name, data, kind string
		small                  bool // it has a thumbnail, and may
	}{
		{"../../../etc/cron.d/x", "x", png, "image/png", false},
		{"a\x00.jpg", "a.jpg", string(photo[:len(photo)/3]), "image/jpeg", false},
		{"a\r\nSet-Cookie: evil=1\r\n\r\n<b>.gif", "aSet-Cookie_ evil=1_b_.gif", many, "image/gif", false},
		{"photo\u202egnp.exe", "photognp.exe", "II*\x00\xff\xff\xff\xf0\x01\x00\x00", "image/tiff", false},
		{"CON", "_CON", "RIFF\x24\x00\x00\x00WEBPVP8 \xff\xff\xff\x7f\x30\x01\x00\x9d\x01\x2a\xff\x3f\xff\x3f", "image/webp", false},
		{"com1.png", "_com1.png", `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">` + script + `</svg>`, "image/svg+xml", false},
		{strings.Repeat("长", 900), strings.Repeat("长", 66), "<!DOCTYPE html>" + script, "text/html", false},
		{`C:\x\` + strings.Repeat("n", 500) + ".png", strings.Repeat("n", 196) + ".png", "GIF89a/*" + strings.Repeat("x", 100) + "*/=1;" + script, "image/gif", false},
		{"\"; filename=\"x.html", "_; filename=_x.html", string(photo) + "<html>" + script, "image/jpeg", true},
		{"%2e%2e%2fx", "%2e%2e%2fx", "PK\x03\x04" + strings.Repeat("\xff", 300), "application/zip", false},
	} {
		path := filesPath + a.upload(x.sent, []byte(x.data), "picture")
		a.hand(b, "", strings.TrimPrefix(path, filesPath)).want(t, 201, "")
		f := b.filesOf(a)[0].(map[string]any)
		if f["name"] != x.name || f["type"] != x.kind || (f["thumb"] == true) != x.small {
			t.Errorf("%.30q: %v, want %q of type %s", x.sent, f, x.name, x.kind)
		}
		got := b.get(path).want(t, 200, "")
		how, saved := got.header.Get("Content-Disposition"), !transfer.Inline(x.kind)
		if saved != strings.HasPrefix(how, "attachment;") || strings.ContainsAny(how, "\r\n") || strings.Count(how, `"`) != 2 ||
			!strings.HasPrefix(got.header.Get("Content-Security-Policy"), "sandbox;") || len(got.header["Set-Cookie"]) > 0 ||
			got.header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%.30q: %v", x.sent, got.header)
		}
		if x.small && bytes.Contains(got.body, []byte(script)) {
			t.Errorf("%.30q: what stood behind the picture came along", x.sent)
		}
		if !x.small {
			b.get(path+"/thumb").want(t, 404, "not_found")
		}
		for _, p := range []*testPerson{c, h.nobody()} {
			want := map[bool]int{true: 404, false: 401}[p == c]
			p.get(path).want(t, want, "")
			p.get(path+"/thumb").want(t, want, "")
			p.call("HEAD", path, nil, tusHeader).want(t, want, "")
			p.call("DELETE", path, nil, tusHeader).want(t, want, "")
			p.part(path, 0, nil).want(t, want, "")
		}
	}
	runtime.ReadMemStats(&after)
	if grown := int64(after.TotalAlloc-before.TotalAlloc) >> 20; grown > 100 {
		t.Errorf("they took %d MB", grown)
	}
	a.call("POST", "/api/files", nil, tusHeader, withHeader("Upload-Length", "1"), func(r *http.Request) {
		r.Header.Set("Upload-Metadata", "filename "+strings.Repeat("QUFB", 5000))
	}).want(t, 400, "bad_request")
	for _, id := range []string{"..%2f..%2fstore", "new", "AAAAAAAAAAAAAAAAAAAAAAAAAA", "%00", strings.Repeat("A", 200)} {
		a.get(filesPath+id).want(t, 404, "not_found")
		a.get(filesPath+id+"/thumb").want(t, 404, "not_found")
	}
	a.get(fmt.Sprintf("/api/chats/%d/export", b.id)).want(t, 200, "")
}

// Two parts at once for one upload, and more than two for one person, wait.
func TestManyUploadsAtOnce(t *testing.T) {
	h := startHost(t)
	a, b := h.setUp("Alice"), h.join("Bob")
	path := a.begin("x", 10, "")
	files := &h.app.files
	for range maxPersonUploads {
		if err := files.uploads.Enter(1); err != nil {
			t.Fatal(err)
		}
	}
	if got := a.part(path, 0, []byte("x")).want(t, 429, "rate"); got.header.Get("Retry-After") != "1" {
		t.Error(got.header)
	}
	b.part(b.begin("y", 1, ""), 0, []byte("y")).want(t, 204, "")
	files.uploads.Leave(1)
	a.part(path, 0, []byte("x")).want(t, 204, "")
	files.uploads.Leave(1)
	if files.uploads.Running() != 0 {
		t.Error("somebody is counted still")
	}
	many := 0
	for range 60 {
		if a.call("POST", "/api/files", nil, tusHeader, withHeader("Upload-Length", "1")).status == 201 {
			many++
		}
	}
	if many != 49 {
		t.Errorf("%d more uploads were begun", many)
	}
}
