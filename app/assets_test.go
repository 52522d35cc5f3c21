package app

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"
)

var embedded = fstest.MapFS{
	"index.html":     {Data: []byte(`<!doctype html><link rel="icon" href="/_/icon.svg"><script type="module" src="/_/js/main.js"></script>`)},
	"js/main.js":     {Data: []byte("export const big = `" + strings.Repeat("text ", 1000) + "`")},
	"css/main.css":   {Data: []byte("body{}")},
	"icon.svg":       {Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`)},
	"font/one.woff2": {Data: bytes.Repeat([]byte("x"), 5000)},
}

func TestPageHashFollowsEveryFile(t *testing.T) {
	base, err := newPage(embedded)
	if err != nil {
		t.Fatal(err)
	}
	again, _ := newPage(embedded)
	if base.hash != again.hash {
		t.Error("the hash changes by itself")
	}
	for name := range embedded {
		changed := fstest.MapFS{}
		for n, f := range embedded {
			changed[n] = f
		}
		changed[name] = &fstest.MapFile{Data: append(bytes.Clone(embedded[name].Data), ' ')}
		if p, _ := newPage(changed); p.hash == base.hash {
			t.Errorf("%s changed and the hash did not", name)
		}
	}
	if _, err := newPage(fstest.MapFS{"x": {}}); err == nil {
		t.Error("a page without index.html is taken")
	}
	bare, err := newPage(fstest.MapFS{"index.html": {}})
	if err != nil || bare.icon != nil {
		t.Errorf("a bare page: %v", err)
	}
}

// The page finds its embedded below their hash; what gains by it is packed.
func TestPageFiles(t *testing.T) {
	p, err := newPage(embedded)
	if err != nil {
		t.Fatal(err)
	}
	if got := string(p.index.data); strings.Count(got, `"/_/`+p.hash+`/`) != 2 || strings.Count(got, `"/_/`) != 2 {
		t.Errorf("the page is %s", got)
	}
	if p.icon != p.assets["icon.svg"] || p.assets["index.html"] != nil {
		t.Errorf("%+v", p)
	}
	for name, kind := range map[string]string{"js/main.js": "text/javascript; charset=utf-8", "css/main.css": "text/css; charset=utf-8",
		"icon.svg": "image/svg+xml", "font/one.woff2": "font/woff2"} {
		f := p.assets[name]
		if f.kind != kind || !bytes.Equal(f.data, embedded[name].Data) || (f.packed != nil) != (name == "js/main.js") || f.etag == "" {
			t.Errorf("%s: %s, %d bytes, %d packed", name, f.kind, len(f.data), len(f.packed))
		}
	}
}

func TestAcceptsGzip(t *testing.T) {
	for header, want := range map[string]bool{"gzip": true, "br, gzip;q=0.5": true, "*": true, "GZIP": true, "gzip ; q=1.0": true,
		"": false, "br": false, "gzip;q=0": false, "gzip;q=0.0, *": false, "*;q=0": false, "identity": false, "gzip;q=x": false} {
		if got := acceptsGzip(header); got != want {
			t.Errorf("%q: %v", header, got)
		}
	}
}
