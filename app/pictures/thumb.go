package pictures

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
)

const (
	// ThumbSide is the longer side of a thumbnail, in pixels.
	ThumbSide    = 512
	thumbQuality = 78
	// maxSamples is how many points of each pixel's area are looked at, along
	// each side: more is not seen any more.
	maxSamples = 6
)

// thumbnail draws img small and turned; as JPEG, or as PNG where one can see
// through it.
func thumbnail(ctx context.Context, img image.Image, t turn) ([]byte, error) {
	b := img.Bounds()
	w, h := b.Dx(), b.Dy()
	if t.swaps() {
		w, h = h, w
	}
	long := max(w, h)
	tw, th := w, h
	if long > ThumbSide {
		tw, th = max(1, w*ThumbSide/long), max(1, h*ThumbSide/long)
	}
	src, ok := img.(image.RGBA64Image)
	if !ok {
		rgba := image.NewRGBA(b)
		draw.Draw(rgba, b, img, b.Min, draw.Src)
		src = rgba
	}
	small := image.NewNRGBA(image.Rect(0, 0, tw, th))
	opaque := true
	n := min(maxSamples, (long+ThumbSide-1)/ThumbSide)
	for y := range th {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for x := range tw {
			c := average(src, t, b, n, x, y, w, h, tw, th)
			small.SetRGBA64(x, y, c)
			opaque = opaque && c.A == 0xFFFF
		}
	}
	var out bytes.Buffer
	if opaque {
		err := jpeg.Encode(&out, small, &jpeg.Options{Quality: thumbQuality})
		return out.Bytes(), err
	}
	err := png.Encode(&out, small)
	return out.Bytes(), err
}

// average is the colour of n×n points of the area that becomes the pixel at
// x, y.
func average(src image.RGBA64Image, t turn, b image.Rectangle, n, x, y, w, h, tw, th int) color.RGBA64 {
	var r, g, bl, a uint32
	for j := range n {
		sy := (2*(y*n+j) + 1) * h / (2 * n * th)
		for i := range n {
			sx := (2*(x*n+i) + 1) * w / (2 * n * tw)
			px, py := t.from(sx, sy, b.Dx(), b.Dy())
			c := src.RGBA64At(b.Min.X+px, b.Min.Y+py)
			r, g, bl, a = r+uint32(c.R), g+uint32(c.G), bl+uint32(c.B), a+uint32(c.A)
		}
	}
	k := uint32(n * n)
	return color.RGBA64{R: uint16(r / k), G: uint16(g / k), B: uint16(bl / k), A: uint16(a / k)}
}
