package export

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json"

	"duologue/db"
)

// fakeStore has one chat and some files, in a folder by id.
type fakeStore struct {
	messages []db.Message
	dir      string
	reads    int
}

func (s *fakeStore) History(_, _ db.ID, r db.Range) (page []db.Message, more bool, err error) {
	s.reads++
	for _, m := range s.messages {
		if r.Around > 0 || m.Seq > r.After {
			if len(page) == r.Limit {
				return page, true, nil
			}
			page = append(page, m)
		}
	}
	return page, false, nil
}

func (s *fakeStore) OpenFile(_ db.ID, id string) (db.Bytes, error) {
	f, err := os.Open(filepath.Join(s.dir, id))
	if err != nil {
		return db.Bytes{}, db.Errorf(db.NotFound, "it was deleted")
	}
	return db.Bytes{Data: f}, nil
}

func (s *fakeStore) put(t *testing.T, id, data string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(s.dir, id), []byte(data), 0o600); err != nil {
		t.Fatal(err)
	}
}

func chatOf(s *fakeStore) Chat {
	return Chat{Me: db.Person{ID: 1, Name: "Alice"}, Who: db.Person{ID: 2, Name: "Bob"}, Upto: s.messages[len(s.messages)-1].Seq,
		Words: Language("zh", ""), Inline: func(kind string) bool { return kind == "image/png" }, Now: time.Now}
}

// unzip gives what is in a zip, by name.
func unzip(t *testing.T, data []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	inside := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		all, err := io.ReadAll(r)
		if err != nil {
			t.Error(f.Name, err)
		}
		inside[f.Name] = string(all)
	}
	return inside
}

// A chat of several pages comes out whole: texts as texts, each file once, and
// those that are gone by name.
func TestWrite(t *testing.T) {
	s := &fakeStore{dir: t.TempDir()}
	s.put(t, "pic", "a picture")
	s.put(t, "evil", "<script>")
	const n = 2*db.MaxPage + 3
	for i := range n {
		s.messages = append(s.messages, db.Message{Seq: uint64(i + 1), User: db.ID(1 + i%2), Name: "Alice", Content: fmt.Sprint("line ", i)})
	}
	s.messages[0].Content = "<script>alert(1)</script>"
	pic := db.File{ID: "pic", Name: "q&a 一.png", Type: "image/png", Size: 9}
	s.messages[0].Files = []db.File{pic, {ID: "evil", Name: "x.html", Type: "text/html", Size: 8}}
	s.messages[1].Files = []db.File{pic}
	s.messages[2].Files = []db.File{{ID: "gone", Name: "gone.txt", Gone: true}, {ID: "late", Name: "late.txt"}}
	s.messages[3].Recalled, s.messages[3].Content = true, ""
	c := chatOf(s)
	s.messages = append(s.messages, db.Message{Seq: n + 1, Content: "after it began"})

	var b bytes.Buffer
	if err := Write(t.Context(), &b, s, c); err != nil {
		t.Fatal(err)
	}
	inside := unzip(t, b.Bytes())
	page := inside["index.html"]
	if len(inside) != 4 || inside["files/000001-1-q&a 一.png"] != "a picture" || inside["files/000001-2-x.html"] != "<script>" {
		t.Errorf("%d files", len(inside))
	}
	if strings.Count(page, "<article") != n || strings.Contains(page, "<script>") || strings.Contains(page, "after it began") ||
		!strings.Contains(page, `lang="zh-CN"`) || strings.Count(page, `src="files/000001-1-q&amp;a%20%E4%B8%80.png"`) != 2 ||
		!strings.Contains(page, "<bdi>gone.txt</bdi> · 已不再保存") || !strings.Contains(page, "这条消息已撤回。") {
		t.Errorf("%.3000s", page)
	}
	var records struct {
		Messages []struct {
			Seq   uint64   `json:"seq"`
			Paths []string `json:"paths"`
		} `json:"messages"`
	}
	if err := json.Unmarshal([]byte(inside["messages.json"]), &records); err != nil || len(records.Messages) != n {
		t.Fatal(err, len(records.Messages))
	}
	if p := records.Messages[1].Paths; len(p) != 1 || inside[p[0]] != "a picture" {
		t.Error(p)
	}
	if p := records.Messages[2].Paths; len(p) != 2 || p[0] != "" {
		t.Error(p)
	}
}

// It ends with its context, and with whoever reads.
func TestWriteEnds(t *testing.T) {
	s := &fakeStore{dir: t.TempDir()}
	for i := range 2 * db.MaxPage {
		s.messages = append(s.messages, db.Message{Seq: uint64(i + 1)})
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Write(ctx, io.Discard, s, chatOf(s)); !errors.Is(err, context.Canceled) || s.reads != 1 {
		t.Errorf("%v after %d reads", err, s.reads)
	}
	r, w := io.Pipe()
	r.Close()
	if err := Write(t.Context(), w, s, chatOf(s)); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("a reader that is gone: %v", err)
	}
}

func TestLanguage(t *testing.T) {
	for _, c := range []struct{ asked, accepted, lang string }{
		{"", "", "en"}, {"zh", "en", "zh-CN"}, {"en", "zh-CN,zh", "en"}, {"", "zh-TW,en", "zh-CN"}, {"", "de", "en"},
	} {
		if got := Language(c.asked, c.accepted).Lang; got != c.lang {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

func TestSizeText(t *testing.T) {
	for n, want := range map[int64]string{0: "0 B", 999: "999 B", 1000: "1.0 kB", 1_500_000: "1.5 MB", 2_000_000_000: "2.0 GB"} {
		if got := sizeText(n); got != want {
			t.Errorf("%d: %s", n, got)
		}
	}
}
