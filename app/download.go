package app

import (
	"encoding/hex"
	"io"
	"net/http"

	"github.com/gofiber/fiber/v2"

	"duologue/app/transfer"
	"duologue/app/wire"
	"duologue/db"
)

// getFile gives the bytes of a file to whoever has a message with it.
func (a *App) getFile(q *call) error {
	if q.Method() == http.MethodHead && q.Get("Tus-Resumable") != "" {
		return a.headUpload(q)
	}
	b, err := a.store.OpenFile(q.me.ID, q.Params("id"))
	if err != nil {
		return err
	}
	kind := b.Type
	q.Set(fiber.HeaderContentDisposition, transfer.Disposition(kind, b.Name))
	if kind == "text/plain" {
		kind += "; charset=utf-8"
	}
	return a.sendBytes(q, b, kind)
}

// getThumb gives the thumbnail of a picture.
func (a *App) getThumb(q *call) error {
	b, err := a.store.OpenThumb(q.me.ID, q.Params("id"))
	if err != nil {
		return err
	}
	var first [1]byte
	kind := "image/png"
	if _, err := b.Data.ReadAt(first[:], 0); err == nil && first[0] == 0xFF {
		kind = "image/jpeg"
	}
	return a.sendBytes(q, b, kind)
}

// sendBytes answers with a file or the part of it that was asked for.
func (a *App) sendBytes(q *call, b db.Bytes, kind string) error {
	// Whatever it is, in a window of its own it is nobody and loads nothing.
	q.Set(fiber.HeaderContentSecurityPolicy, "sandbox; default-src 'none'")
	q.Set(fiber.HeaderContentType, kind)
	q.Set(fiber.HeaderAcceptRanges, "bytes")
	q.Set(fiber.HeaderCacheControl, "private, no-cache") // asked for anew each time: it may be deleted
	etag := `"` + hex.EncodeToString(b.Hash[:16]) + `"`
	q.Set(fiber.HeaderETag, etag)
	answer := transfer.Select(transfer.Headers{Range: q.Get(fiber.HeaderRange), IfRange: q.Get(fiber.HeaderIfRange),
		IfNoneMatch: q.Get(fiber.HeaderIfNoneMatch)}, etag, b.Size)
	if answer.Range != "" {
		q.Set(fiber.HeaderContentRange, answer.Range)
	}
	switch answer.Status {
	case http.StatusNotModified:
		b.Data.Close()
		return q.SendStatus(answer.Status)
	case http.StatusRequestedRangeNotSatisfiable:
		b.Data.Close()
		return db.Errorf(wire.BadRange, "Range: the file has %d bytes", b.Size)
	}
	q.Status(answer.Status)
	part := answer.Part
	size := part.Last - part.First + 1
	if q.Method() == http.MethodHead || size == 0 {
		b.Data.Close()
		q.Context().Response.SkipBody = true
		q.Context().Response.Header.SetContentLength(int(size))
		return nil
	}
	if size <= smallFile { // a thumbnail never waits for a place
		defer b.Data.Close()
		buf := make([]byte, size)
		if _, err := b.Data.ReadAt(buf, part.First); err != nil {
			return err
		}
		q.Context().Response.SetBodyRaw(buf)
		return nil
	}
	if err := a.files.downloads.Enter(q.me.ID); err != nil {
		b.Data.Close()
		return err
	}
	me := q.me.ID
	s := transfer.NewStream(q.Context().Conn(), b.Data, size, writeTimeout, func() { a.files.downloads.Leave(me) })
	if _, err := b.Data.Seek(part.First, io.SeekStart); err != nil {
		s.Close()
		return err
	}
	q.Context().SetBodyStream(s, int(size))
	return nil
}

// smallFile is read at once.
const smallFile = 256 << 10
