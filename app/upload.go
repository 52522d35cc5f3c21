package app

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"duologue/app/access"
	"duologue/app/transfer"
	"duologue/app/wire"
	"duologue/db"
)

const filesPath = "/api/files/"

// isUpload reports whether a request carries a part of a file.
func isUpload(h *fasthttp.RequestHeader) bool {
	return string(h.Method()) == http.MethodPatch && strings.HasPrefix(string(h.RequestURI()), filesPath) &&
		string(h.ContentType()) == transfer.PartType
}

// limitBody says how much of a body is read: little from a stranger, and more
// than usual of a part of a file, from whoever is signed in.
func (a *App) limitBody(h *fasthttp.RequestHeader) fasthttp.RequestConfig {
	const inChunks = -1
	small := h.ContentLength() <= strangerBodyLimit && h.ContentLength() != inChunks
	if small && !isUpload(h) || !a.requests.Enter() {
		return fasthttp.RequestConfig{}
	}
	defer a.requests.Leave()
	secret, _ := access.SessionSecret(string(h.Peek(fiber.HeaderAuthorization)), string(h.Cookie(a.cookieName())))
	me, _, err := a.store.Authenticate(secret)
	if err != nil {
		return fasthttp.RequestConfig{MaxRequestBodySize: strangerBodyLimit}
	}
	if !isUpload(h) || !a.files.arrivals.Enter(h, me.ID) {
		return fasthttp.RequestConfig{}
	}
	return fasthttp.RequestConfig{MaxRequestBodySize: transfer.MaxPart, ReadTimeout: transfer.PartTime}
}

// tus checks the version of a call, and says ours in the answer.
func (q *call) tus() error {
	q.Set("Tus-Resumable", transfer.TusVersion)
	if q.Get("Tus-Resumable") != transfer.TusVersion {
		q.Set("Tus-Version", transfer.TusVersion)
		return db.Errorf(wire.BadVersion, "Tus-Resumable: it has to be %s", transfer.TusVersion)
	}
	return nil
}

// headerNumber reads a number that has to be there.
func (q *call) headerNumber(name string) (int64, error) {
	n, ok := wire.ParseNumber(q.Get(name), 63)
	if !ok {
		return 0, db.Errorf(wire.BadRequest, "%s: it has to be a number", name)
	}
	return int64(n), nil
}

func (q *call) setNumber(name string, n int64) { q.Set(name, strconv.FormatInt(n, 10)) }

// optionsFiles says what uploads can do.
func (a *App) optionsFiles(q *call) error {
	q.Set("Tus-Resumable", transfer.TusVersion)
	q.Set("Tus-Version", transfer.TusVersion)
	q.Set("Tus-Extension", transfer.TusExtensions)
	if a.o.MaxFile > 0 {
		q.setNumber("Tus-Max-Size", a.o.MaxFile)
	}
	return q.SendStatus(http.StatusNoContent)
}

// postFile begins an upload. With `as` picture in the metadata a picture is
// kept without what a camera writes beside it.
func (a *App) postFile(q *call) error {
	if err := q.tus(); err != nil {
		return err
	}
	if len(q.BodyRaw()) > 0 {
		return db.Errorf(wire.BadRequest, "the first part comes with a PATCH")
	}
	size, err := q.headerNumber("Upload-Length")
	if err != nil {
		return err
	}
	meta, ok := transfer.ParseMetadata(q.Get("Upload-Metadata"))
	if !ok {
		return db.Errorf(wire.BadRequest, "Upload-Metadata: it cannot be read")
	}
	if as := meta["as"]; as != "" && as != "picture" && as != "file" {
		return db.Errorf(db.Invalid, "as: picture or file")
	}
	u, err := a.store.CreateUpload(q.ctx, q.me.ID, db.Upload{Name: transfer.CleanFileName(meta["filename"]),
		Type: meta.Text("filetype", 100), Size: size, Picture: meta["as"] == "picture"})
	if err != nil {
		return err
	}
	if size == 0 {
		if _, err := a.finish(q.me.ID, u.ID); err != nil {
			return err
		}
	}
	q.Set(fiber.HeaderLocation, filesPath+u.ID)
	return q.SendStatus(http.StatusCreated)
}

// headUpload tells how far an upload is. One that is whole is finished first,
// so that whoever asks may send it.
func (a *App) headUpload(q *call) error {
	if err := q.tus(); err != nil {
		return err
	}
	u, err := a.store.Upload(q.me.ID, q.Params("id"))
	if err == nil && !u.Done && u.Offset == u.Size {
		u, err = a.finish(q.me.ID, u.ID)
	}
	if err != nil {
		return err
	}
	q.setNumber("Upload-Offset", u.Offset)
	q.setNumber("Upload-Length", u.Size)
	return q.SendStatus(http.StatusOK)
}

// patchFile takes the next part of a file. What is answered is on the disk;
// with the last part the file can be sent.
func (a *App) patchFile(q *call) error {
	if err := q.tus(); err != nil {
		return err
	}
	if !isUpload(&q.Context().Request.Header) {
		return db.Errorf(wire.Unsupported, "the body has to be %s", transfer.PartType)
	}
	offset, err := q.headerNumber("Upload-Offset")
	if err != nil {
		return err
	}
	if err := a.files.uploads.Enter(q.me.ID); err != nil {
		return err
	}
	defer a.files.uploads.Leave(q.me.ID)
	id := q.Params("id")
	// BodyRaw would copy it; the store keeps nothing of it.
	now, err := a.store.Append(q.ctx, q.me.ID, id, offset, q.Context().Request.Body())
	if err != nil {
		return err
	}
	u, err := a.store.Upload(q.me.ID, id)
	if err == nil && !u.Done && u.Offset == u.Size {
		_, err = a.finish(q.me.ID, id)
	}
	if err != nil {
		return err
	}
	q.setNumber("Upload-Offset", now)
	return q.SendStatus(http.StatusNoContent)
}

// deleteFile gives up an upload, or a file that was not sent.
func (a *App) deleteFile(q *call) error {
	if err := q.tus(); err != nil {
		return err
	}
	if err := a.store.DropUpload(q.ctx, q.me.ID, q.Params("id")); err != nil {
		return err
	}
	return q.SendStatus(http.StatusNoContent)
}

// finish makes a file of a whole upload. It goes on when whoever asked for it
// has gone.
func (a *App) finish(owner db.ID, id string) (db.Upload, error) {
	return a.store.Finish(a.life, owner, id, a.files.pictures.Make)
}
