package pictures

import (
	"bufio"
	"bytes"
	"io"
)

const (
	gifExtension = 0x21
	gifImage     = 0x2C
	gifEnd       = 0x3B
)

// gifBlock is a part of a GIF: its first bytes, and the chain of sub-blocks
// that follows them, with the empty one at its end.
type gifBlock struct {
	kind  byte
	label byte   // of an extension
	head  []byte // what comes before the chain, kind and label included
	chain []byte
}

// maxChain bounds one chain of sub-blocks in memory.
const maxChain = 16 << 20

// walkGIF calls f with the head of the file, which has kind 0, and with every
// block up to the end of the picture.
func walkGIF(from io.Reader, f func(gifBlock) error) error {
	r := bufio.NewReader(from)
	head := make([]byte, 13)
	if _, err := io.ReadFull(r, head); err != nil || !bytes.HasPrefix(head, []byte("GIF8")) {
		return errBroken
	}
	head, err := withTable(r, head, head[10])
	if err == nil {
		err = f(gifBlock{head: head})
	}
	for err == nil {
		var b gifBlock
		if b, err = readBlock(r); err == nil {
			err = f(b)
		}
		if err == nil && b.kind == gifEnd {
			return nil
		}
	}
	return err
}

// withTable adds the table of colours that flags announce.
func withTable(r io.Reader, head []byte, flags byte) ([]byte, error) {
	if flags&0x80 == 0 {
		return head, nil
	}
	table := make([]byte, 3<<(1+flags&7))
	if _, err := io.ReadFull(r, table); err != nil {
		return nil, errBroken
	}
	return append(head, table...), nil
}

func readBlock(r *bufio.Reader) (b gifBlock, err error) {
	if b.kind, err = r.ReadByte(); err != nil {
		return b, errBroken
	}
	b.head = []byte{b.kind}
	switch b.kind {
	case gifEnd:
		return b, nil
	case gifExtension:
		if b.label, err = r.ReadByte(); err != nil {
			return b, errBroken
		}
		b.head = append(b.head, b.label)
	case gifImage:
		rest := make([]byte, 9)
		if _, err := io.ReadFull(r, rest); err != nil {
			return b, errBroken
		}
		if b.head, err = withTable(r, append(b.head, rest...), rest[8]); err != nil {
			return b, err
		}
		size, err := r.ReadByte()
		if err != nil {
			return b, errBroken
		}
		b.head = append(b.head, size)
	default:
		return b, errBroken
	}
	for {
		n, err := r.ReadByte()
		if err != nil || len(b.chain) > maxChain {
			return b, errBroken
		}
		b.chain = append(b.chain, n)
		if n == 0 {
			return b, nil
		}
		at := len(b.chain)
		b.chain = append(b.chain, make([]byte, n)...)
		if _, err := io.ReadFull(r, b.chain[at:]); err != nil {
			return b, errBroken
		}
	}
}

// cleanGIF leaves out comments and what programs write for themselves; how
// often an animation repeats stays.
func cleanGIF(r io.Reader, w io.Writer) error {
	out := bufio.NewWriter(w)
	err := walkGIF(r, func(b gifBlock) error {
		if b.kind == gifExtension {
			loop := b.label == 0xFF && bytes.HasPrefix(b.chain, []byte("\x0bNETSCAPE2.0")) && len(b.chain) < 64
			if b.label != 0xF9 && !loop {
				return nil
			}
		}
		out.Write(b.head)
		_, err := out.Write(b.chain)
		return err
	})
	if err != nil {
		return err
	}
	return out.Flush()
}
