package desktop

import (
	"bytes"
	"context"
	"crypto/rand"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
)

// A second start hands its browser a sign-in of its own, so that the owner
// gets in whatever became of the browser's cookies. It asks the running
// instance for one and proves with a key out of the folder that it may:
// whoever reads the folder can read everything already.
const keyName = "duologue.key"

// Publish tells later starts on this folder where the page of this instance is,
// and gives the key that they prove themselves with: a new one each time, empty
// when it could not be written. The address is written last: whoever finds it
// finds the key, too.
func (l *Lock) Publish(at string) (key string, err error) {
	key = rand.Text()
	if err := WriteFileAtomic(filepath.Join(l.dir, keyName), []byte(key+"\n")); err != nil {
		return "", err
	}
	return key, WriteFileAtomic(filepath.Join(l.dir, addressName), []byte(at+"\n"))
}

// PageOfRunning is the address to show when another instance has the folder:
// the page at the address, with a token of that instance in its fragment. An
// instance that gives none within 3 s is shown without.
func PageOfRunning(dir, at string) string {
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
	if json.UnmarshalRead(io.LimitReader(answer.Body, 1<<12), &made) != nil || made.Token == "" || url.QueryEscape(made.Token) != made.Token {
		return at
	}
	return at + "#token=" + made.Token
}

// unpublish removes what Publish wrote.
func unpublish(dir string) error {
	for _, name := range []string{addressName, keyName} {
		if err := os.Remove(filepath.Join(dir, name)); err != nil && !os.IsNotExist(err) {
			return err
		}
	}
	return nil
}
