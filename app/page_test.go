package app

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"testing"
)

func TestPageIsServedUnderItsHash(t *testing.T) {
	h := startHost(t)
	n := h.nobody()
	hash := h.app.page.Hash
	index := n.call("GET", "/", nil).want(t, 200, "")
	if got := string(index.body); strings.Count(got, `"/_/`+hash+`/`) != 2 || strings.Count(got, `"/_/`) != 2 {
		t.Errorf("the page is %s", got)
	}
	if index.header.Get("Content-Type") != "text/html; charset=utf-8" || index.header.Get("Cache-Control") != "no-cache" {
		t.Errorf("headers %v", index.header)
	}
	for name, kind := range map[string]string{"js/main.js": "text/javascript; charset=utf-8", "css/main.css": "text/css; charset=utf-8",
		"icon.svg": "image/svg+xml", "font/one.woff2": "font/woff2"} {
		got := n.call("GET", "/_/"+hash+"/"+name, nil).want(t, 200, "")
		if got.header.Get("Content-Type") != kind || got.header.Get("Cache-Control") != "public, max-age=31536000, immutable" {
			t.Errorf("%s: headers %v", name, got.header)
		}
		if !bytes.Equal(got.body, testPage[name].Data) {
			t.Errorf("%s: %d bytes", name, len(got.body))
		}
		head := n.call("HEAD", "/_/"+hash+"/"+name, nil).want(t, 200, "")
		if len(head.body) != 0 || head.header.Get("Content-Length") != itoa(len(got.body)) {
			t.Errorf("HEAD of %s: %v", name, head.header)
		}
	}
	if got := n.call("GET", "/favicon.ico", nil).want(t, 200, ""); got.header.Get("Content-Type") != "image/svg+xml" {
		t.Errorf("the icon: %v", got.header)
	}
	n.call("HEAD", "/", nil).want(t, 200, "")
}

// A tab of an older version must not mix its files with those of this one.
func TestPageUnderOtherNames(t *testing.T) {
	h := startHost(t)
	hash := h.app.page.Hash
	for _, path := range []string{"/_/0123456789abcdef/js/main.js", "/_/" + hash, "/_/" + hash + "/", "/_/" + hash + "/js", "/_/" + hash + "/index.html",
		"/_/" + hash + "/../" + hash + "/js/main.jsx", "/_/" + hash + "/%2e%2e/js/main.js", "/_/js/main.js", "/_/", "/_", "/_/" + hash + "/js//main.js", "/js/main.js",
		"/_/" + hash + "/..%2f..%2fgo.mod", "/_/" + hash + "/js\\main.js", "/_/" + strings.ToUpper(hash) + "x/js/main.js"} {
		h.nobody().call("GET", path, nil).want(t, 404, "not_found")
	}
}

func TestPageIsNotSentTwice(t *testing.T) {
	h := startHost(t)
	n := h.nobody()
	for _, path := range []string{"/", "/_/" + h.app.page.Hash + "/js/main.js"} {
		for _, coding := range []string{"", "gzip"} {
			etag := n.call("GET", path, nil, withHeader("Accept-Encoding", coding)).want(t, 200, "").header.Get("ETag")
			for match, status := range map[string]int{etag: 304, "W/" + etag: 304, `"x", ` + etag: 304, "*": 304, `"x"`: 200, "": 200} {
				got := n.call("GET", path, nil, withHeader("Accept-Encoding", coding), withHeader("If-None-Match", match))
				got.want(t, status, "")
				if status == 304 && (len(got.body) != 0 || got.header.Get("ETag") != etag || got.header.Get("Cache-Control") == "no-store") {
					t.Errorf("%s with %s: %v", path, match, got.header)
				}
			}
		}
	}
}

func TestPageIsPackedForWhoTakesThat(t *testing.T) {
	h := startHost(t)
	path := "/_/" + h.app.page.Hash + "/js/main.js"
	for accept, packed := range map[string]bool{"gzip": true, "br, gzip;q=0.5": true, "*": true, "GZIP": true, "gzip ; q=1.0": true,
		"": false, "br": false, "gzip;q=0": false, "gzip;q=0.0, *": false, "*;q=0": false, "identity": false, "gzip;q=x": false} {
		got := h.nobody().call("GET", path, nil, withHeader("Accept-Encoding", accept)).want(t, 200, "")
		if (got.header.Get("Content-Encoding") == "gzip") != packed || got.header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%q: %v", accept, got.header)
			continue
		}
		body := got.body
		if packed {
			r, err := gzip.NewReader(bytes.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			if body, err = io.ReadAll(r); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(body, testPage["js/main.js"].Data) {
			t.Errorf("%q: %d bytes", accept, len(body))
		}
	}
	// What is packed already, or small, goes as it is.
	for _, name := range []string{"font/one.woff2", "css/main.css"} {
		got := h.nobody().call("GET", "/_/"+h.app.page.Hash+"/"+name, nil, withHeader("Accept-Encoding", "gzip")).want(t, 200, "")
		if got.header.Get("Content-Encoding") != "" {
			t.Errorf("%s was packed", name)
		}
	}
}
