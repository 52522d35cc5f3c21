package export

import (
	"archive/zip"
	"context"
	"fmt"
	"io"
	"time"

	"github.com/go-json-experiment/json"

	"duologue/app/wire"
	"duologue/db"
)

// Store is what an export reads.
type Store interface {
	History(owner, who db.ID, r db.Range) (page []db.Message, more bool, err error)
	OpenFile(owner db.ID, id string) (db.Bytes, error)
}

// Chat is one side of a chat as it is to be saved.
type Chat struct {
	Me, Who db.Person
	Upto    uint64 // the seq of the last message; what comes later is left out
	Words   Words
	Inline  func(kind string) bool // types that a page shows by itself
	Now     func() time.Time
}

// writer is a chat on its way into a zip. It reads page by page and keeps
// nothing but the names of files.
type writer struct {
	Chat
	ctx   context.Context
	store Store
	zip   *zip.Writer
	paths map[string]string // of files in the zip, by id
}

// Write writes a chat as a zip: index.html for people, messages.json for
// programs, and the files. It ends early with ctx.
func Write(ctx context.Context, w io.Writer, store Store, c Chat) error {
	x := &writer{Chat: c, ctx: ctx, store: store, zip: zip.NewWriter(w), paths: map[string]string{}}
	for _, step := range []func() error{x.writePage, x.writeJSON, x.writeFiles, x.zip.Close} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// each calls f with all messages, oldest first.
func (x *writer) each(f func(*db.Message) error) error {
	// Around the first message there is only the upper half.
	page, more, err := x.store.History(x.Me.ID, x.Who.ID, db.Range{Around: 1, Limit: db.MaxPage})
	for err == nil {
		for i := range page {
			if page[i].Seq > x.Upto {
				return nil
			}
			if err := f(&page[i]); err != nil {
				return err
			}
		}
		if !more || len(page) == 0 {
			return nil
		}
		if err = x.ctx.Err(); err == nil {
			page, more, err = x.store.History(x.Me.ID, x.Who.ID, db.Range{After: page[len(page)-1].Seq, Limit: db.MaxPage})
		}
	}
	return err
}

// pathOf gives a file its place in the zip, once.
func (x *writer) pathOf(m *db.Message, i int) string {
	f := &m.Files[i]
	if f.Gone {
		return ""
	}
	if x.paths[f.ID] == "" {
		x.paths[f.ID] = fmt.Sprintf("files/%06d-%d-%s", m.Seq, i+1, f.Name)
	}
	return x.paths[f.ID]
}

func (x *writer) begin(name string, method uint16) (io.Writer, error) {
	return x.zip.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: x.Now()})
}

type message struct {
	*wire.Message
	Paths []string `json:"paths,omitzero"` // of the files, in their order; empty for one that is gone
}

func (x *writer) writeJSON() error {
	w, err := x.begin("messages.json", zip.Deflate)
	if err != nil {
		return err
	}
	head, err := json.Marshal(struct {
		App  string    `json:"app"`
		Date int64     `json:"date"`
		Me   wire.User `json:"me"`
		Who  wire.User `json:"who"`
	}{"duologue", x.Now().UnixMilli(), wire.UserOf(x.Me, false), wire.UserOf(x.Who, false)})
	if err != nil {
		return err
	}
	if _, err = w.Write(append(head[:len(head)-1], `,"messages":[`...)); err != nil {
		return err
	}
	part := "\n"
	err = x.each(func(m *db.Message) error {
		e := message{Message: wire.MessageOf(m)}
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

func (x *writer) writeFiles() error {
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
func (x *writer) writeFile(path, id string) error {
	b, err := x.store.OpenFile(x.Me.ID, id)
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
