package pictures

import (
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"strings"

	"github.com/gabriel-vasile/mimetype"
	"golang.org/x/image/webp"
)

// Kind gives the type of what r reads, by its first bytes, never by a name.
func Kind(r io.Reader) string {
	m, err := mimetype.DetectReader(r)
	if err != nil {
		return "application/octet-stream"
	}
	kind, _, _ := strings.Cut(m.String(), ";")
	// A moving PNG has names of its own; for whoever draws it, it is the same.
	if kind == "image/apng" || m.Is("image/vnd.mozilla.apng") {
		return "image/png"
	}
	return kind
}

// Known reports whether this package can measure and clean pictures of a type.
func Known(kind string) bool { return kinds[kind].clean != nil }

var kinds = map[string]struct {
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error) // the first of several
	clean  func(io.ReadSeeker, io.Writer) error
}{
	"image/jpeg": {jpeg.DecodeConfig, jpeg.Decode, cleanJPEG},
	"image/png":  {png.DecodeConfig, png.Decode, cleanPNG},
	"image/gif":  {gif.DecodeConfig, gif.Decode, cleanGIF},
	"image/webp": {webp.DecodeConfig, webp.Decode, cleanWebP},
}
