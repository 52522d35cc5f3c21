package app_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"duologue/app/apptest"
)

const tusPart = 4 << 20

// uploader brings one file through everything that can happen to it.
type uploader struct {
	t    testing.TB
	c    *apptest.Client
	file *os.File
	size int64
	path string // of the upload
	buf  []byte
}

func (u *uploader) request(method, path string, body io.Reader, header map[string]string) *http.Request {
	r, err := http.NewRequest(method, u.c.Base+path, body)
	if err != nil {
		u.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+u.c.Secret)
	r.Header.Set("Tus-Resumable", "1.0.0")
	for k, v := range header {
		r.Header.Set(k, v)
	}
	return r
}

func (u *uploader) call(r *http.Request, status int) *http.Response {
	u.t.Helper()
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		u.t.Fatal(err)
	}
	defer resp.Body.Close()
	if text, _ := io.ReadAll(resp.Body); resp.StatusCode != status {
		u.t.Fatalf("%s %s: %d %s", r.Method, r.URL.Path, resp.StatusCode, text)
	}
	return resp
}

func (u *uploader) create() {
	u.t.Helper()
	resp := u.call(u.request("POST", "/api/files", nil, map[string]string{"Upload-Length": strconv.FormatInt(u.size, 10),
		"Upload-Metadata": "filename " + base64.StdEncoding.EncodeToString([]byte("film.mkv"))}), 201)
	u.path = resp.Header.Get("Location")
}

// offset asks how far the upload is.
func (u *uploader) offset() int64 {
	u.t.Helper()
	n, err := strconv.ParseInt(u.call(u.request("HEAD", u.path, nil, nil), 200).Header.Get("Upload-Offset"), 10, 64)
	if err != nil {
		u.t.Fatal(err)
	}
	return n
}

func (u *uploader) part(at int64) []byte {
	n, err := u.file.ReadAt(u.buf, at)
	if err != nil && err != io.EOF {
		u.t.Fatal(err)
	}
	return u.buf[:n]
}

// next sends the part at an offset and gives the offset after it.
func (u *uploader) next(at int64) int64 {
	u.t.Helper()
	for {
		r := u.request("PATCH", u.path, bytes.NewReader(u.part(at)), map[string]string{
			"Content-Type": "application/offset+octet-stream", "Upload-Offset": strconv.FormatInt(at, 10)})
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			u.t.Fatal(err)
		}
		resp.Body.Close()
		switch resp.StatusCode {
		case 204:
			return at + r.ContentLength
		case 409, 423: // what was cut off may be at work still
			at = u.offset()
		default:
			u.t.Fatal(resp.Status)
		}
	}
}

// cut sends some of a part and drops the connection.
func (u *uploader) cut(at int64) {
	u.t.Helper()
	data := u.part(at)
	conn, err := net.Dial("tcp", strings.TrimPrefix(u.c.Base, "http://"))
	if err != nil {
		u.t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "PATCH %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nTus-Resumable: 1.0.0\r\n"+
		"Content-Type: application/offset+octet-stream\r\nUpload-Offset: %d\r\nContent-Length: %d\r\n\r\n",
		u.path, strings.TrimPrefix(u.c.Base, "http://"), u.c.Secret, at, len(data))
	conn.Write(data[:rand.IntN(len(data)+1)])
	if rand.IntN(2) == 0 {
		conn.(*net.TCPConn).SetLinger(0)
	}
}

// TestUploadThroughEverything brings a file over a connection that is cut ten
// times, to a host that is killed once in between, to somebody who gets the
// same bytes. DUOLOGUE_UPLOAD says how large it is, in MiB, and measures: time
// against a plain copy, and memory.
func TestUploadThroughEverything(t *testing.T) {
	size := int64(40 << 20)
	if text := os.Getenv("DUOLOGUE_UPLOAD"); text != "" {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		size = n << 20
	}
	dir := t.TempDir()
	file, sum := randomFile(t, filepath.Join(dir, "film"), size)
	o := childOptions{Data: filepath.Join(dir, "data"), Ballast: -1}
	h := startChild(t, o)
	people := h.people(2)
	u := &uploader{t: t, c: people[0], file: file, size: size, buf: make([]byte, tusPart)}
	before, most := h.memory(), int64(0)
	start := time.Now()
	u.create()
	cuts := map[int64]bool{}
	for len(cuts) < 9 {
		cuts[rand.Int64N(size/tusPart)] = true
	}
	killAt := size / tusPart / 2
	for at := int64(0); at < size; {
		n := at / tusPart
		if cuts[n] {
			delete(cuts, n)
			u.cut(at)
			at = u.offset()
			continue
		}
		if n >= killAt && killAt >= 0 { // the tenth cut
			killAt = -1
			u.cut(at)
			most = max(most, h.memory())
			h.kill()
			h = startChild(t, o)
			for _, c := range people {
				c.Base = h.URL
			}
			if now := u.offset(); now < at {
				t.Fatalf("%d bytes were acknowledged, after the kill there are %d", at, now)
			}
			at = u.offset()
			continue
		}
		at = u.next(at)
	}
	took := time.Since(start)
	most = max(most, h.memory())
	id := strings.TrimPrefix(u.path, "/api/files/")
	body := map[string]any{"cid": cid(1), "content": "", "files": []string{id}}
	if err := people[0].Do("POST", fmt.Sprintf("/api/chats/%d/messages", people[1].ID), body, nil); err != nil {
		t.Fatal(err)
	}
	start = time.Now()
	if got := download(t, people[1], u.path); got != sum {
		t.Errorf("%s arrived, %s was sent", got, sum)
	}
	down := time.Since(start)
	if blob := filepath.Join(o.Data, "files", sum[:2], sum); !exists(blob) {
		t.Error("it is not where its sum says")
	}
	most = max(most, h.memory())
	t.Logf("%d MiB: up %v, down %v; memory at most %d MB, %d before", size>>20, took.Round(time.Millisecond),
		down.Round(time.Millisecond), most>>20, before>>20)
	if os.Getenv("DUOLOGUE_UPLOAD") != "" {
		plain := plainCopy(t, dir, file.Name())
		t.Logf("a plain copy: %v, so it takes %.1f times as long", plain.Round(time.Millisecond), took.Seconds()/plain.Seconds())
	}
}

func exists(path string) bool { _, err := os.Stat(path); return err == nil }

func randomFile(t testing.TB, path string, size int64) (*os.File, string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	sum := sha256.New()
	if _, err := io.CopyN(io.MultiWriter(f, sum), rand.NewChaCha8([32]byte{1}), size); err != nil {
		t.Fatal(err)
	}
	return f, hex.EncodeToString(sum.Sum(nil))
}

func download(t testing.TB, c *apptest.Client, path string) string {
	t.Helper()
	r, err := http.NewRequest("GET", c.Base+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+c.Secret)
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, resp.Body); err != nil || resp.StatusCode != 200 {
		t.Fatal(resp.Status, err)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// memory is the most that the process had in memory up to now, in bytes; 0
// where the system does not tell.
func (h *child) memory() int64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", h.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	line, _, _ := strings.Cut(rest, " kB")
	n, _ := strconv.ParseInt(strings.TrimSpace(line), 10, 64)
	return n << 10
}

// plainCopy is how long curl takes to bring a file to a bare handler that
// writes it down and does nothing else.
func plainCopy(t testing.TB, dir, name string) time.Duration {
	t.Helper()
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip("there is no curl to compare with")
	}
	f := fiber.New(fiber.Config{DisableStartupMessage: true, StreamRequestBody: true, BodyLimit: 1 << 40})
	f.Put("/film", func(c *fiber.Ctx) error {
		out, err := os.Create(filepath.Join(dir, "copy"))
		if err != nil {
			return err
		}
		_, err = io.Copy(out, c.Context().RequestBodyStream())
		return errors.Join(err, out.Close())
	})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- f.Listener(l) }()
	defer func() { f.Shutdown(); <-served }()
	start := time.Now()
	if out, err := exec.Command("curl", "-s", "-f", "-H", "Expect:", "-T", name, "http://"+l.Addr().String()+"/film").CombinedOutput(); err != nil {
		t.Fatal(err, string(out))
	}
	took := time.Since(start)
	if a, _ := os.Stat(name); a == nil || !sameSize(filepath.Join(dir, "copy"), a.Size()) {
		t.Fatal("the copy is not whole")
	}
	return took
}

func sameSize(path string, size int64) bool {
	st, err := os.Stat(path)
	return err == nil && st.Size() == size
}
