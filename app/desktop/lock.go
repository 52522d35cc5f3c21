package desktop

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/gofrs/flock"

	"duologue/db"
)

const (
	lockName    = "duologue.lock"
	addressName = "duologue.address"
)

// RunningError tells that another instance runs on the same folder, and
// where its page is.
type RunningError struct{ URL string }

func (e *RunningError) Error() string {
	return "Duologue runs already, at " + e.URL
}

// Lock is a data folder that this instance has to itself.
type Lock struct {
	dir  string
	file *flock.Flock
}

// LockFolder makes the folder when it is missing, for this user alone, and
// locks it. When another instance has it, the error is a *RunningError once
// that one can be reached, within wait.
func LockFolder(dir string, wait time.Duration) (*Lock, error) {
	if err := db.MakeFolder(dir); err != nil {
		return nil, fmt.Errorf("the folder %s cannot be made: %w", dir, err)
	}
	file := flock.New(filepath.Join(dir, lockName), flock.SetPermissions(0o600))
	ok, err := file.TryLock()
	if err != nil {
		return nil, fmt.Errorf("the folder %s cannot be locked: %w", dir, err)
	}
	if ok {
		// What an instance that crashed has published would send people astray.
		_ = unpublish(dir)
		return &Lock{dir, file}, nil
	}
	if at := awaitRunning(filepath.Join(dir, addressName), wait); at != "" {
		return nil, &RunningError{at}
	}
	return nil, fmt.Errorf("another program uses the folder %s, and no page of it answers", dir)
}

// Release lets go of the folder, and of what Publish wrote into it.
func (l *Lock) Release() error { return errors.Join(unpublish(l.dir), l.file.Unlock()) }

// awaitRunning gives the address of the instance that has the folder, once it
// answers: it may have been started only just now.
func awaitRunning(file string, wait time.Duration) string {
	ctx, cancel := context.WithTimeout(context.Background(), wait)
	defer cancel()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		if at := readAddress(file); at != "" && answers(ctx, at) {
			return at
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return ""
		}
	}
}

// readAddress reads the address that Publish wrote; empty when it is missing or
// not one of a page.
func readAddress(file string) string {
	data, err := os.ReadFile(file)
	if err != nil || len(data) > 300 {
		return ""
	}
	u, err := url.Parse(strings.TrimSpace(string(data)))
	if err != nil || u.Scheme != "http" || u.Host == "" || u.Path != "/" || u.RawQuery != "" || u.User != nil {
		return ""
	}
	return u.String()
}

// answers reports whether a host of ours is at the address.
func answers(ctx context.Context, at string) bool {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, at+"api/host", nil)
	if err != nil {
		return false
	}
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	answer, err := client.Do(r)
	if err != nil {
		return false
	}
	defer answer.Body.Close()
	var host struct {
		App string `json:"app"`
	}
	return json.UnmarshalRead(io.LimitReader(answer.Body, 1<<16), &host) == nil && host.App == "duologue"
}
