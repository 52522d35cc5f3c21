package app

import (
	"net/http"
	"strings"

	"github.com/gofiber/fiber/v2"

	"duologue/app/assets"
	"duologue/app/transfer"
	"duologue/app/wire"
)

const (
	assetCache = "public, max-age=31536000, immutable"
	pageCache  = "no-cache" // ask each time; the answer is mostly 304
)

// mountPage serves the page; HEAD comes with every GET.
func (a *App) mountPage(f *fiber.App) {
	p := a.page
	f.Get("/", func(c *fiber.Ctx) error { return sendAsset(c, p.Index, pageCache) })
	f.Get("/favicon.ico", func(c *fiber.Ctx) error {
		if p.Icon == nil {
			return c.SendStatus(http.StatusNoContent)
		}
		return sendAsset(c, p.Icon, pageCache)
	})
	f.Get(assets.Prefix+"*", func(c *fiber.Ctx) error {
		hash, name, _ := strings.Cut(c.Params("*"), "/")
		file, ok := p.Files[name]
		// Under another hash there is nothing, so that an older tab notices
		// instead of mixing two versions.
		if !ok || hash != p.Hash {
			return wire.ErrNotFound
		}
		return sendAsset(c, file, assetCache)
	})
}

// sendAsset answers with the file, packed for whoever takes that, or with 304.
func sendAsset(c *fiber.Ctx, f *assets.File, cache string) error {
	c.Set(fiber.HeaderCacheControl, cache)
	c.Set(fiber.HeaderContentType, f.Type)
	body := f.Data
	etag := `"` + f.ETag + `"`
	if f.Packed != nil {
		c.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
		if assets.AcceptsGzip(c.Get(fiber.HeaderAcceptEncoding)) {
			body, etag = f.Packed, `"`+f.ETag+`-gz"`
			c.Set(fiber.HeaderContentEncoding, "gzip")
		}
	}
	c.Set(fiber.HeaderETag, etag)
	if transfer.ETagMatches(c.Get(fiber.HeaderIfNoneMatch), etag) {
		c.Response().Header.Del(fiber.HeaderContentEncoding)
		c.Response().Header.Del(fiber.HeaderContentType)
		return c.SendStatus(http.StatusNotModified)
	}
	return c.Send(body)
}
