package app

import (
	"errors"
	"log/slog"
	"net/http"
	"runtime/debug"
	"slices"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"duologue/app/listen"
	"duologue/app/wire"
	"duologue/db"
)

// outward is what the other side may know about err, which may also be one of
// the server's own.
func outward(err error) (db.Code, string) {
	if e, ok := errors.AsType[*fiber.Error](err); ok {
		switch {
		case e.Code == http.StatusNotFound:
			return db.NotFound, wire.ErrNotFound.Message
		case e.Code == http.StatusMethodNotAllowed:
			return wire.BadMethod, "this address does not know the method"
		case e.Code == http.StatusRequestEntityTooLarge:
			return db.TooBig, "the body is too big"
		case e.Code >= 400 && e.Code < 500:
			return wire.BadRequest, "the request cannot be read"
		}
	}
	return wire.Outward(err)
}

// fail answers with err. It is the one place where an error becomes a status,
// for routes, for guards and for what the server finds before any of them.
func (a *App) fail(c *fiber.Ctx, err error) error {
	early, ok := errors.AsType[*fiber.Error](err)
	if a.files.arrivals.Leave(&c.Context().Request.Header) && ok && early.Code == http.StatusRequestEntityTooLarge {
		err = &wire.RateError{Wait: time.Second} // it was too big for what had no place
	} else if ok && early.Code == http.StatusRequestEntityTooLarge && a.tooBigForAStranger(c) {
		err = wire.ErrUnauthorized
	}
	code, message := outward(err)
	if code == db.Internal {
		a.log.Error("a request failed", "method", c.Method(), "route", routeOf(c), "err", err)
	} else if e, ok := errors.AsType[*db.Error](err); ok && e.Cause != nil {
		a.log.Warn("a request was refused", "route", routeOf(c), "code", string(code), "err", e.Cause)
	}
	if e, ok := errors.AsType[*wire.RateError](err); ok {
		c.Set(fiber.HeaderRetryAfter, strconv.Itoa(e.Seconds()))
	}
	if ok && early.Code != http.StatusNotFound && early.Code != http.StatusMethodNotAllowed {
		// The server refused before it read everything, and will close.
		if nc, ok := c.Context().Conn().(*listen.Conn); ok {
			nc.Linger()
		}
	}
	a.secure(c)
	if ok && early.Code == http.StatusRequestHeaderFieldsTooLarge && a.aside(c) {
		return c.Redirect("http://127.0.0.1:"+strconv.Itoa(a.bound.Port)+"/", http.StatusTemporaryRedirect)
	}
	return reply(c, wire.Status(code), wire.ErrorBodyOf(code, message, err))
}

// tooBigForAStranger reports whether a call whose body is too big would have
// been read with a session, without which it is refused in any case.
func (a *App) tooBigForAStranger(c *fiber.Ctx) bool {
	if !a.requests.Enter() {
		return false
	}
	defer a.requests.Leave()
	isPublic := func(r route) bool { return r.who == public && r.path == c.Path() }
	n := c.Context().Request.Header.ContentLength() // 0 when it came in chunks: then the server has forgotten all of it
	return n > 0 && n <= bodyLimit && !slices.ContainsFunc(a.routes(), isPublic) &&
		a.authenticate(&call{Ctx: c}) != nil
}

// aside reports whether a request with too many headers can be sent to
// 127.0.0.1 instead: cookies ignore ports, so those of every program on
// localhost arrive here, and may be more than a socket's buffer should hold.
// The number has cookies of its own; the browser keeps the fragment.
func (a *App) aside(c *fiber.Ctx) bool {
	return (a.bound.Host == "" || a.bound.Host == "localhost") && listen.AddrOf(c.Context().RemoteAddr()).IsLoopback()
}

// routeOf names the route for the log, never the path, which has ids in it.
func routeOf(c *fiber.Ctx) string {
	if r := c.Route(); r != nil {
		return r.Path
	}
	return ""
}

// recovered runs next; a panic in it becomes an ordinary internal error whose
// detail stays in the log.
func recovered(log *slog.Logger, next func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			log.Error("a request panicked", "panic", p, "stack", string(debug.Stack()))
			err = db.Errorf(db.Internal, "panic")
		}
	}()
	return next()
}
