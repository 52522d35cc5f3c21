package db

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"slices"

	"pgregory.net/rapid"

	"duologue/db/errs"
	"duologue/db/files"
)

// What the model knows of one person's reference to a file.
type (
	modelFileKey struct {
		owner ID
		id    string
	}
	modelFile struct {
		File
		bytes  string // empty: dropped
		unsent bool
	}
)

// shows tells whether a copy of owner's shows the file.
func (m *reference) shows(owner ID, id string) bool {
	for key, c := range m.chats {
		for _, msg := range c.copies {
			if key.owner == owner && slices.ContainsFunc(msg.Files, func(f File) bool { return f.ID == id }) {
				return true
			}
		}
	}
	return false
}

// held gives the reference, as long as there is a reason for it.
func (m *reference) held(owner ID, id string) *modelFile {
	f := m.files[modelFileKey{owner, id}]
	if f != nil && !f.unsent && !m.shows(owner, id) {
		delete(m.files, modelFileKey{owner, id})
		return nil
	}
	return f
}

func (m *reference) mayShow(owner ID, ids []string) bool {
	for _, id := range ids {
		if f := m.held(owner, id); f == nil || f.bytes == "" {
			return false
		}
	}
	return true
}

// show gives a message's files as to sees them, who then has them.
func (m *reference) show(from, to ID, ids []string) (files []File) {
	for _, id := range ids {
		f := *m.held(from, id)
		f.unsent = false
		files = append(files, f.File)
		m.files[modelFileKey{to, id}] = &f
	}
	return files
}

func (m *reference) drop(owner ID, id string) {
	m.held(owner, id).bytes = ""
	for key, c := range m.chats {
		for _, msg := range c.copies {
			for i := range msg.Files {
				if key.owner == owner && msg.Files[i].ID == id {
					msg.Files[i].Gone = true
				}
			}
		}
	}
}

// someFiles are mostly such that owner may send.
func (x *machine) someFiles(t *rapid.T, owner ID) (ids []string) {
	if len(x.ids) == 0 {
		return nil
	}
	for range rapid.SampledFrom([]int{0, 0, 0, 1, 1, 2}).Draw(t, "files") {
		id := rapid.SampledFrom(x.ids).Draw(t, "file")
		if x.m.held(owner, id) == nil && rapid.IntRange(0, 4).Draw(t, "dare") > 0 || slices.Contains(ids, id) {
			continue
		}
		ids = append(ids, id)
	}
	return ids
}

// upload brings a file, in one or two parts, sometimes with bytes that are
// there already; a picture is cleaned and gets a thumbnail.
func (x *machine) upload(t *rapid.T) {
	if len(x.ids) > 12 {
		return
	}
	owner := x.anyone(t, "owner")
	text := rapid.SampledFrom([]string{"one", "two", "three", "four and a bit"}).Draw(t, "bytes")
	picture := rapid.Bool().Draw(t, "picture")
	ctx := x.t.Context()
	u, err := x.s.CreateUpload(ctx, owner, files.Upload{Name: fmt.Sprint("file", len(x.ids)), Type: "a/b", Size: int64(len(text))})
	if x.m.people[owner].Removed {
		same(t, "upload", Unauthorized, CodeOf(err))
		return
	}
	same(t, "upload", nil, err)
	half := rapid.IntRange(0, len(text)).Draw(t, "half")
	_, err = x.s.Append(ctx, owner, u.ID, 0, []byte(text[:half]))
	same(t, "append", nil, err)
	if rapid.IntRange(0, 4).Draw(t, "stop") == 0 {
		x.restart()
	}
	have, err := x.s.Upload(owner, u.ID)
	same(t, "upload", nil, err)
	same(t, "offset", int64(half), have.Offset)
	if rapid.IntRange(0, 5).Draw(t, "give up") == 0 {
		same(t, "give up", nil, x.s.DropUpload(ctx, owner, u.ID))
		return
	}
	_, err = x.s.Append(ctx, owner, u.ID, int64(half), []byte(text[half:]))
	same(t, "append", nil, err)
	f := modelFile{File{ID: u.ID, Name: u.Name, Type: "text/plain", Size: int64(len(text))}, text, true}
	_, err = x.s.Finish(ctx, owner, u.ID, func(src *os.File, _ files.Upload) (files.Made, error) {
		made := files.Made{Type: f.Type}
		if picture {
			f.Width, f.Height, f.Picture, f.Thumb = 3, 4, true, true
			f.bytes, f.Size = "clean "+text, int64(len(text)+6)
			made = files.Made{Type: f.Type, Width: 3, Height: 4, Picture: true, Thumb: []byte("small " + text), Clean: func(w io.Writer) error {
				all, err := io.ReadAll(src)
				_, err2 := fmt.Fprintf(w, "clean %s", all)
				return errs.First(err, err2)
			}}
		}
		return made, nil
	})
	same(t, "finish", nil, err)
	x.ids = append(x.ids, u.ID)
	x.m.files[modelFileKey{owner, u.ID}] = &f
}

// drop gives up one file's bytes, or all.
func (x *machine) drop(t *rapid.T) {
	if len(x.ids) == 0 {
		return
	}
	owner, id := x.anyone(t, "owner"), rapid.SampledFrom(x.ids).Draw(t, "file")
	if x.m.people[owner].Removed { // what they had goes by itself
		return
	}
	n, size, err := x.s.DropFiles(x.t.Context(), owner, files.Drop{ID: id})
	same(t, "drop", nil, err)
	if f := x.m.held(owner, id); f == nil || f.unsent || f.bytes == "" {
		same(t, "nothing to drop", 0, n)
	} else {
		same(t, "dropped", f.Size, size)
		x.m.drop(owner, id)
	}
}

// compareFiles opens everything, and lets the store account for itself.
func (x *machine) compareFiles(t *rapid.T, owner ID) {
	for _, id := range x.ids {
		if x.m.people[owner].Removed {
			break
		}
		f := x.m.held(owner, id)
		b, err := x.s.OpenFile(owner, id)
		if f == nil || f.bytes == "" {
			same(t, "no file", NotFound, CodeOf(err))
		} else {
			same(t, "file", nil, err)
			same(t, "bytes", f.bytes, slurp(b))
			same(t, "file", f.File, b.File)
		}
		b, err = x.s.OpenThumb(owner, id)
		if f == nil || !f.Thumb {
			same(t, "no thumbnail", NotFound, CodeOf(err))
		} else {
			same(t, "thumbnail", nil, err)
			same(t, "thumbnail", true, bytes.HasPrefix([]byte(slurp(b)), []byte("small ")))
		}
	}
	if owner == 1 {
		same(t, "accounts", "", audit(x.s, false))
	}
}

func slurp(b files.Bytes) string {
	defer b.Data.Close()
	all, err := io.ReadAll(b.Data)
	if err != nil {
		return err.Error()
	}
	return string(all)
}
