package ui_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// tab is one page in front of somebody.
type tab struct {
	t    testing.TB
	name string
	ctx  context.Context
	mu   sync.Mutex
	said []string // what the page complained about

	patience time.Duration
}

type look struct {
	width, height int64
	dark, touch   bool
	lang          string
}

var desk = look{width: 1280, height: 800, lang: "en-GB"}

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
	return chromedp.Run(p.ctx, chromedp.Evaluate[T](p.with(js, args), chromedp.EvalAwaitPromise))
}

// byHand runs a script as if a hand had asked for it: without one a browser
// refuses to copy, for instance.
func (p *tab) byHand(js string, args ...any) {
	p.t.Helper()
	hand := func(e *runtime.EvaluateParams) { e.UserGesture = new(true) }
	_, err := chromedp.Run(p.ctx, chromedp.Evaluate[chromedp.Void](p.with(js, args), hand))
	p.must(err)
}

// with writes the values into a script, for $1, $2 and so on.
func (p *tab) with(js string, args []any) string {
	p.t.Helper()
	for i, a := range args {
		text, err := json.Marshal(a)
		p.must(err)
		js = strings.ReplaceAll(js, fmt.Sprintf("$%d", i+1), string(text))
	}
	return js
}

// until waits for something to be true on the page, within bounds.
func (p *tab) until(what, js string, args ...any) {
	p.t.Helper()
	end := time.Now().Add(p.patience)
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		// A page that is just being loaded has no answer yet.
		if yes, _ := try[bool](p, "(async () => Boolean(await ("+js+")))()", args...); yes {
			return
		}
		if time.Now().After(end) {
			p.t.Fatalf("%s waited in vain for: %s\n--- on the page:\n%s", p.name, what, eval[string](p, words))
		}
		<-tick.C
	}
}

// eventually waits for something to be true of the test's own, within bounds.
func (p *tab) eventually(what string, ok func() bool) {
	p.t.Helper()
	end := time.Now().Add(p.patience)
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !ok() {
		if time.Now().After(end) {
			p.t.Fatalf("%s waited in vain for: %s", p.name, what)
		}
		<-tick.C
	}
}

// words are what stands on the page, without what only a screen reader hears.
const words = `[...document.body.children].filter(e => e.id !== 'announcer' && e.nodeName !== 'NOSCRIPT').map(e => e.innerText).join('\n')`

func (p *tab) sees(text string) {
	p.t.Helper()
	p.until(text, words+`.includes($1)`, text)
}

func (p *tab) missesFor(text string) {
	p.t.Helper()
	p.until("no "+text, `!`+words+`.includes($1)`, text)
}
