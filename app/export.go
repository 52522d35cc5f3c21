package app

import (
	"archive/zip"
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/gofiber/fiber/v2"

	"duologue/app/transfer"
	"duologue/app/wire"
	"duologue/db"
)

// export is one side of a chat on its way into a zip. It reads page by page
// and keeps nothing but the names of files.
type export struct {
	a         *App
	me, other db.Person
	upto      uint64
	words     exportWords
	conn      net.Conn
	zip       *zip.Writer
	paths     map[string]string // of files in the zip, by id
}

// getExport sends the caller's side of a chat as a zip that is made meanwhile.
func (a *App) getExport(q *call) error {
	who, err := q.person("who")
	if err != nil {
		return err
	}
	chat, err := a.store.Chat(q.me.ID, who)
	if err != nil {
		return err
	}
	x := &export{a: a, me: q.me, words: exportLanguage(q.Query("lang"), q.Get(fiber.HeaderAcceptLanguage)),
		conn: q.Context().Conn(), paths: map[string]string{}}
	if x.other, _ = a.store.Person(who); chat.Last != nil {
		x.upto = chat.Last.Seq
	}
	name := transfer.CleanFileName(fmt.Sprintf("%s - %s.zip", x.words.Title, x.other.Name))
	const kind = "application/zip"
	q.Set(fiber.HeaderContentType, kind)
	q.Set(fiber.HeaderContentDisposition, transfer.Disposition(kind, name))
	if q.Method() == http.MethodHead {
		return nil
	}
	if err := a.files.downloads.Enter(q.me.ID); err != nil {
		return err
	}
	q.Context().SetBodyStreamWriter(func(w *bufio.Writer) {
		defer a.files.downloads.Leave(x.me.ID)
		if err := recovered(a.log, func() error { return x.write(w) }); err != nil {
			a.log.Info("saving a chat ended early", "err", err)
			_ = x.conn.Close() // or what was sent would look whole
		}
	})
	return nil
}

func (x *export) write(w *bufio.Writer) error {
	x.zip = zip.NewWriter(&patient{w, x.conn})
	for _, step := range []func() error{x.writePage, x.writeJSON, x.writeFiles, x.zip.Close, w.Flush} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// patient gives the other side time for each part anew.
type patient struct {
	w    io.Writer
	conn net.Conn
}

func (p *patient) Write(b []byte) (int, error) {
	_ = p.conn.SetWriteDeadline(time.Now().Add(writeTimeout))
	return p.w.Write(b)
}

// each calls f with all messages, oldest first.
func (x *export) each(f func(*db.Message) error) error {
	page, more, err := x.a.oldest(x.me.ID, x.other.ID, maxPage)
	for err == nil {
		for i := range page {
			if page[i].Seq > x.upto {
				return nil
			}
			if err := f(&page[i]); err != nil {
				return err
			}
		}
		if !more || len(page) == 0 {
			return nil
		}
		if err = x.a.life.Err(); err == nil {
			page, more, err = x.a.store.History(x.me.ID, x.other.ID, db.Range{After: page[len(page)-1].Seq, Limit: maxPage})
		}
	}
	return err
}

// pathOf gives a file its place in the zip, once.
func (x *export) pathOf(m *db.Message, i int) string {
	f := &m.Files[i]
	if f.Gone {
		return ""
	}
	if x.paths[f.ID] == "" {
		x.paths[f.ID] = fmt.Sprintf("files/%06d-%d-%s", m.Seq, i+1, f.Name)
	}
	return x.paths[f.ID]
}

func (x *export) begin(name string, method uint16) (io.Writer, error) {
	return x.zip.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: x.a.o.Now()})
}

type exportMessage struct {
	*wire.Message
	Paths []string `json:"paths,omitzero"` // of the files, in their order; empty for one that is gone
}

func (x *export) writeJSON() error {
	w, err := x.begin("messages.json", zip.Deflate)
	if err != nil {
		return err
	}
	head, err := json.Marshal(struct {
		App  string    `json:"app"`
		Date int64     `json:"date"`
		Me   wire.User `json:"me"`
		Who  wire.User `json:"who"`
	}{"duologue", x.a.o.Now().UnixMilli(), wire.UserOf(x.me, false), wire.UserOf(x.other, false)})
	if err != nil {
		return err
	}
	if _, err = w.Write(append(head[:len(head)-1], `,"messages":[`...)); err != nil {
		return err
	}
	part := "\n"
	err = x.each(func(m *db.Message) error {
		e := exportMessage{Message: wire.MessageOf(m)}
		for i := range m.Files {
			e.Paths = append(e.Paths, x.pathOf(m, i))
		}
		b, err := json.Marshal(e)
		if err != nil {
			return err
		}
		_, err = w.Write(append([]byte(part), b...))
		part = ",\n"
		return err
	})
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, "\n]}\n")
	return err
}

func (x *export) writeFiles() error {
	written := map[string]bool{}
	return x.each(func(m *db.Message) error {
		for i := range m.Files {
			id := m.Files[i].ID
			if path := x.paths[id]; path != "" && !written[id] {
				written[id] = true
				if err := x.writeFile(path, id); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// writeFile copies a file; one that was deleted since is left out.
func (x *export) writeFile(path, id string) error {
	b, err := x.a.store.OpenFile(x.me.ID, id)
	if db.CodeOf(err) == db.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	defer b.Data.Close()
	w, err := x.begin(path, zip.Store)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, b.Data)
	return err
}
