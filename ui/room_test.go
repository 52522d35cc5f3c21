package ui_test

import (
	"context"
	"errors"
	"flag"
	"io"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"os/exec"
	"path"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/chromedp/chromedp"

	"duologue/app"
	"duologue/ui"
)

// patience bounds every wait: what doesn't appear by then doesn't appear.
const patience = 40 * time.Second

// room is a host with a browser in which people come and go.
type room struct {
	t    testing.TB
	dir  string
	addr string
	ui   fs.FS
	app  *app.App
	stop func()
	ctx  context.Context
	late atomic.Int64 // how far the host's clock is behind, in nanoseconds

	shown atomic.Int64 // the last millisecond that its clock showed, before that

	change func(*app.Options) // what this host has that others have not; may be nil
}

// servedPage is what every host here serves, bundled once: as the program serves it, but for the source maps, which only a
// developer's tools ask for and which take longest to pack.
var servedPage = sync.OnceValue(func() fs.FS {
	whole, lean := ui.Page(), fstest.MapFS{}
	err := fs.WalkDir(whole, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) == ".map" {
			return err
		}
		data, err := fs.ReadFile(whole, name)
		lean[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		panic(err) // it is in memory
	}
	return lean
})

// sideBySide is how many tests run at once, more than the computer has cores: each waits for the browser, the host and the
// frames of two pages most of the time.
const sideBySide = "4"

func TestMain(m *testing.M) {
	if dir, addr, apart := strings.Cut(os.Getenv(apartEnv), "|"); apart {
		os.Exit(beHost(dir, addr))
	}
	flag.Parse()
	parallel := flag.Lookup("test.parallel")
	if parallel.Value.String() == parallel.DefValue {
		_ = flag.Set(parallel.Name, sideBySide)
	}
	status := m.Run()
	stopBrowsers()
	os.Exit(status)
}

// newRoom starts a host on a free port with a folder of its own.
func newRoom(t testing.TB) *room {
	t.Helper()
	return newRoomAt(t, "127.0.0.1:0")
}

// newWindowedRoom is for tests in which a tab goes to the background or is closed: only a browser with windows knows tabs in
// the background, and says good-bye to a page as people's browsers do.
func newWindowedRoom(t testing.TB) *room {
	t.Helper()
	return newRoomFor(t, windowed, "127.0.0.1:0", t.TempDir())
}

func newRoomAt(t testing.TB, addr string) *room {
	t.Helper()
	return newRoomIn(t, addr, t.TempDir())
}

// newRoomIn starts a host in a folder that may hold something already.
func newRoomIn(t testing.TB, addr, dir string) *room {
	t.Helper()
	which := browser
	if _, measures := t.(*testing.B); measures {
		which = windowed // as people have it
	}
	return newRoomFor(t, which, addr, dir)
}

// newRoomFor starts a host for the pages of one browser.
func newRoomFor(t testing.TB, browser func() (context.Context, error), addr, dir string) *room {
	t.Helper()
	ctx, err := browser()
	if errors.Is(err, exec.ErrNotFound) {
		missing(t, "Chromium")
	}
	if err != nil {
		t.Fatal(err)
	}
	r := &room{t: t, dir: dir, addr: addr, ui: servedPage(), ctx: ctx}
	r.start()
	t.Cleanup(func() { r.stop() })
	return r
}

// missing skips, except where everything has to be there.
func missing(t testing.TB, what string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf("%s is missing", what)
	}
	t.Skipf("skipped: %s is missing here", what)
}

// options are those of every host here.
func options(dir, addr string, log io.Writer) app.Options {
	return app.Options{
		Data: dir, Addr: addr, NoBrowser: true, NoDiscovery: true, JoinCode: "welcome", UI: servedPage(), Rate: 100,
		HashCost:   app.HashCost{Memory: 64, Time: 1},
		PersonName: func() string { return "Lin Wei" },
		Log:        slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelWarn})),
	}
}

// now is the host's clock. It never shows a millisecond twice: what was said
// one after the other has an order in every list.
func (r *room) now() time.Time {
	for {
		before, now := r.shown.Load(), time.Now().UnixMilli()
		now = max(now, before+1)
		if r.shown.CompareAndSwap(before, now) {
			return time.UnixMilli(now).Add(-time.Duration(r.late.Load()))
		}
	}
}

func (r *room) start() {
	r.t.Helper()
	o := options(r.dir, r.addr, r.t.Output())
	o.UI = r.ui
	o.Now = r.now
	if r.change != nil {
		r.change(&o)
	}
	a, err := app.New(o)
	if err != nil {
		r.t.Fatal(err)
	}
	address, err := url.Parse(a.URL())
	if err != nil {
		r.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx) }()
	r.app, r.addr = a, address.Host
	r.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			r.t.Errorf("the host ended with: %v", err)
		}
	})
}

// device opens a browser without any cookies: another computer.
func (r *room) device(name string, l look) *tab {
	r.t.Helper()
	p, _ := r.tab(r.ctx, name, l, chromedp.WithNewBrowserContext())
	return p
}

// tab opens one more page; the second value closes it.
func (r *room) tab(parent context.Context, name string, l look, opts ...chromedp.ContextOption) (*tab, func()) {
	r.t.Helper()
	p := &tab{t: r.t, name: name, patience: patience}
	ctx, cancel := chromedp.NewContext(parent, opts...)
	r.t.Cleanup(cancel)
	p.ctx = ctx
	p.must(chromedp.Do(ctx))
	p.must(chromedp.Listen(ctx, p.hear))
	p.dress(l)
	r.t.Cleanup(p.quiet)
	return p, func() {
		r.t.Helper()
		p.must(chromedp.Cancel(ctx))
	}
}

// merged is one file system over another.
type merged []fs.FS

func (m merged) Open(name string) (fs.File, error) {
	for _, f := range m[:len(m)-1] {
		if file, err := f.Open(name); err == nil && name != "." {
			return file, nil
		}
	}
	return m[len(m)-1].Open(name)
}
