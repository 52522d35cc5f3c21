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

// gifBlock is a part of a GIF: its first bytes. A chain of sub-blocks follows
// them, with an empty one at its end.
type gifBlock struct {
	kind  byte
	label byte   // of an extension
	head  []byte // what comes before the chain, kind and label included
	loops bool   // how often an animation repeats, and nothing else
}

// walkGIF calls f with the head of the file, which has kind 0, and with every
// block up to the end of the picture. The chain of a block goes to what f
// gives.
func walkGIF(from io.Reader, f func(gifBlock) (io.Writer, error)) error {
	r := bufio.NewReader(from)
	head := make([]byte, 13)
	if _, err := io.ReadFull(r, head); err != nil || !bytes.HasPrefix(head, []byte("GIF8")) {
		return errBroken
	}
	head, err := withTable(r, head, head[10])
	if err == nil {
		_, err = f(gifBlock{head: head})
	}
	var parts parts
	for err == nil {
		var b gifBlock
		var chain io.Writer
		if err = parts.next(); err != nil {
			return err
		}
		if b, err = readBlock(r); err == nil {
			chain, err = f(b)
		}
		if err == nil && b.kind == gifEnd {
			return nil
		}
		if err == nil {
			err = copyChain(r, chain)
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
		b.loops = b.label == 0xFF && saysLoop(r)
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
	return b, nil
}

// saysLoop looks at a short chain.
func saysLoop(r *bufio.Reader) bool {
	chain, _ := r.Peek(64)
	if !bytes.HasPrefix(chain, []byte("\x0bNETSCAPE2.0")) {
		return false
	}
	for len(chain) > 0 && chain[0] > 0 {
		chain = chain[min(len(chain), 1+int(chain[0])):]
	}
	return len(chain) > 0
}

func copyChain(r *bufio.Reader, w io.Writer) error {
	var block [256]byte
	for {
		n, err := r.ReadByte()
		if err != nil {
			return errBroken
		}
		block[0] = n
		if _, err := io.ReadFull(r, block[1:1+int(n)]); err != nil {
			return errBroken
		}
		if _, err := w.Write(block[:1+int(n)]); err != nil || n == 0 {
			return err
		}
	}
}

// cleanGIF leaves out comments and what programs write for themselves; how
// often an animation repeats stays.
func cleanGIF(r io.ReadSeeker, w io.Writer) error {
	out := bufio.NewWriter(w)
	err := walkGIF(r, func(b gifBlock) (io.Writer, error) {
		if b.kind == gifExtension && b.label != 0xF9 && !b.loops {
			return io.Discard, nil
		}
		_, err := out.Write(b.head)
		return out, err
	})
	if err != nil {
		return err
	}
	return out.Flush()
}
