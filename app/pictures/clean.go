package pictures

import (
	"context"
	"fmt"
	"io"
)

// maxParts bounds the parts of a file that is walked over, far above what any
// picture has: the smallest take 4 bytes, and time that their size does not tell.
const maxParts = 1 << 18

// parts counts those of one file.
type parts int

// next is errLimit when there are too many.
func (p *parts) next() error {
	if *p++; *p > maxParts {
		return errLimit
	}
	return nil
}

// Clean copies a picture of a known type without place, device, time and
// comments, and holds little of it in memory. The pixels stay as they are, bit
// for bit. An error means that what was written is worth nothing.
func Clean(ctx context.Context, r io.ReadSeeker, kind string, w io.Writer) (err error) {
	defer func() {
		if e := recover(); e != nil {
			err = fmt.Errorf("pictures: cleaning panicked: %v", e)
		}
	}()
	if !Known(kind) {
		return errBroken
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return err
	}
	return kinds[kind].clean(&bounded{r, ctx}, w)
}
