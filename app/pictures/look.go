package pictures

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"io"
	"time"
)

// Limits of what is decoded.
const (
	MaxPixels = 50_000_000
	MaxSide   = 12_000
	MaxFrames = 2_000
	// maxMemory is about what decoding one picture may take.
	maxMemory = 384 << 20
	maxTime   = 10 * time.Second
)

// Picture is what was found out about one. Width and Height are as it is
// drawn, after turning; 0 for what is no picture or not a sane one. Thumb is
// nil where none could be made.
type Picture struct {
	Width, Height int
	Thumb         []byte
}

// errLimit is said of a picture that is beyond the limits.
var errLimit = errors.New("pictures: beyond the limits")

// Look measures the picture of a known type that r reads, and makes its
// thumbnail. An error comes with whatever is known nonetheless.
func Look(ctx context.Context, r io.ReadSeeker, kind string) (p Picture, err error) {
	defer func() {
		if e := recover(); e != nil {
			p.Thumb, err = nil, fmt.Errorf("pictures: a decoder panicked: %v", e)
		}
	}()
	ctx, cancel := context.WithTimeout(ctx, maxTime)
	defer cancel()
	in := func() io.Reader { return bufio.NewReader(&bounded{r, ctx}) }
	k, ok := kinds[kind]
	if !ok {
		return p, image.ErrFormat
	}
	config, err := again(r, func() (image.Config, error) { return k.config(in()) })
	if err != nil {
		return p, err
	}
	w, h := config.Width, config.Height
	if w < 1 || h < 1 || w > MaxSide || h > MaxSide || w*h > MaxPixels {
		return p, errLimit
	}
	f, err := again(r, func() (facts, error) { return readFacts(in(), kind) })
	if err != nil {
		return p, err
	}
	if p.Width, p.Height = w, h; f.turn.swaps() {
		p.Width, p.Height = h, w
	}
	if memory(config, f) > maxMemory {
		return p, errLimit
	}
	img, err := again(r, func() (image.Image, error) { return k.decode(in()) })
	if err != nil {
		return p, err
	}
	if img.Bounds().Dx() != w || img.Bounds().Dy() != h {
		return p, errLimit // it is not what it said
	}
	p.Thumb, err = thumbnail(ctx, img, f.turn)
	return p, err
}

// again runs f from the beginning of the file.
func again[T any](r io.Seeker, f func() (T, error)) (v T, err error) {
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return v, err
	}
	return f()
}

// bounded stops reading when time is up, which ends a decoder.
type bounded struct {
	io.ReadSeeker
	ctx context.Context
}

func (b *bounded) Read(p []byte) (int, error) {
	if err := b.ctx.Err(); err != nil {
		return 0, err
	}
	return b.ReadSeeker.Read(p)
}

// memory is about what decoding takes, in bytes.
func memory(c image.Config, f facts) int {
	per := 4
	switch c.ColorModel {
	case color.GrayModel:
		per = 1
	case color.Gray16Model:
		per = 2
	case color.YCbCrModel:
		per = 3
	case color.NRGBA64Model, color.RGBA64Model:
		per = 8
	}
	if f.progressive { // all coefficients are kept
		per += 4 * 3
	}
	return per * c.Width * c.Height
}
