package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"duologue/app/wire"
	"duologue/db"
)

// lines collects what is written, line by line.
type lines struct {
	mu   sync.Mutex
	text strings.Builder
	c    chan string
}

func newLines() *lines { return &lines{c: make(chan string, 100)} }

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text.Write(b)
	for line := range strings.Lines(string(b)) {
		l.c <- strings.TrimSuffix(line, "\n")
	}
	return len(b), nil
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func TestReadyLineAndBrowser(t *testing.T) {
	out, opened := newLines(), make(chan string, 1)
	h := startHost(t, func(o *Options) {
		o.Addr, o.Stdout, o.NoBrowser = "0.0.0.0:0", out, false
		o.OpenBrowser = func(url string) error { opened <- url; return nil }
	})
	want := fmt.Sprintf("http://localhost:%d/#token=%s", h.app.bound.Port, h.app.Token())
	if line := <-out.c; line != "duologue ready "+want {
		t.Errorf("the ready line is %q", line)
	}
	if url := <-opened; url != want {
		t.Errorf("the browser got %q", url)
	}
	if h.app.URL() != fmt.Sprintf("http://localhost:%d/", h.app.bound.Port) {
		t.Errorf("URL is %q", h.app.URL())
	}
}

func TestMissingBrowserIsALogLine(t *testing.T) {
	log := newLines()
	h := startHost(t, func(o *Options) {
		o.NoBrowser, o.Log = false, slog.New(slog.NewTextHandler(log, nil))
		o.OpenBrowser = func(string) error { return errors.New("there is no screen") }
	})
	for line := range log.c {
		if strings.Contains(line, "no browser was opened") {
			break
		}
	}
	h.nobody().call("GET", "/api/host", nil).want(t, 200, "")
	if strings.Contains(log.String(), h.app.Token()) {
		t.Error("the log has the token")
	}
}

// Nothing that people say or know gets into the log.
func TestLogHasNoContents(t *testing.T) {
	log := newLines()
	h := startHost(t, func(o *Options) {
		o.Log = slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	})
	a := h.setUp("Zoeowner")
	h.nobody().call("POST", "/api/join", map[string]any{"code": "join-me", "name": "Bobmember", "password": "secret-password"}).want(t, 201, "")
	a.say(2, "secret-message")
	a.call("GET", "/api/search?q=secret-query", nil)
	a.call("POST", "/api/chats/2/messages", `{"secret-field":1}`).want(t, 400, "")
	h.nobody().call("POST", "/api/signin", map[string]any{"name": "Bobmember", "password": "secret-wrong"}).want(t, 401, "")
	h.nobody().call("GET", "/secret-path?secret-query", nil).want(t, 404, "")
	for _, word := range []string{"Zoeowner", "Bobmember", "secret", a.secret, h.app.Token(), "join-me", "argon2id"} {
		if strings.Contains(log.String(), word) {
			t.Errorf("the log has %q: %s", word, log.String())
		}
	}
}

// A panic in a handler is an answer like any other, and says nothing outside.
func TestPanicIsInternal(t *testing.T) {
	log := newLines()
	h := startHost(t, func(o *Options) {
		o.Log = slog.New(slog.NewTextHandler(log, nil))
		o.PersonName = func() string { panic("detail of the inside") }
	})
	got := h.nobody().call("GET", "/api/host", nil).want(t, 500, "internal")
	if strings.Contains(string(got.body), "detail") || got.header.Get("Content-Security-Policy") == "" {
		t.Errorf("the answer is %s with %v", got.body, got.header)
	}
	if !strings.Contains(log.String(), "detail of the inside") || !strings.Contains(log.String(), "app_test.go") {
		t.Errorf("the log is %s", log.String())
	}
	h.setUp("Alice") // life goes on
}

func TestErrorsOutside(t *testing.T) {
	for _, c := range []struct {
		err  error
		code db.Code
	}{
		{db.Errorf(db.NotFound, "there is none"), db.NotFound},
		{fmt.Errorf("wrapped: %w", db.Errorf(db.Conflict, "taken")), db.Conflict},
		{&db.Error{Code: db.StorageFull, Message: "full", Cause: errors.New("detail")}, db.StorageFull},
		{db.Errorf(db.Internal, "detail"), db.Internal},
		{db.Errorf("unheard", "detail"), db.Internal},
		{errors.New("detail"), db.Internal},
		{&wire.RateError{Wait: time.Second}, wire.Rate},
	} {
		code, message := outward(c.err)
		if code != c.code || strings.Contains(message, "detail") || message == "" {
			t.Errorf("%v is told as %s %q", c.err, code, message)
		}
	}
}

func TestFolderIsForItsUserAlone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "folder")
	h := startHost(t, func(o *Options) { o.Data = dir })
	h.setUp("Alice")
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 && path != filepath.Dir(dir) {
			// What the store writes inside a folder of mode 0700 nobody else reaches.
			if d.IsDir() && path == dir || filepath.Dir(path) == dir {
				t.Errorf("%s has mode %v", path, info.Mode())
			}
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestCloseEndsEverything(t *testing.T) {
	o := Options{Data: t.TempDir(), Addr: "127.0.0.1:0", NoBrowser: true, UI: testPage, Log: testLog(t)}
	o.Store.Ballast = -1
	a, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- a.Run(context.Background()) }()
	host := strings.Trim(strings.TrimPrefix(a.URL(), "http://"), "/")
	idle, err := net.Dial("tcp", host)
	if err != nil {
		t.Fatal(err)
	}
	defer idle.Close()
	half, _ := net.Dial("tcp", host)
	defer half.Close()
	io.WriteString(half, "POST /api/join HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{")
	if got := getHost(host); !strings.HasPrefix(got, "HTTP/1.1 200 ") {
		t.Fatalf("%.60q", got)
	}
	closed := make(chan error, 3)
	for range 3 {
		go func() { closed <- a.Close() }()
	}
	for range 3 {
		if err := <-closed; err != nil {
			t.Error(err)
		}
	}
	if err := <-ended; err != nil {
		t.Errorf("Run ended with %v", err)
	}
	idle.SetReadDeadline(time.Now().Add(5 * time.Second))
	if _, err := idle.Read(make([]byte, 1)); err == nil || errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("an idle connection lives on: %v", err)
	}
	if c, err := net.Dial("tcp", host); err == nil {
		c.Close()
		t.Error("the port is still open")
	}
	if _, err := os.Stat(filepath.Join(o.Data, "duologue.address")); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the address is still there")
	}
	b, err := New(o) // the folder is free
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil { // also without Run
		t.Error(err)
	}
}

// A call that is being answered is finished before the store closes, and no
// other one is let in.
func TestCloseWaitsForCalls(t *testing.T) {
	hold, inside := make(chan struct{}), make(chan struct{})
	h := startHost(t, func(o *Options) {
		o.PersonName = func() string {
			close(inside)
			<-hold
			return "Alice"
		}
	})
	answered := make(chan testAnswer, 1)
	go func() { answered <- h.nobody().call("GET", "/api/host", nil) }()
	<-inside
	closed := make(chan struct{})
	go func() {
		h.app.Close()
		close(closed)
	}()
	for h.app.requests.Enter() { // until the host closes
		h.app.requests.Leave()
	}
	// What the host does without waiting for calls takes less than that.
	select {
	case <-closed:
		t.Fatal("it did not wait")
	case <-time.After(time.Second):
	}
	if _, _, err := h.app.store.Head(1); err != nil {
		t.Errorf("the store meanwhile: %v", err)
	}
	close(hold)
	(<-answered).want(t, 200, "")
	<-closed
}

func TestNewFailsCleanly(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	file := filepath.Join(t.TempDir(), "file")
	os.WriteFile(file, nil, 0o600)
	base := Options{Data: t.TempDir(), Addr: "127.0.0.1:0", UI: testPage, NoBrowser: true}
	base.Store.Ballast = -1
	for what, change := range map[string]func(*Options){
		"a port that is taken":      func(o *Options) { o.Addr = taken.Addr().String() },
		"a folder that is a file":   func(o *Options) { o.Data = file },
		"a page without a page":     func(o *Options) { o.UI = os.DirFS(t.TempDir()) },
		"a name that leads nowhere": func(o *Options) { o.Addr = "nowhere.invalid:0" },
	} {
		o := base
		change(&o)
		if a, err := New(o); err == nil || a != nil || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", what, err)
		}
	}
	a, err := New(base) // nothing is left locked
	if err != nil {
		t.Fatal(err)
	}
	a.Close()
}

// Browsers try IPv6 first for localhost.
func TestListensOnBothKindsOfAddress(t *testing.T) {
	probe, err := net.Listen("tcp6", "[::1]:0")
	if err != nil {
		t.Skip("no IPv6 here")
	}
	probe.Close()
	for _, addr := range []string{":0", "localhost:0"} {
		h := startHost(t, func(o *Options) { o.Addr = addr })
		for _, host := range []string{"127.0.0.1", "::1"} {
			at := net.JoinHostPort(host, itoa(h.app.bound.Port))
			if got := getHost(at); !strings.HasPrefix(got, "HTTP/1.1 200 ") {
				t.Errorf("%s at %s: %.60q", addr, at, got)
			}
		}
	}
}
