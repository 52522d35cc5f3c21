package pictures

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"duologue/db"
)

// What is no picture has a type only; a picture is measured, and cleaned where
// that was asked for; nothing is said of one once the host ends.
func TestMaker(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	made := func(m *Maker, data []byte, picture bool) (db.Made, error) {
		t.Helper()
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { f.Close() })
		return m.Make(f, db.Upload{Size: int64(len(data)), Picture: picture})
	}
	ctx, cancel := context.WithCancel(t.Context())
	m := NewMaker(ctx, slog.New(slog.DiscardHandler))
	if got, err := made(m, []byte("just words"), true); err != nil || got.Type != "text/plain" || got.Width != 0 || got.Picture || got.Clean != nil {
		t.Errorf("%+v, %v", got, err)
	}
	data := jpegOf(t, quarters(60, 40))
	for _, picture := range []bool{false, true} {
		got, err := made(m, data, picture)
		if err != nil || got.Type != "image/jpeg" || got.Width != 60 || got.Height != 40 || got.Picture != picture || (got.Clean != nil) != picture {
			t.Errorf("%+v, %v", got, err)
			continue
		}
		var b bytes.Buffer
		if picture && (got.Clean(&b) != nil || b.Len() == 0) {
			t.Error("it is not cleaned")
		}
	}
	cancel()
	if _, err := made(m, data, true); db.CodeOf(err) != db.Unavailable {
		t.Errorf("after the end: %v", err)
	}
}
