package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"duologue/app/desktop"
)

// A second start on the same folder opens the page of the first.
func TestSecondStart(t *testing.T) {
	dir, opened := t.TempDir(), make(chan string, 1)
	h := startHost(t, func(o *Options) { o.Data = dir })
	again := h.app.o
	again.NoBrowser = false
	again.OpenBrowser = func(url string) error { opened <- url; return nil }
	a, err := New(again)
	running, ok := errors.AsType[*desktop.RunningError](err)
	if !ok || running.URL != h.app.URL() || a != nil {
		t.Fatalf("the second start gave %v, %v", a, err)
	}
	token, ok := strings.CutPrefix(<-opened, h.app.URL()+"#token=")
	if !ok || strings.Contains(running.Error(), token) {
		t.Errorf("the browser got %q, the terminal %q", token, running.Error())
	}
	if strings.Contains(running.Error(), "\n") || !strings.Contains(running.Error(), h.app.URL()) {
		t.Errorf("the sentence is %q", running.Error())
	}
	h.setUp("Alice") // the first is unharmed
	h.nobody().call("POST", "/api/signin", map[string]any{"token": token}).want(t, 200, "")
	h.nobody().call("POST", "/api/signin", map[string]any{"token": token}).want(t, 401, "unauthorized")
}

// A second start right after the first waits until that one answers.
func TestSecondStartWhileTheFirstOpens(t *testing.T) {
	o := Options{Data: t.TempDir(), Addr: "127.0.0.1:0", NoBrowser: true, UI: testPage, Log: testLog(t)}
	o.Store.Ballast = -1
	first, err := New(o) // it listens and does not serve yet
	if err != nil {
		t.Fatal(err)
	}
	second := make(chan error, 1)
	go func() {
		_, err := New(o)
		second <- err
	}()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- first.Run(ctx) }()
	if _, ok := errors.AsType[*desktop.RunningError](<-second); !ok {
		t.Error("the second start did not find the first")
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// A folder that is held by something that does not answer is an error.
func TestSecondStartWithoutAnAnswer(t *testing.T) {
	for what, address := range map[string]string{"no address": "", "nobody there": "http://127.0.0.1:1/\n", "nonsense": "\x00",
		"a foreign scheme": "file:///etc/passwd\n", "a command": "-x\n"} {
		t.Run(what, func(t *testing.T) {
			dir := t.TempDir()
			lock, err := desktop.LockFolder(dir, time.Second)
			if err != nil {
				t.Fatal(err)
			}
			defer lock.Release()
			if address != "" {
				os.WriteFile(filepath.Join(dir, "duologue.address"), []byte(address), 0o600)
			}
			_, err = New(Options{Data: dir, UI: testPage, Patience: 100 * time.Millisecond,
				OpenBrowser: func(url string) error { t.Errorf("%q was opened", url); return nil }})
			if _, ok := errors.AsType[*desktop.RunningError](err); err == nil || ok || !strings.Contains(err.Error(), dir) || strings.Contains(err.Error(), "\n") {
				t.Errorf("%v", err)
			}
		})
	}
}

// A token is for whoever can read the folder, and for nobody else.
func TestStartTokenNeedsTheKey(t *testing.T) {
	h := startHost(t)
	h.setUp("Alice")
	data, err := os.ReadFile(filepath.Join(h.app.o.Data, "duologue.key"))
	if err != nil {
		t.Fatal(err)
	}
	key := strings.TrimSpace(string(data))
	token := h.nobody().call("POST", "/api/program/token", map[string]any{"key": key}).want(t, 201, "").json(t)["token"].(string)
	h.nobody().call("POST", "/api/signin", map[string]any{"token": token}).want(t, 200, "")
	h.nobody().call("POST", "/api/program/token", nil).want(t, 400, "bad_request")
	for _, wrong := range []string{"", key[1:], key + "A", strings.ToLower(key)} {
		h.nobody().call("POST", "/api/program/token", map[string]any{"key": wrong}).want(t, 401, "unauthorized")
	}
}
