package app

import (
	"net/http"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"duologue/app/access"
	"duologue/app/wire"
	"duologue/db"
)

// guard stands in front of every route and the page's files. What it refuses
// reaches no handler.
func (a *App) guard(c *fiber.Ctx) error {
	if !a.requests.Enter() {
		return a.fail(c, wire.ErrClosing)
	}
	defer a.requests.Leave()
	if h := &c.Context().Request.Header; isUpload(h) {
		defer a.files.arrivals.Leave(h)
	}
	err := recovered(a.log, func() error {
		if err := a.checkRequest(c); err != nil {
			return err
		}
		a.secure(c)
		a.noteArrival(c)
		return c.Next()
	})
	if err != nil {
		return a.fail(c, err)
	}
	return nil
}

// knownMethod answers methods that nobody knows; Fiber would do so without
// coming by here.
func (a *App) knownMethod(next fasthttp.RequestHandler) fasthttp.RequestHandler {
	return func(ctx *fasthttp.RequestCtx) {
		if !slices.Contains(fiber.DefaultMethods, string(ctx.Method())) {
			ctx.Request.Header.SetMethod(http.MethodTrace) // no route has it
		}
		next(ctx)
	}
}

func (a *App) checkRequest(c *fiber.Ctx) error {
	h := &c.Context().Request.Header
	// Fiber would inflate a body without a limit, so none may come packed.
	if len(h.Peek(fiber.HeaderContentEncoding)) > 0 {
		return db.Errorf(wire.Unsupported, "a packed body is not taken")
	}
	host := string(h.Host())
	if !a.hosts.Allowed(host) {
		return db.Errorf(wire.Misdirected, "this name does not lead to this host")
	}
	// A target with a host of its own could name another one.
	if string(c.Context().URI().Host()) != strings.ToLower(host) {
		return db.Errorf(wire.Misdirected, "the address and the host differ")
	}
	if access.Changes(c.Method()) || c.Path() == socketPath {
		if err := checkOrigin(c); err != nil {
			return err
		}
	}
	// How large a body may be the server knows.
	if len(c.Context().Request.Body()) > 0 && !isUpload(h) && !wire.IsJSON(string(h.ContentType())) {
		return db.Errorf(wire.Unsupported, "the body has to be application/json")
	}
	return nil
}

// checkOrigin lets pass what our own page sends, and programs, which send no
// Origin.
func checkOrigin(c *fiber.Ctx) error {
	h := &c.Context().Request.Header
	if !access.OwnOrigin(h.PeekAll(fiber.HeaderOrigin), access.Origin(string(h.Host()), c.Context().IsTLS())) {
		return db.Errorf(db.Forbidden, "a page of another address may not do this")
	}
	return nil
}

// secure sets the headers that every answer carries. Nothing is kept by a
// cache unless a handler says so later.
func (a *App) secure(c *fiber.Ctx) {
	c.Set(fiber.HeaderContentSecurityPolicy, a.hosts.Policy(string(c.Context().Request.Header.Host())))
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	c.Set(fiber.HeaderReferrerPolicy, "no-referrer")
	c.Set("Cross-Origin-Opener-Policy", "same-origin")
	c.Set("Cross-Origin-Resource-Policy", "same-origin")
	c.Set(fiber.HeaderCacheControl, "no-store")
}
