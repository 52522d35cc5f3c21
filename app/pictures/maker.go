package pictures

import (
	"context"
	"io"
	"log/slog"
	"os"

	"duologue/app/wire"
	"duologue/db"
)

// MaxFile is how many bytes a picture may have to be drawn small.
const MaxFile = 64 << 20

// Maker finds out what whole uploads are. It decodes one picture at a time,
// because that takes memory. Its methods may be called from any goroutine.
type Maker struct {
	ctx  context.Context
	log  *slog.Logger
	slot chan struct{}
}

// NewMaker works until ctx ends.
func NewMaker(ctx context.Context, log *slog.Logger) *Maker {
	return &Maker{ctx: ctx, log: log, slot: make(chan struct{}, 1)}
}

// Make says of a whole upload what the store keeps beside its bytes: the type,
// and of a picture its measures, its thumbnail, and how to clean it where that
// was asked for. Unavailable when the context of m has ended.
func (m *Maker) Make(f *os.File, u db.Upload) (db.Made, error) {
	made := db.Made{Type: Kind(f)}
	if !Known(made.Type) {
		return made, nil
	}
	if u.Size <= MaxFile {
		m.draw(f, &made)
	}
	clean := func(w io.Writer) error { return Clean(m.ctx, f, made.Type, w) }
	if u.Picture && clean(io.Discard) == nil {
		made.Picture, made.Clean = true, clean
	}
	if m.ctx.Err() != nil { // what a camera wrote would stay in it
		return made, wire.ErrClosing
	}
	return made, nil
}

// draw measures a picture and makes its thumbnail.
func (m *Maker) draw(f *os.File, made *db.Made) {
	select {
	case m.slot <- struct{}{}:
		defer func() { <-m.slot }()
	case <-m.ctx.Done():
		return
	}
	p, err := Look(m.ctx, f, made.Type)
	if err != nil {
		m.log.Info("a picture cannot be drawn small", "type", made.Type, "err", err)
	}
	made.Width, made.Height, made.Thumb = p.Width, p.Height, p.Thumb
}
