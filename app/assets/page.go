package assets

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"
)

const (
	// Prefix is where the files of the page live, below a hash of them
	// all, so that they can be kept for ever and still never be old.
	Prefix    = "/_/"
	indexName = "index.html"
	minPacked = 1 << 10 // smaller answers fit in one packet anyway
)

// Page has the files of one version of the page, as they go out.
type Page struct {
	Hash  string
	Index *File
	Icon  *File            // nil when there is none
	Files map[string]*File // by path below the hash
}

// File is one file as it goes out.
type File struct {
	Data []byte
	Type string
	ETag string // without quotes; what is packed has another one

	Packed []byte // for whoever takes gzip; nil when packing gains nothing
}

// Read reads all files. Their common hash names this version of the page.
func Read(files fs.FS) (*Page, error) {
	p := &Page{Files: map[string]*File{}}
	all := sha256.New()
	w, err := gzip.NewWriterLevel(nil, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	err = fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		fmt.Fprintf(all, "%s\x00%d\x00", name, len(data))
		all.Write(data)
		p.Files[name] = newFile(name, data, w)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("the page cannot be read: %w", err)
	}
	index, ok := p.Files[indexName]
	if !ok {
		return nil, fmt.Errorf("the page has no %s", indexName)
	}
	p.Hash = hex.EncodeToString(all.Sum(nil))[:16]
	p.Index = newFile(indexName, bytes.ReplaceAll(index.Data, []byte(`"`+Prefix), []byte(`"`+Prefix+p.Hash+"/")), w)
	delete(p.Files, indexName)
	for _, name := range []string{"favicon.ico", "favicon.svg", "icon.svg", "icons/favicon.svg", "icons/icon.svg"} {
		if p.Icon == nil {
			p.Icon = p.Files[name]
		}
	}
	return p, nil
}

// newFile packs the file, too: w serves all files in turn, because it weighs
// a megabyte and a page asks for everything at once.
func newFile(name string, data []byte, w *gzip.Writer) *File {
	sum := sha256.Sum256(data)
	f := &File{Data: data, Type: kindOf(name), ETag: hex.EncodeToString(sum[:8])}
	if !packs(f.Type) || len(data) < minPacked {
		return f
	}
	var b bytes.Buffer
	w.Reset(&b)
	if _, err := w.Write(data); err == nil && w.Close() == nil && b.Len() < len(data) {
		f.Packed = b.Bytes()
	}
	return f
}

// kindOf gives the type of a file of ours by its name. The system's own table
// differs from computer to computer, and a browser runs no script of a wrong
// type.
func kindOf(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".js", ".mjs":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".json", ".map":
		return "application/json"
	case ".webmanifest":
		return "application/manifest+json"
	case ".png":
		return "image/png"
	case ".webp":
		return "image/webp"
	case ".ico":
		return "image/x-icon"
	case ".woff2":
		return "font/woff2"
	case ".mp3":
		return "audio/mpeg"
	case ".ogg":
		return "audio/ogg"
	case ".wav":
		return "audio/wav"
	case ".txt", "":
		return "text/plain; charset=utf-8"
	}
	return "application/octet-stream"
}

// packs reports whether a file of this type gets smaller.
func packs(kind string) bool {
	return strings.HasPrefix(kind, "text/") || strings.HasPrefix(kind, "application/json") ||
		strings.HasPrefix(kind, "application/manifest") || kind == "image/svg+xml"
}

// AcceptsGzip reads an Accept-Encoding header.
func AcceptsGzip(header string) bool {
	any := false
	for part := range strings.SplitSeq(header, ",") {
		coding, params, _ := strings.Cut(part, ";")
		weight := 1.0
		if q, ok := strings.CutPrefix(strings.ReplaceAll(params, " ", ""), "q="); ok {
			n, err := strconv.ParseFloat(q, 64)
			if err != nil {
				n = 0
			}
			weight = n
		}
		switch strings.ToLower(strings.TrimSpace(coding)) {
		case "gzip":
			return weight > 0
		case "*":
			any = weight > 0
		}
	}
	return any
}
