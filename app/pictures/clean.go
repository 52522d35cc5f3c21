package pictures

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
)

var cleaners = map[string]func(io.Reader, io.Writer) error{
	"image/jpeg": cleanJPEG, "image/png": cleanPNG,
	"image/gif": cleanGIF, "image/webp": cleanWebP,
}

// Clean copies a picture of a known type without place, device, time and
// comments. The pixels stay as they are, bit for bit. An error means that
// what was written is worth nothing.
func Clean(r io.Reader, kind string, w io.Writer) (err error) {
	defer func() {
		if e := recover(); e != nil {
			err = fmt.Errorf("pictures: cleaning panicked: %v", e)
		}
	}()
	if f := cleaners[kind]; f != nil {
		return f(r, w)
	}
	return errBroken
}

const pngHead = "\x89PNG\r\n\x1a\n"

// neededPNG are the parts that change how a picture is drawn.
var neededPNG = map[string]bool{"IHDR": true, "PLTE": true, "IDAT": true, "IEND": true, "tRNS": true, "gAMA": true,
	"cHRM": true, "sRGB": true, "iCCP": true, "cICP": true, "sBIT": true, "bKGD": true, "pHYs": true,
	"acTL": true, "fcTL": true, "fdAT": true}

func cleanPNG(r io.Reader, w io.Writer) error {
	head := make([]byte, len(pngHead))
	if _, err := io.ReadFull(r, head); err != nil || string(head) != pngHead {
		return errBroken
	}
	if _, err := w.Write(head); err != nil {
		return err
	}
	for {
		var part [8]byte
		if _, err := io.ReadFull(r, part[:]); err != nil {
			return errBroken
		}
		out, name := w, string(part[4:])
		if !neededPNG[name] {
			out = io.Discard
		}
		if _, err := out.Write(part[:]); err != nil {
			return err
		}
		n := int64(binary.BigEndian.Uint32(part[:])) + 4 // its checksum
		if _, err := io.CopyN(out, r, n); err == io.EOF {
			return errBroken
		} else if err != nil {
			return err
		}
		if name == "IEND" {
			return nil
		}
	}
}

// maxWebP bounds what is held to clean a WebP, whose size stands in front.
const maxWebP = 64 << 20

func cleanWebP(r io.Reader, w io.Writer) error {
	var head [12]byte
	if _, err := io.ReadFull(r, head[:]); err != nil || string(head[:4]) != "RIFF" || string(head[8:]) != "WEBP" {
		return errBroken
	}
	left := int64(binary.LittleEndian.Uint32(head[4:])) - 4
	if left < 0 || left > maxWebP {
		return errBroken
	}
	var out bytes.Buffer
	for left >= 8 {
		var part [8]byte
		if _, err := io.ReadFull(r, part[:]); err != nil {
			return errBroken
		}
		n := int64(binary.LittleEndian.Uint32(part[4:]))
		n += n & 1
		if left -= 8 + n; left < 0 {
			return errBroken
		}
		name := string(part[:4])
		switch name {
		case "VP8X", "VP8 ", "VP8L", "ALPH", "ANIM", "ANMF", "ICCP":
			out.Write(part[:])
			at := out.Len()
			if _, err := io.CopyN(&out, r, n); err != nil {
				return errBroken
			}
			if name == "VP8X" && n > 0 {
				out.Bytes()[at] &^= 0x08 | 0x04 // there is no Exif and no XMP any more
			}
		default:
			if _, err := io.CopyN(io.Discard, r, n); err != nil {
				return errBroken
			}
		}
	}
	binary.LittleEndian.PutUint32(head[4:], uint32(out.Len()+4))
	if _, err := w.Write(head[:]); err != nil {
		return err
	}
	_, err := out.WriteTo(w)
	return err
}
