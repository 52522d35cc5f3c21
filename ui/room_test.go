package ui_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"duologue/app"
	"duologue/ui"
)

// patience bounds every wait: what doesn't appear by then doesn't appear.
const patience = 15 * time.Second

// room is a host with a browser in which people come and go.
type room struct {
	t    *testing.T
	dir  string
	addr string
	ui   fs.FS
	app  *app.App
	stop func()
	ctx  context.Context
	late atomic.Int64 // how far the host's clock is behind, in nanoseconds
}

// browser is started once for all tests: starting it is what takes long.
var browser = sync.OnceValues(func() (context.Context, error) {
	path, err := exec.LookPath("chromium")
	if err != nil {
		return nil, err
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path))
	if os.Getuid() == 0 {
		opts = append(opts, chromedp.NoSandbox)
	}
	ctx, _ := chromedp.NewExecAllocator(context.Background(), opts...)
	ctx, cancel := chromedp.NewContext(ctx)
	stopBrowser = cancel
	return ctx, chromedp.Do(ctx)
})

var stopBrowser = func() {}

func TestMain(m *testing.M) {
	status := m.Run()
	stopBrowser()
	os.Exit(status)
}

// newRoom starts a host on a free port with a folder of its own.
func newRoom(t *testing.T) *room {
	t.Helper()
	return newRoomAt(t, "127.0.0.1:0")
}

func newRoomAt(t *testing.T, addr string) *room {
	t.Helper()
	ctx, err := browser()
	if errors.Is(err, exec.ErrNotFound) {
		missing(t, "Chromium")
	}
	if err != nil {
		t.Fatal(err)
	}
	r := &room{t: t, dir: t.TempDir(), addr: addr, ui: ui.Files(), ctx: ctx}
	r.start()
	t.Cleanup(func() { r.stop() })
	return r
}

// missing skips, except where everything has to be there.
func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf("%s is missing", what)
	}
	t.Skipf("skipped: %s is missing here", what)
}

func (r *room) start() {
	r.t.Helper()
	a, err := app.New(app.Options{
		Data: r.dir, Addr: r.addr, NoBrowser: true, JoinCode: "welcome", UI: r.ui, Rate: 100,
		PersonName: func() string { return "Lin Wei" },
		Now:        func() time.Time { return time.Now().Add(-time.Duration(r.late.Load())) },
		Log:        slog.New(slog.NewTextHandler(r.t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn})),
	})
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

// tab is one page in front of somebody.
type tab struct {
	t    *testing.T
	name string
	ctx  context.Context
	mu   sync.Mutex
	said []string // what the page complained about
}

type look struct {
	width, height int64
	dark, touch   bool
	lang          string
}

var desk = look{width: 1280, height: 800, lang: "en-GB"}

// device opens a browser without any cookies: another computer.
func (r *room) device(name string, l look) *tab {
	r.t.Helper()
	p, _ := r.tab(r.ctx, name, l, chromedp.WithNewBrowserContext())
	return p
}

// tab opens one more page; the second value closes it.
func (r *room) tab(parent context.Context, name string, l look, opts ...chromedp.ContextOption) (*tab, func()) {
	r.t.Helper()
	p := &tab{t: r.t, name: name}
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

// dress gives the page its size, its colours and its language.
func (p *tab) dress(l look) {
	p.t.Helper()
	if l.lang == "" {
		l.lang = desk.lang
	}
	scheme := "light"
	if l.dark {
		scheme = "dark"
	}
	do(p, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: l.width, Height: l.height, DeviceScaleFactor: 1, Mobile: l.touch})
	do(p, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: l.touch})
	do(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
	}})
	do(p, emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{UserAgent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36", AcceptLanguage: l.lang})
}

func (p *tab) hear(ev any) {
	switch ev := ev.(type) {
	case *runtime.EventExceptionThrown:
		p.complain(ev.ExceptionDetails.Text, ev.ExceptionDetails.Exception)
	case *runtime.EventConsoleAPICalled:
		if ev.Type == "error" {
			p.complain("console", ev.Args...)
		}
	}
}

func (p *tab) complain(what string, args ...*runtime.RemoteObject) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, a := range args {
		if a != nil {
			what += " " + a.Description + string(a.Value)
		}
	}
	p.said = append(p.said, what)
}

// quiet fails the test when the page threw or a policy was violated.
func (p *tab) quiet() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, s := range p.said {
		p.t.Errorf("%s's page complained: %s", p.name, s)
	}
}

func (p *tab) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatalf("%s: %v", p.name, err)
	}
}

// do sends one command of the browser's protocol.
func do[P, R any](p *tab, command cdp.Command[P, R], params P) {
	p.t.Helper()
	_, err := chromedp.Call(p.ctx, command, params)
	p.must(err)
}

// watch counts violations of the Content-Security-Policy as complaints.
const watch = `addEventListener('securitypolicyviolation', e => console.error('policy', e.violatedDirective, e.blockedURI, e.sourceFile, e.lineNumber))`

func (p *tab) open(url string) {
	p.t.Helper()
	do(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: watch})
	p.must(chromedp.Do(p.ctx, chromedp.Navigate(url)))
}

func eval[T any](p *tab, js string, args ...any) T {
	p.t.Helper()
	v, err := try[T](p, js, args...)
	if err != nil {
		p.t.Fatalf("%s: %s: %v", p.name, js, err)
	}
	return v
}

func try[T any](p *tab, js string, args ...any) (T, error) {
	p.t.Helper()
	for i, a := range args {
		text, err := json.Marshal(a)
		p.must(err)
		js = strings.ReplaceAll(js, fmt.Sprintf("$%d", i+1), string(text))
	}
	return chromedp.Run(p.ctx, chromedp.Evaluate[T](js, chromedp.EvalAwaitPromise))
}

// until waits for something to be true on the page, within bounds.
func (p *tab) until(what, js string, args ...any) {
	p.t.Helper()
	end := time.Now().Add(patience)
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		// A page that is just being loaded has no answer yet.
		if yes, _ := try[bool](p, "Boolean(("+js+"))", args...); yes {
			return
		}
		if time.Now().After(end) {
			p.t.Fatalf("%s waited in vain for: %s\n--- on the page:\n%s", p.name, what, eval[string](p, words))
		}
		<-tick.C
	}
}

// words are what stands on the page, without what only a screen reader hears.
const words = `[...document.body.children].filter(e => e.id !== 'announcer').map(e => e.innerText).join('\n')`

func (p *tab) sees(text string) {
	p.t.Helper()
	p.until(text, words+`.includes($1)`, text)
}

func (p *tab) missesFor(text string) {
	p.t.Helper()
	p.until("no "+text, `!`+words+`.includes($1)`, text)
}

// click finds a button, link or row by its words or its label.
const find = `[...document.querySelectorAll('button, a, [role=menuitem]')].find(e => e.checkVisibility({visibilityProperty: true}) && !e.disabled && ((e.getAttribute('aria-label') ?? '') === $1 || e.innerText.split('\n').some(l => l.trim() === $1)))`

func (p *tab) click(words string) {
	p.t.Helper()
	p.until("a button "+words, find, words)
	eval[chromedp.Void](p, find+`.click()`, words)
}

// fill writes into a field the way a hand does, after emptying it.
func (p *tab) fill(css, text string) {
	p.t.Helper()
	p.until("a field "+css, `document.querySelector($1)`, css)
	eval[chromedp.Void](p, `(() => { const e = document.querySelector($1); e.focus(); e.select() })()`, css)
	do(p, input.InsertText, input.InsertTextParams{Text: text})
}

// enter presses the Enter key as a keyboard does.
func (p *tab) enter() {
	p.t.Helper()
	key := input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyDown, Key: "Enter", Code: "Enter", Text: "\r", UnmodifiedText: "\r", WindowsVirtualKeyCode: 13}
	do(p, input.DispatchKeyEvent, key)
	key.Type, key.Text, key.UnmodifiedText = input.DispatchKeyEventTypeKeyUp, "", ""
	do(p, input.DispatchKeyEvent, key)
}

// owner makes the first person, who is called Lin Wei.
func (r *room) owner(l look) *tab {
	r.t.Helper()
	p := r.device("Lin Wei", l)
	p.open(r.app.URL() + "#token=" + r.app.Token())
	p.fill("input[name=name]", p.name)
	p.submit()
	p.until("the two lists", `document.querySelector('#tab-people')`)
	return p
}

// guest joins with the code that the link carries.
func (r *room) guest(name string, l look) *tab {
	r.t.Helper()
	p := r.device(name, l)
	p.open(r.app.URL() + "#join=welcome")
	p.fill("input[name=name]", name)
	p.submit()
	p.until("the two lists", `document.querySelector('#tab-people')`)
	return p
}

// submit presses the button of the form that is on screen.
func (p *tab) submit() {
	p.t.Helper()
	p.until("a button to press", `document.querySelector('form button[type=submit]:enabled')`)
	eval[chromedp.Void](p, `document.querySelector('form button[type=submit]').click()`)
}

// chat opens the chat with somebody out of the list of people.
func (p *tab) chat(name string) {
	p.t.Helper()
	p.until("the list of people", `document.querySelector('#tab-people')`)
	eval[chromedp.Void](p, `document.querySelector('#tab-people').click()`)
	p.click(name)
	p.until("the chat with "+name, `document.querySelector('.head h2')?.innerText === $1 && document.querySelector('#box')`, name)
}

// say writes and sends a message as a keyboard does.
func (p *tab) say(text string) {
	p.t.Helper()
	p.fill("#box", text)
	p.enter()
	p.until("an empty field", `document.querySelector('#box').value === ''`)
	p.says(text)
}

const bubble = `[...document.querySelectorAll('.m')].findLast(m => m.querySelector('.body')?.firstChild && [...m.querySelector('.body').childNodes].filter(n => n.nodeType !== 8 && n.nodeName !== 'SMALL').map(n => n.textContent).join('') === $1)`

// says waits until a message stands in the conversation.
func (p *tab) says(text string) {
	p.t.Helper()
	p.until("the message "+text, bubble, text)
}

// tick waits until a message of one's own carries that sign.
func (p *tab) tick(text, state string) {
	p.t.Helper()
	p.until(text+" to be "+state, bubble+`?.querySelector('.tick.'+$2)`, text, state)
}

// texts are the messages on screen, from top to bottom.
func (p *tab) texts() []string {
	p.t.Helper()
	return eval[[]string](p, `[...document.querySelectorAll('.m .body')].map(b => [...b.childNodes].filter(n => n.nodeType !== 8 && n.nodeName !== 'SMALL').map(n => n.textContent).join(''))`)
}

// menu chooses from what can be done with a message.
func (p *tab) menu(text, choice string) {
	p.t.Helper()
	p.says(text)
	eval[chromedp.Void](p, bubble+`.querySelector('.more').click()`, text)
	p.click(choice)
}

// confirm answers the question on screen with yes.
func (p *tab) confirm() {
	p.t.Helper()
	p.until("a question", `document.querySelector('dialog[open] button[type=submit]')`)
	eval[chromedp.Void](p, `document.querySelector('dialog[open] button[type=submit]').click()`)
	p.until("the question gone", `!document.querySelector('dialog[open]')`)
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
