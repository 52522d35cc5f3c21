package app

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A second start on the same folder opens the page of the first.
func TestSecondStart(t *testing.T) {
	dir, opened := t.TempDir(), make(chan string, 1)
	h := startHost(t, func(o *Options) { o.Data = dir })
	again := h.app.o
	again.NoBrowser = false
	again.OpenBrowser = func(url string) error { opened <- url; return nil }
	a, err := New(again)
	running, ok := errors.AsType[*RunningError](err)
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
	if _, ok := errors.AsType[*RunningError](<-second); !ok {
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
			lock, err := lockFolder(dir, time.Second)
			if err != nil {
				t.Fatal(err)
			}
			defer lock.Close()
			if address != "" {
				os.WriteFile(filepath.Join(dir, addressName), []byte(address), 0o600)
			}
			_, err = New(Options{Data: dir, UI: testPage, Patience: 100 * time.Millisecond,
				OpenBrowser: func(url string) error { t.Errorf("%q was opened", url); return nil }})
			if _, ok := errors.AsType[*RunningError](err); err == nil || ok || !strings.Contains(err.Error(), dir) || strings.Contains(err.Error(), "\n") {
				t.Errorf("%v", err)
			}
		})
	}
}

// What another program answers at an address that was left behind is not taken
// for a host.
func TestSecondStartFindsAnotherProgram(t *testing.T) {
	in, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	other := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, `{"app":"other"}`) })}
	go other.Serve(in)
	defer other.Close()
	file := filepath.Join(t.TempDir(), addressName)
	os.WriteFile(file, []byte("http://"+in.Addr().String()+"/\n"), 0o600)
	if at := awaitRunning(file, 200*time.Millisecond); at != "" {
		t.Errorf("%s was taken for a host", at)
	}
}
