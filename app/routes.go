package app

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"duologue/app/access"
	"duologue/app/wire"
	"duologue/db"
)

const (
	socketPath = "/ws"
	// A call that waits longer than this has found a host that is stuck.
	callTime = 30 * time.Second
	// Browsers forget a cookie after 400 days at the latest.
	cookieLife = 400 * 24 * time.Hour
	// A page names the person it is drawn for: a browser has one cookie for
	// all its tabs, and somebody else may have signed in in another of them.
	personHeader = "Duologue-Person"
)

// who says who may call a route.
type who int

const (
	public who = iota // anybody
	member            // whoever is signed in
	owner             // the host's owner
)

// route is one line of the table. The handler learns from the call who calls;
// for a public route that is nobody.
type route struct {
	method, path string
	who          who
	handle       func(*call) error
}

// routes lists everything that the host answers but the page's files.
func (a *App) routes() []route {
	const get, post, put, patch, del = http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete
	return []route{
		{get, "/api/host", public, a.getHost},
		{post, "/api/setup", public, a.postSetup},
		{post, "/api/join", public, a.postJoin},
		{post, "/api/signin", public, a.postSignin},
		{post, "/api/signout", member, bare(a.postSignout)},
		{get, "/api/found", public, a.getFound},
		{post, "/api/found", public, a.postFound},

		{get, "/api/sync", member, a.getSync},
		{patch, "/api/me", member, a.patchMe},
		{post, "/api/me/links", member, bare(a.postMyLink)},
		{get, "/api/me/sessions", member, a.getSessions},
		{del, "/api/me/sessions/:id", member, bare(a.deleteSession)},

		{get, "/api/invite", member, a.getInvite},
		{get, "/api/invite/qr.svg", member, a.getQR},
		{post, "/api/invite", owner, bare(a.postInvite)},
		{get, "/api/reach", owner, a.getReach},
		{post, "/api/people/:id/links", owner, bare(a.postPersonLink)},
		{del, "/api/people/:id", owner, bare(a.deletePerson)},

		{put, "/api/chats/:who", member, bare(a.putChat)},
		{patch, "/api/chats/:who", member, a.patchChat},
		{del, "/api/chats/:who", member, bare(a.deleteChat)},
		{get, "/api/chats/:who/messages", member, a.getMessages},
		{post, "/api/chats/:who/messages", member, a.postMessage},
		{patch, "/api/chats/:who/messages/:seq", member, a.patchMessage},
		{del, "/api/chats/:who/messages/:seq", member, bare(a.deleteMessage)},
		{post, "/api/chats/:who/messages/:seq/recall", member, bare(a.recallMessage)},
		{get, "/api/search", member, a.getSearch},

		{get, "/api/program", owner, a.getProgram},
		{patch, "/api/program", owner, a.patchProgram},
		{post, "/api/program/quit", owner, bare(a.postQuit)},
		{post, "/api/program/token", public, a.postStartToken},

		{http.MethodOptions, "/api/files", public, a.optionsFiles},
		{post, "/api/files", member, a.postFile},
		{get, "/api/files/:id", member, a.getFile}, // HEAD, too: of an upload as of a file
		{patch, "/api/files/:id", member, a.patchFile},
		{del, "/api/files/:id", member, a.deleteFile},
		{get, "/api/files/:id/thumb", member, a.getThumb},
		{get, "/api/storage", member, a.getStorage},
		{post, "/api/storage/drop", member, a.dropStorage},
		{patch, "/api/storage", owner, a.patchStorage},
		{get, "/api/chats/:who/export", member, a.getExport},

		{get, socketPath, member, a.getSocket},
	}
}

// bare is for a handler that takes nothing from a body: there is none, or an
// empty object.
func bare(handle func(*call) error) func(*call) error {
	return func(q *call) error {
		if err := decode(q.Ctx, &struct{}{}); err != nil {
			return err
		}
		return handle(q)
	}
}

// call is one request on its way through a handler. It does not outlive it.
type call struct {
	*fiber.Ctx
	ctx     context.Context // ends with the host, or when it takes too long
	me      db.Person
	session db.Session
	bearer  bool // signed in by a header, not by the cookie
}

// mount puts the table into the server, and HEAD beside every GET but the
// socket's.
func (a *App) mount(f *fiber.App) {
	f.Use(a.guard)
	for _, r := range a.routes() {
		f.Add(r.method, r.path, a.handler(r))
		if r.method == http.MethodGet && r.path != socketPath {
			f.Add(http.MethodHead, r.path, a.handler(r))
		}
	}
	a.mountPage(f)
}

// handler checks who calls before the route's own handler runs.
func (a *App) handler(r route) fiber.Handler {
	return func(c *fiber.Ctx) error {
		ctx, cancel := context.WithTimeout(a.life, callTime)
		defer cancel()
		q := &call{Ctx: c, ctx: ctx}
		if r.who == public {
			return r.handle(q)
		}
		if err := a.authenticate(q); err != nil {
			return err
		}
		if r.who == owner && !q.me.Owner() {
			return db.Errorf(db.Forbidden, "only the owner of this host may do this")
		}
		return r.handle(q)
	}
}

// authenticate finds out who calls.
func (a *App) authenticate(q *call) (err error) {
	var secret string
	secret, q.bearer = access.SessionSecret(q.Get(fiber.HeaderAuthorization), q.Cookies(a.cookieName()))
	if secret == "" {
		return wire.ErrUnauthorized
	}
	if q.me, q.session, err = a.store.Authenticate(secret); err != nil {
		return err
	}
	if as := q.Get(personHeader); as != "" && as != strconv.FormatUint(uint64(q.me.ID), 10) {
		return wire.ErrUnauthorized
	}
	return nil
}

// Cookies ignore the port, so their name tells the hosts of one address apart.
func (a *App) cookieName() string { return "duologue-" + a.store.Instance() }

// signedIn hands the session to the browser. An empty secret takes it away.
func (a *App) signedIn(c *fiber.Ctx, secret string) {
	cookie := &fiber.Cookie{Name: a.cookieName(), Value: secret, Path: "/", HTTPOnly: true,
		SameSite: fiber.CookieSameSiteStrictMode, Secure: c.Context().IsTLS(), MaxAge: int(cookieLife.Seconds())}
	if secret == "" {
		cookie.MaxAge, cookie.Expires = -1, time.Unix(1, 0)
	}
	c.Cookie(cookie)
}

// person reads the id of a person out of the path. Text that is no id names
// nobody.
func (q *call) person(param string) (db.ID, error) {
	n, ok := wire.ParseID(q.Params(param), 32)
	if !ok {
		return 0, wire.ErrNotFound
	}
	return db.ID(n), nil
}

// seq reads a message's place out of the path.
func (q *call) seq() (uint64, error) {
	n, ok := wire.ParseID(q.Params("seq"), 64)
	if !ok {
		return 0, wire.ErrNotFound
	}
	return n, nil
}
