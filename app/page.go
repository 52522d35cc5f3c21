package app

import (
	"net/http"
	"strings"

	"github.com/gofiber/fiber/v2"

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
	f.Get("/", func(c *fiber.Ctx) error { return sendAsset(c, p.index, pageCache) })
	f.Get("/favicon.ico", func(c *fiber.Ctx) error {
		if p.icon == nil {
			return c.SendStatus(http.StatusNoContent)
		}
		return sendAsset(c, p.icon, pageCache)
	})
	f.Get(assetPrefix+"*", func(c *fiber.Ctx) error {
		hash, name, _ := strings.Cut(c.Params("*"), "/")
		file, ok := p.assets[name]
		// Under another hash there is nothing, so that an older tab notices
		// instead of mixing two versions.
		if !ok || hash != p.hash {
			return wire.ErrNotFound
		}
		return sendAsset(c, file, assetCache)
	})
}

// sendAsset answers with the file, packed for whoever takes that, or with 304.
func sendAsset(c *fiber.Ctx, f *asset, cache string) error {
	c.Set(fiber.HeaderCacheControl, cache)
	c.Set(fiber.HeaderContentType, f.kind)
	body := f.data
	etag := `"` + f.etag + `"`
	if f.packed != nil {
		c.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
		if acceptsGzip(c.Get(fiber.HeaderAcceptEncoding)) {
			body, etag = f.packed, `"`+f.etag+`-gz"`
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
