package app

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"strings"
	"testing"
)

// 400 KB of gzip would become 400 MB if anybody inflated it.
func TestPackedBodiesAreRefused(t *testing.T) {
	h := startHost(t)
	a := h.setUp("Alice")
	var bomb bytes.Buffer
	w := gzip.NewWriter(&bomb)
	chunk := bytes.Repeat([]byte(" "), 1<<20)
	for bomb.Len() < 400_000 {
		w.Write(chunk)
	}
	w.Close()
	for _, coding := range []string{"gzip", "deflate", "br", "zstd", "identity", "gzip, gzip", "x"} {
		a.call("POST", "/api/join", bomb.Bytes(), withHeader("Content-Encoding", coding)).want(t, 415, "unsupported")
	}
	h.nobody().call("POST", "/api/join", bomb.Bytes(), withHeader("Content-Encoding", "gzip")).want(t, 413, "too_big")
	for _, r := range everyKind {
		h.nobody().call(r.method, r.path, nil, withHeader("Content-Encoding", "gzip")).want(t, 415, "unsupported")
	}
}

func TestContentTypeWhereThereIsABody(t *testing.T) {
	h := startHost(t)
	for kind, good := range map[string]bool{
		"application/json":                  true,
		"application/json; charset=utf-8":   true,
		"Application/JSON;charset=UTF-8":    true,
		"application/json; charset=latin1":  false,
		"text/plain":                        false,
		"text/plain; application/json":      false,
		"application/x-www-form-urlencoded": false,
		"multipart/form-data; boundary=x":   false,
		"application/jsonp":                 false,
		"application/json, text/plain":      false,
		"":                                  false,
	} {
		answer := h.nobody().call("POST", "/api/join", `{"code":"x","name":"A"}`, withHeader("Content-Type", kind))
		if refused := answer.status == 415 && answer.code() == "unsupported"; refused == good {
			t.Errorf("%q: %d %s", kind, answer.status, answer.body)
		}
	}
	a := h.setUp("Alice")
	a.call("PUT", "/api/chats/1", nil).want(t, 201, "")
	a.call("PUT", "/api/chats/1", "").want(t, 200, "")
}

func TestBodiesThatAreTooBig(t *testing.T) {
	h := startHost(t)
	a := h.setUp("Alice")
	body := func(size int) string { return `{"code":"` + strings.Repeat("x", size-11) + `"}` }
	for from, limit := range map[*testPerson]int{a: 1 << 20, h.nobody(): 16 << 10} {
		from.call("POST", "/api/join", body(limit)).want(t, 400, "bad_request")
		for range 5 { // the answer has to arrive although not all was read
			from.call("POST", "/api/join", body(limit+1)).want(t, 413, "too_big")
		}
		from.call("POST", "/api/join", strings.Repeat(" ", 5<<20)).want(t, 413, "too_big")
	}
	h.nobody().call("POST", "/api/join", body(17<<10), inChunks).want(t, 413, "too_big")
	// Whoever is signed out learns that, and not that the body is too big.
	a.call("POST", "/api/chats/1/messages", map[string]any{"cid": cidOf("t"), "content": strings.Repeat("x", 20<<10)}).want(t, 201, "")
	h.nobody().call("POST", "/api/chats/1/messages", body(17<<10)).want(t, 401, "unauthorized")
}

func inChunks(r *http.Request) { r.ContentLength = -1 }

// Announcing a body reserves no more memory for a stranger than a sign-in takes.
func TestStrangersHoldLittleMemory(t *testing.T) {
	h := startHost(t)
	for range 50 {
		answer := h.raw("POST /api/join HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{")
		if !strings.HasPrefix(answer, "HTTP/1.1 413 ") {
			t.Fatalf("half a body of 1 MB is answered with %.100q", answer)
		}
	}
}

// What the server cannot read at all still gets an answer in our words.
func TestBrokenRequests(t *testing.T) {
	h := startHost(t)
	for what, request := range map[string]string{
		"no HTTP":           "hello\r\n\r\n",
		"big header":        "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + strings.Repeat("x", 9000) + "\r\n\r\n",
		"bad length":        "POST /api/join HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
		"two lengths":       "POST /api/join HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}x",
		"length and chunks": "POST /api/join HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
		"bad chunk":         "POST /api/join HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
		"space in name":     "GET / HTTP/1.1\r\nHost : localhost\r\n\r\n",
	} {
		answer := h.raw(request)
		if !strings.HasPrefix(answer, "HTTP/1.1 400 ") || !strings.Contains(answer, `"code":"bad_request"`) ||
			!strings.Contains(answer, "nosniff") {
			t.Errorf("%s: %.200q", what, answer)
		}
	}
}
