package app

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"io"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"time"

	"duologue/app/listen"

	"github.com/go-json-experiment/json"

	"duologue/app/desktop"
)

// A second start hands its browser a sign-in of its own, so that the owner
// gets in whatever became of the browser's cookies. It asks the running
// instance for one and proves with a key out of the folder that it may:
// whoever reads the folder can read everything already.
const keyName = "duologue.key"

// writeKey makes the key of this run and leaves it in the folder.
func writeKey(dir string) (string, error) {
	key := rand.Text()
	return key, desktop.WriteFileAtomic(filepath.Join(dir, keyName), []byte(key+"\n"))
}

// leaveSigns tells later starts on this folder where the page is. The address
// comes last: whoever finds it finds the key, too.
func (a *App) leaveSigns() {
	key, err := writeKey(a.o.Data)
	if err == nil {
		a.key = key
		err = writeAddress(a.o.Data, a.URL())
	}
	if err != nil { // only a second start misses them
		a.log.Warn("the address cannot be left in the folder", "err", err)
	}
}

// postStartToken gives a second start on this computer a token.
func (a *App) postStartToken(q *call) error {
	var body struct {
		Key *string `json:"key"`
	}
	if err := decode(q.Ctx, &body); err != nil {
		return err
	}
	if body.Key == nil {
		return missing("key")
	}
	if !q.here() || a.key == "" || subtle.ConstantTimeCompare([]byte(*body.Key), []byte(a.key)) != 1 {
		return errSignIn
	}
	token, err := a.store.MakeStartToken(q.ctx, tokenLife)
	if err != nil {
		return err
	}
	return reply(q.Ctx, http.StatusCreated, struct {
		Token string `json:"token"`
	}{token})
}

// here reports whether the call comes from this very computer.
func (q *call) here() bool { return sameComputer(q.from(), listen.AddrOf(q.Context().LocalAddr())) }

// sameComputer is about the two ends of a connection: a computer also reaches
// itself by any of its own addresses.
func sameComputer(remote, local netip.Addr) bool {
	return remote.IsLoopback() || remote.IsValid() && remote == local
}

// pageOfRunning is the address to show when another instance has the folder.
// Without a token it is still the page's.
func pageOfRunning(dir, at string) string {
	key, err := os.ReadFile(filepath.Join(dir, keyName))
	if err != nil || len(key) > 100 {
		return at
	}
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	body, _ := json.Marshal(map[string]string{"key": strings.TrimSpace(string(key))}) // two texts always work
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, at+"api/program/token", bytes.NewReader(body))
	if err != nil {
		return at
	}
	r.Header.Set("Content-Type", "application/json")
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	answer, err := client.Do(r)
	if err != nil {
		return at
	}
	defer answer.Body.Close()
	var made struct {
		Token string `json:"token"`
	}
	if json.UnmarshalRead(io.LimitReader(answer.Body, 1<<12), &made) != nil || strings.Trim(made.Token, codeLetters+".") != "" || made.Token == "" {
		return at
	}
	return at + "#token=" + made.Token
}

// removeSigns takes away what leaveSigns left.
func removeSigns(dir string) error {
	for _, name := range []string{addressName, keyName} {
		if err := os.Remove(filepath.Join(dir, name)); err != nil && !os.IsNotExist(err) {
			return err
		}
	}
	return nil
}
