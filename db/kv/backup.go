package kv

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"io"
)

// A backup is
//
//	"duokv" ‖ version:1
//	for each key, rising:  recordValue ‖ shared ‖ len ‖ the rest of the key ‖ len ‖ value
//	recordEnd ‖ number of keys ‖ SHA-256 of all before
//
// where shared is how many bytes a key has in common with the one before it,
// and what has no width is a uvarint.
const (
	backupMagic   = "duokv"
	backupVersion = 1

	recordEnd   = 0
	recordValue = 1

	maxValue = MaxBatch // no value can be longer
)

// ErrBackup is why Load refuses what is no whole backup.
var ErrBackup = errors.New("not a whole backup")

// Backup writes all that an engine holds at one moment, in the form that Load
// reads, whatever kind of engine that is. The view that it reads lasts as long
// as w takes: give it one that is fast, or that gives up.
func Backup(ctx context.Context, e Engine, w io.Writer) error {
	sum := sha256.New()
	out := bufio.NewWriterSize(io.MultiWriter(w, sum), 64<<10)
	out.Write(append([]byte(backupMagic), backupVersion)) // bufio keeps the first error
	var last, line []byte
	n := uint64(0)
	err := e.View(ctx, func(v View) error {
		return v.Scan(nil, nil, false, func(key, value []byte) (bool, error) {
			shared := sharedPrefix(last, key)
			line = binary.AppendUvarint(append(line[:0], recordValue), uint64(shared))
			line = binary.AppendUvarint(line, uint64(len(key)-shared))
			line = append(line, key[shared:]...)
			line = append(binary.AppendUvarint(line, uint64(len(value))), value...)
			last = append(last[:0], key...)
			n++
			_, err := out.Write(line)
			return err == nil, err
		})
	})
	if err != nil {
		return err
	}
	out.Write(binary.AppendUvarint([]byte{recordEnd}, n))
	if err := out.Flush(); err != nil {
		return err
	}
	_, err = w.Write(sum.Sum(nil))
	return err
}

func sharedPrefix(a, b []byte) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// Load fills an engine that holds nothing with a backup. It is committed in
// parts: after an error, such as ErrBackup, the engine is of no use. Nobody else
// may write to it meanwhile.
func Load(ctx context.Context, e Engine, r io.Reader) error {
	in, err := openBackup(r)
	if err != nil {
		return err
	}
	err = e.View(ctx, func(v View) error {
		return v.Scan(nil, nil, false, func([]byte, []byte) (bool, error) { return false, errors.New("there is something in it already") })
	})
	part := batchWriter{e: e}
	for err == nil && in.kind != recordEnd {
		if err = part.put(Change{Key: in.key, Value: in.value}); err == nil {
			err = in.next()
		}
		if err == nil {
			err = ctx.Err()
		}
	}
	if err == nil {
		err = part.flush()
	}
	return err
}

// backupReader reads record by record.
type backupReader struct {
	in         *bufio.Reader
	sum        hash.Hash
	n          uint64
	kind       byte
	key, value []byte
}

// openBackup reads up to the first record.
func openBackup(r io.Reader) (*backupReader, error) {
	b := &backupReader{in: bufio.NewReaderSize(r, 64<<10), sum: sha256.New()}
	head := make([]byte, len(backupMagic)+1)
	if err := b.read(head); err != nil {
		return nil, err
	}
	switch version := head[len(backupMagic)]; {
	case string(head[:len(backupMagic)]) != backupMagic:
		return nil, ErrBackup
	case version > backupVersion:
		return nil, fmt.Errorf("%w: %w", ErrBackup, ErrNewer)
	case version != backupVersion:
		return nil, ErrBackup
	}
	return b, b.next()
}

// next reads the next record; the last one is recordEnd, with a sum that is right.
func (b *backupReader) next() error {
	var err error
	if b.kind, err = b.ReadByte(); err != nil {
		return broken(err)
	}
	switch b.kind {
	case recordEnd:
		return b.end()
	case recordValue:
	default:
		return fmt.Errorf("%w: a record of kind %d", ErrBackup, b.kind)
	}
	shared, err := b.number(uint64(len(b.key)))
	if err != nil {
		return err
	}
	rest, err := b.number(MaxKey - shared)
	if err != nil {
		return err
	}
	key := append(make([]byte, 0, shared+rest), b.key[:shared]...)[:shared+rest]
	if err := b.read(key[shared:]); err != nil {
		return err
	}
	if b.n > 0 && bytes.Compare(key, b.key) <= 0 {
		return fmt.Errorf("%w: the keys do not rise", ErrBackup)
	}
	b.n++
	b.key = key
	size, err := b.number(maxValue)
	if err != nil {
		return err
	}
	b.value = make([]byte, size)
	return b.read(b.value)
}

func (b *backupReader) end() error {
	n, err := b.number(b.n)
	if err != nil {
		return err
	}
	want, have := b.sum.Sum(nil), make([]byte, sha256.Size)
	if err := b.read(have); err != nil {
		return err
	}
	if n != b.n || !bytes.Equal(have, want) {
		return fmt.Errorf("%w: the sum is wrong", ErrBackup)
	}
	return nil
}

// ReadByte and read note what they read for the sum.
func (b *backupReader) ReadByte() (byte, error) {
	c, err := b.in.ReadByte()
	b.sum.Write([]byte{c})
	return c, err
}

func (b *backupReader) read(p []byte) error {
	_, err := io.ReadFull(b.in, p)
	b.sum.Write(p)
	return broken(err)
}

func (b *backupReader) number(most uint64) (uint64, error) {
	n, err := binary.ReadUvarint(b)
	if err == nil && n > most {
		return 0, fmt.Errorf("%w: a length of %d", ErrBackup, n)
	}
	return n, broken(err)
}

// broken tells a backup that ends too early from one that cannot be read.
func broken(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("%w: %w", ErrBackup, err)
	}
	return err
}

// batchWriter commits what it is given in parts.
type batchWriter struct {
	e       Engine
	changes []Change
	size    int
}

func (w *batchWriter) put(c Change) error {
	size := len(c.Key) + len(c.Value) + changeBytes
	if w.size+size >= MaxBatch || len(w.changes) == MaxChanges {
		if err := w.flush(); err != nil {
			return err
		}
	}
	w.changes, w.size = append(w.changes, c), w.size+size
	return nil
}

func (w *batchWriter) flush() error {
	err := w.e.Commit(w.changes)
	w.changes, w.size = nil, 0
	return err
}
