package ui_test

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"sync"

	"github.com/chromedp/chromedp"
)

// Browsers are started once for all tests, since that takes long.
var (
	// browser draws pages without a window around them where there is such a program, which is half the work.
	browser = sync.OnceValues(func() (context.Context, error) {
		return launch("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
	})
	// windowed has windows with tabs, of which one is in front.
	windowed = sync.OnceValues(func() (context.Context, error) {
		return launch("chromium", "chromium-browser", "google-chrome")
	})
)

// leftOut are features of the browser that cost more than most of the tests themselves: pages of its own for the address bar
// of each window, a renderer in reserve for each profile. The first two are those that are left out by default.
var leftOut = []string{
	"Translate", "BlinkGenPropertyTrees", "WebUIOmniboxPopup", "WebUIOmniboxFullPopup", "WebUIOmniboxAimPopup", "AimEnabled",
	"SpareRendererForSitePerProcess", "OptimizationHints", "MediaRouter",
}

// launched are the browsers that have to be stopped at the end.
var launched struct {
	sync.Mutex
	stop []func()
}

// launch starts the first of these programs that is there.
func launch(names ...string) (context.Context, error) {
	var program string
	err := exec.ErrNotFound
	for _, name := range names {
		if program, err = exec.LookPath(name); err == nil {
			break
		}
	}
	if err != nil {
		return nil, err
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.Flag("disable-gpu", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-features", strings.Join(leftOut, ",")))
	if os.Getuid() == 0 {
		opts = append(opts, chromedp.NoSandbox)
	}
	ctx, _ := chromedp.NewExecAllocator(context.Background(), opts...)
	ctx, cancel := chromedp.NewContext(ctx)
	launched.Lock()
	launched.stop = append(launched.stop, cancel)
	launched.Unlock()
	return ctx, chromedp.Do(ctx)
}

func stopBrowsers() {
	launched.Lock()
	defer launched.Unlock()
	for _, stop := range launched.stop {
		stop()
	}
}
