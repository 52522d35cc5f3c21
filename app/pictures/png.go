package pictures

import (
	"bufio"
	"encoding/binary"
	"io"
)

const pngHead = "\x89PNG\r\n\x1a\n"

// neededPNG are the parts that change how a picture is drawn.
var neededPNG = map[string]bool{"IHDR": true, "PLTE": true, "IDAT": true, "IEND": true, "tRNS": true, "gAMA": true,
	"cHRM": true, "sRGB": true, "iCCP": true, "cICP": true, "sBIT": true, "bKGD": true, "pHYs": true,
	"acTL": true, "fcTL": true, "fdAT": true}

func cleanPNG(from io.ReadSeeker, to io.Writer) error {
	r, w := bufio.NewReader(from), bufio.NewWriter(to)
	var parts parts
	head := make([]byte, len(pngHead))
	if _, err := io.ReadFull(r, head); err != nil || string(head) != pngHead {
		return errBroken
	}
	if _, err := w.Write(head); err != nil {
		return err
	}
	for {
		if err := parts.next(); err != nil {
			return err
		}
		var part [8]byte
		if _, err := io.ReadFull(r, part[:]); err != nil {
			return errBroken
		}
		out, name := io.Writer(w), string(part[4:])
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
			return w.Flush()
		}
	}
}
