package pictures

import (
	"bufio"
	"encoding/binary"
	"io"
)

// cleanWebP copies the parts that are drawn. Their size stands in front, so
// they are counted first.
func cleanWebP(r io.ReadSeeker, w io.Writer) error {
	var size counter
	if err := copyWebP(r, &size); err != nil {
		return err
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return err
	}
	head := binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(size)+4)
	if _, err := w.Write(append(head, "WEBP"...)); err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	if err := copyWebP(r, out); err != nil {
		return err
	}
	return out.Flush()
}

type counter uint32

func (c *counter) Write(b []byte) (int, error) {
	*c += counter(len(b))
	return len(b), nil
}

func copyWebP(from io.Reader, w io.Writer) error {
	r := bufio.NewReader(from)
	var parts parts
	var head [12]byte
	if _, err := io.ReadFull(r, head[:]); err != nil || string(head[:4]) != "RIFF" || string(head[8:]) != "WEBP" {
		return errBroken
	}
	left := int64(binary.LittleEndian.Uint32(head[4:])) - 4
	for left >= 8 {
		if err := parts.next(); err != nil {
			return err
		}
		var part [9]byte // with the first byte of what follows
		if _, err := io.ReadFull(r, part[:8]); err != nil {
			return errBroken
		}
		n := int64(binary.LittleEndian.Uint32(part[4:]))
		n += n & 1
		if left -= 8 + n; left < 0 {
			return errBroken
		}
		begin := part[:8]
		to := w
		switch string(begin[:4]) {
		case "VP8X":
			if n > 0 {
				if _, err := io.ReadFull(r, part[8:]); err != nil {
					return errBroken
				}
				part[8] &^= 0x08 | 0x04 // there is no Exif and no XMP any more
				begin, n = part[:], n-1
			}
		case "VP8 ", "VP8L", "ALPH", "ANIM", "ANMF", "ICCP":
		default:
			to = io.Discard
		}
		if _, err := to.Write(begin); err != nil {
			return err
		}
		if _, err := io.CopyN(to, r, n); err == io.EOF {
			return errBroken
		} else if err != nil {
			return err
		}
	}
	return nil
}
