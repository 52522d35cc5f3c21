package app

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/jpeg"
	"net/http"
	"strings"
	"testing"
	"time"

	"duologue/app/transfer"
)

// begin asks for an upload and gives its path.
func (p *testPerson) begin(name string, size int, as string) string {
	p.h.Helper()
	meta := "filename " + base64.StdEncoding.EncodeToString([]byte(name)) + ",as " + base64.StdEncoding.EncodeToString([]byte(as))
	a := p.call("POST", "/api/files", nil, tusHeader, withHeader("Upload-Length", itoa(size)), withHeader("Upload-Metadata", meta))
	a.want(p.h, 201, "")
	return a.header.Get("Location")
}

func tusHeader(r *http.Request) { r.Header.Set("Tus-Resumable", "1.0.0") }

// part sends a part of an upload.
func (p *testPerson) part(path string, offset int, data []byte) testAnswer {
	p.h.Helper()
	return p.call("PATCH", path, data, tusHeader, withHeader("Content-Type", transfer.PartType), withHeader("Upload-Offset", itoa(offset)))
}

// upload brings a whole file and gives its id.
func (p *testPerson) upload(name string, data []byte, as string) string {
	p.h.Helper()
	path := p.begin(name, len(data), as)
	for at := 0; at < len(data); {
		n := min(len(data)-at, transfer.MaxPart)
		p.part(path, at, data[at:at+n]).want(p.h, 204, "")
		at += n
	}
	return strings.TrimPrefix(path, filesPath)
}

// hand sends files in a message and gives the answer.
func (p *testPerson) hand(to *testPerson, text string, ids ...string) testAnswer {
	p.h.Helper()
	p.h.sent++
	return p.call("POST", fmt.Sprintf("/api/chats/%d/messages", to.id), map[string]any{"cid": fmt.Sprintf("hand%016d", p.h.sent), "content": text, "files": ids})
}

// filesOf are the files of the newest message.
func (p *testPerson) filesOf(who *testPerson) []any {
	p.h.Helper()
	all := p.call("GET", fmt.Sprintf("/api/chats/%d/messages?limit=1", who.id), nil).want(p.h, 200, "").json(p.h)["messages"].([]any)
	files, _ := all[0].(map[string]any)["files"].([]any)
	return files
}

func (p *testPerson) get(path string, change ...func(*http.Request)) testAnswer {
	p.h.Helper()
	return p.call("GET", path, nil, change...)
}

func testPhoto(t *testing.T, w, h int) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, w, h)), nil); err != nil {
		t.Fatal(err)
	}
	exif := "Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00 somewhere"
	return append(append([]byte{0xFF, 0xD8, 0xFF, 0xE1, 0, byte(len(exif) + 2)}, exif...), b.Bytes()[2:]...)
}

// until waits for what the host does by itself.
func (h *testHost) until(what string, so func() bool) {
	h.Helper()
	for end := time.Now().Add(10 * time.Second); !so(); <-time.After(2 * time.Millisecond) {
		if time.Now().After(end) {
			h.Fatal("it does not happen: ", what)
		}
	}
}
