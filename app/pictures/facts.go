package pictures

import (
	"encoding/binary"
	"io"
)

// facts are what stands beside the pixels and matters for drawing them.
type facts struct {
	turn        turn
	progressive bool
}

// readFacts walks over the parts of a file.
func readFacts(r io.Reader, kind string) (f facts, err error) {
	f.turn = 1
	switch kind {
	case "image/jpeg":
		err = walkJPEG(r, func(s jpegSegment) error {
			if t, ok := exifTurn(s); ok {
				f.turn = t
			}
			f.progressive = f.progressive || s.marker == 0xC2
			return nil
		}, io.Discard)
	case "image/gif":
		frames := 0
		err = walkGIF(r, func(b gifBlock) (io.Writer, error) {
			if b.kind == gifImage {
				frames++
			}
			if frames > MaxFrames {
				return nil, errLimit
			}
			return io.Discard, nil
		})
	}
	return f, err
}

// turn is how a picture is turned before it is drawn, as Exif numbers it:
// 1 is as it is; from 5 on width and height change places.
type turn int

func (t turn) swaps() bool { return t >= 5 }

// from gives where the pixel that is drawn at x, y stands in a picture of w
// by h pixels, as it is kept.
func (t turn) from(x, y, w, h int) (int, int) {
	switch t {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return y, h - 1 - x
	case 7:
		return w - 1 - y, h - 1 - x
	case 8:
		return w - 1 - y, x
	}
	return x, y
}

const exifHead = "Exif\x00\x00"

// exifTurn reads the one thing of an Exif segment that is kept.
func exifTurn(s jpegSegment) (turn, bool) {
	if s.marker != 0xE1 || len(s.data) < len(exifHead)+8 || string(s.data[:len(exifHead)]) != exifHead {
		return 0, false
	}
	return tiffTurn(s.data[len(exifHead):])
}

func tiffTurn(b []byte) (turn, bool) {
	var order binary.ByteOrder
	switch string(b[:4]) {
	case "II*\x00":
		order = binary.LittleEndian
	case "MM\x00*":
		order = binary.BigEndian
	default:
		return 0, false
	}
	at := uint64(order.Uint32(b[4:]))
	if at+2 > uint64(len(b)) {
		return 0, false
	}
	n := uint64(order.Uint16(b[at:]))
	for i := range n {
		e := at + 2 + 12*i
		if e+12 > uint64(len(b)) {
			return 0, false
		}
		const orientation, short = 0x0112, 3
		if order.Uint16(b[e:]) == orientation && order.Uint16(b[e+2:]) == short {
			t := turn(order.Uint16(b[e+8:]))
			return t, t >= 1 && t <= 8
		}
	}
	return 0, false
}

// exifOf is the data of a segment that says how to turn, and nothing else.
func exifOf(t turn) []byte {
	b := append([]byte(exifHead), "MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00"...)
	return append(b, byte(t), 0, 0, 0, 0, 0, 0)
}
