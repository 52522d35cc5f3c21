package pictures

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// jpegSegment is a part before the pixels. A start of scan has its header as
// data, the pixels follow.
type jpegSegment struct {
	marker byte
	data   []byte
}

var errBroken = errors.New("pictures: the file is broken")

// walkJPEG calls f with the segments up to the end of the picture, and copies
// what stands between them, the pixels, to pixels. A file that is cut off
// within its pixels ends there; what comes after the picture is not read.
func walkJPEG(from io.Reader, f func(jpegSegment) error, pixels io.Writer) error {
	r := bufio.NewReader(from)
	var two [2]byte
	if _, err := io.ReadFull(r, two[:]); err != nil || two != [2]byte{0xFF, 0xD8} {
		return errBroken
	}
	marker, err := nextMarker(r)
	var parts parts
	for err == nil && marker != 0xD9 {
		if err = parts.next(); err != nil {
			return err
		}
		var s jpegSegment
		if s, err = readSegment(r, marker); err != nil {
			return err
		}
		if err = f(s); err != nil {
			return err
		}
		if marker != 0xDA {
			marker, err = nextMarker(r)
			continue
		}
		if marker, err = copyScan(r, pixels); err == io.EOF {
			return nil
		}
	}
	return err
}

// nextMarker reads the marker where one has to be.
func nextMarker(r *bufio.Reader) (byte, error) {
	b, err := r.ReadByte()
	if err != nil || b != 0xFF {
		return 0, errBroken
	}
	for b == 0xFF {
		if b, err = r.ReadByte(); err != nil {
			return 0, errBroken
		}
	}
	return b, nil
}

func readSegment(r *bufio.Reader, marker byte) (jpegSegment, error) {
	if marker == 0 || marker == 1 || marker >= 0xD0 && marker <= 0xD8 {
		return jpegSegment{}, errBroken
	}
	hi, err := r.ReadByte()
	lo, err2 := r.ReadByte()
	n := int(hi)<<8 | int(lo)
	if err != nil || err2 != nil || n < 2 {
		return jpegSegment{}, errBroken
	}
	s := jpegSegment{marker, make([]byte, n-2)}
	if _, err := io.ReadFull(r, s.data); err != nil {
		return jpegSegment{}, errBroken
	}
	return s, nil
}

// copyScan copies pixels up to the next marker that is not part of them, and
// gives that; io.EOF when the file ends first.
func copyScan(r *bufio.Reader, w io.Writer) (byte, error) {
	for {
		part, err := r.ReadSlice(0xFF)
		if err == bufio.ErrBufferFull || err == io.EOF {
			if _, e := w.Write(part); e != nil {
				return 0, e
			}
			if err == io.EOF {
				return 0, io.EOF
			}
			continue
		}
		if err != nil {
			return 0, err
		}
		if _, err := w.Write(part[:len(part)-1]); err != nil {
			return 0, err
		}
		b := byte(0xFF)
		for b == 0xFF {
			if b, err = r.ReadByte(); err != nil {
				return 0, err
			}
		}
		if b != 0 && (b < 0xD0 || b > 0xD7) {
			return b, nil
		}
		if _, err := w.Write([]byte{0xFF, b}); err != nil {
			return 0, err
		}
	}
}

// cleanJPEG copies a picture without what it does not need for being drawn.
func cleanJPEG(r io.ReadSeeker, w io.Writer) error {
	out := bufio.NewWriter(w)
	out.Write([]byte{0xFF, 0xD8})
	turned := false
	err := walkJPEG(r, func(s jpegSegment) error {
		if t, ok := exifTurn(s); ok && t > 1 && !turned {
			s.data, turned = exifOf(t), true
		} else if !neededJPEG(s) {
			return nil
		}
		out.Write([]byte{0xFF, s.marker, byte((len(s.data) + 2) >> 8), byte(len(s.data) + 2)})
		_, err := out.Write(s.data)
		return err
	}, out)
	if err != nil {
		return err
	}
	out.Write([]byte{0xFF, 0xD9})
	return out.Flush()
}

// neededJPEG: tables, frames and scans; of the applications' segments the
// density, the colours and how they are coded.
func neededJPEG(s jpegSegment) bool {
	switch {
	case s.marker == 0xFE:
		return false
	case s.marker == 0xE0:
		return bytes.HasPrefix(s.data, []byte("JFIF\x00")) && len(s.data) <= 14 // no thumbnail
	case s.marker == 0xE2:
		return bytes.HasPrefix(s.data, []byte("ICC_PROFILE\x00"))
	case s.marker == 0xEE:
		return bytes.HasPrefix(s.data, []byte("Adobe"))
	case s.marker >= 0xE0 && s.marker <= 0xEF:
		return false
	}
	return s.marker >= 0xC0 && s.marker <= 0xDF
}
