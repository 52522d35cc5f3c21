package assets

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
	base, err := Read(embedded)
	if err != nil {
		t.Fatal(err)
	}
	again, _ := Read(embedded)
	if base.Hash != again.Hash {
		t.Error("the hash changes by itself")
	}
	for name := range embedded {
		changed := fstest.MapFS{}
		for n, f := range embedded {
			changed[n] = f
		}
		changed[name] = &fstest.MapFile{Data: append(bytes.Clone(embedded[name].Data), ' ')}
		if p, _ := Read(changed); p.Hash == base.Hash {
			t.Errorf("%s changed and the hash did not", name)
		}
	}
	if _, err := Read(fstest.MapFS{"x": {}}); err == nil {
		t.Error("a page without index.html is taken")
	}
	bare, err := Read(fstest.MapFS{"index.html": {}})
	if err != nil || bare.Icon != nil {
		t.Errorf("a bare page: %v", err)
	}
}

// The page finds its embedded below their hash; what gains by it is packed.
func TestPageFiles(t *testing.T) {
	p, err := Read(embedded)
	if err != nil {
		t.Fatal(err)
	}
	if got := string(p.Index.Data); strings.Count(got, `"/_/`+p.Hash+`/`) != 2 || strings.Count(got, `"/_/`) != 2 {
		t.Errorf("the page is %s", got)
	}
	if p.Icon != p.Files["icon.svg"] || p.Files["index.html"] != nil {
		t.Errorf("%+v", p)
	}
	for name, kind := range map[string]string{"js/main.js": "text/javascript; charset=utf-8", "css/main.css": "text/css; charset=utf-8",
		"icon.svg": "image/svg+xml", "font/one.woff2": "font/woff2"} {
		f := p.Files[name]
		if f.Type != kind || !bytes.Equal(f.Data, embedded[name].Data) || (f.Packed != nil) != (name == "js/main.js") || f.ETag == "" {
			t.Errorf("%s: %s, %d bytes, %d packed", name, f.Type, len(f.Data), len(f.Packed))
		}
	}
}

func TestAcceptsGzip(t *testing.T) {
	for header, want := range map[string]bool{"gzip": true, "br, gzip;q=0.5": true, "*": true, "GZIP": true, "gzip ; q=1.0": true,
		"": false, "br": false, "gzip;q=0": false, "gzip;q=0.0, *": false, "*;q=0": false, "identity": false, "gzip;q=x": false} {
		if got := AcceptsGzip(header); got != want {
			t.Errorf("%q: %v", header, got)
		}
	}
}
