package pictures

import (
	"bytes"
	"image"
	"image/png"
	"testing"
)

// Detectors and browsers call a moving PNG by more than one name.
func TestKindOfAMovingPNG(t *testing.T) {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 3, 2))); err != nil {
		t.Fatal(err)
	}
	const ihdrEnd = 33
	still := b.Bytes()
	moving := append(append(bytes.Clone(still[:ihdrEnd]), "\x00\x00\x00\x08acTL\x00\x00\x00\x01\x00\x00\x00\x00\xb9=\xda\xd2"...), still[ihdrEnd:]...)
	if kind := Kind(bytes.NewReader(moving)); kind != "image/png" || !Known(kind) {
		t.Errorf("a moving PNG is %q", kind)
	}
}
