package app

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// pkg is what the go command knows of a package.
type pkg struct {
	ImportPath, Dir, Doc, Name string
	Imports                    []string
}

func packages(t *testing.T) map[string]pkg {
	t.Helper()
	list := exec.Command("go", "list", "-json=ImportPath,Dir,Doc,Name,Imports", "./...")
	list.Dir = ".."
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]pkg{}
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := d.Decode(&p); err == io.EOF {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all[p.ImportPath] = p
	}
}

func TestEveryPackageSaysWhatItIsFor(t *testing.T) {
	for path, p := range packages(t) {
		if p.Doc == "" {
			t.Errorf("%s has no comment", path)
		}
	}
}

// A package that has grown too large to be known whole is to be taken apart.
// Files of all systems count, tests do not.
func TestPackagesAreSmall(t *testing.T) {
	const most = 2500 // lines
	for path, p := range packages(t) {
		files, err := filepath.Glob(filepath.Join(p.Dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		lines := 0
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			lines += bytes.Count(data, []byte("\n"))
		}
		if lines > most {
			t.Errorf("%s has %d lines, more than %d", path, lines, most)
		}
	}
}

// Imports run one way, main to app to its rooms to db: rooms know each other by
// the wire alone, and what is foreign stays in its room. An arrow that nobody
// uses is none.
func TestImportsRunOneWay(t *testing.T) {
	const wire, store = "duologue/app/wire", "duologue/db"
	rooms := []string{wire, "duologue/app/live", "duologue/app/access", "duologue/app/listen", "duologue/app/transfer",
		"duologue/app/pictures", "duologue/app/export", "duologue/app/assets", "duologue/app/lan", "duologue/app/desktop"}
	may := map[string][]string{
		"duologue":              {"duologue/app", "duologue/app/config", "duologue/app/desktop", "duologue/ui"},
		"duologue/app/config":   {"duologue/app", "duologue/app/access", "duologue/app/desktop", "duologue/app/listen", wire},
		"duologue/app":          append(rooms, store),
		"duologue/app/wire":     {store},
		"duologue/app/live":     {wire, store},
		"duologue/app/access":   {wire, store},
		"duologue/app/listen":   nil,
		"duologue/app/transfer": {wire, store},
		"duologue/app/pictures": {wire, store},
		"duologue/app/export":   {wire, store},
		"duologue/app/lan":      nil,
		"duologue/app/desktop":  {store},
		"duologue/app/apptest":  {"duologue/app"},
		store: {store + "/errs", store + "/model", store + "/names", store + "/folder", store + "/space", store + "/blobs",
			store + "/record", store + "/history", store + "/files", store + "/sessions",
			store + "/roster", store + "/commit", store + "/kv"},
		store + "/sessions": {store + "/errs", store + "/model", store + "/names", store + "/record", store + "/kv"},
		store + "/roster":   {store + "/model", store + "/names", store + "/record", store + "/kv"},
		store + "/commit":   {store + "/errs", store + "/kv"},
		store + "/files": {store + "/errs", store + "/model", store + "/folder", store + "/space", store + "/blobs", store + "/record",
			store + "/kv"},
		store + "/history": {store + "/errs", store + "/model", store + "/names", store + "/record", store + "/kv"},
		store + "/names":   {store + "/errs"},
		store + "/space":   {store + "/errs", store + "/folder"},
		store + "/blobs":   {store + "/errs", store + "/folder"},
		store + "/record":  {store + "/model", store + "/kv"},
		store + "/kv":      {store + "/folder", store + "/space"},
	}
	only := map[string][]string{
		"github.com/dgraph-io/badger":          {"duologue/db/kv"},
		"github.com/fxamacker/cbor":            {"duologue/db/record"},
		"github.com/gofiber/fiber":             {"duologue/app", "duologue/app/live"},
		"github.com/valyala/fasthttp":          {"duologue/app", "duologue/app/live"},
		"github.com/gofiber/contrib/websocket": {"duologue/app/live"},
		"github.com/fasthttp/websocket":        {"duologue/app/live", "duologue/app/apptest"},
		"github.com/adrg/xdg":                  {"duologue/app/desktop"},
		"github.com/gofrs/flock":               {"duologue/app/desktop"},
		"github.com/pion/mdns":                 {"duologue/app/lan"},
		"rsc.io/qr":                            {"duologue/app/lan"},
		"encoding/json":                        {},
	}
	used := map[[2]string]bool{}
	for path, p := range packages(t) {
		for _, imported := range p.Imports {
			used[[2]string{path, imported}] = true
			if strings.HasPrefix(imported, "duologue/") && !slices.Contains(may[path], imported) {
				t.Errorf("%s imports %s", path, imported)
			}
			for foreign, rooms := range only {
				if !strings.HasPrefix(imported, foreign) {
					continue
				}
				used[[2]string{path, foreign}] = true
				if !slices.Contains(rooms, path) {
					t.Errorf("%s imports %s", path, imported)
				}
			}
		}
	}
	for path, allowed := range may {
		for _, imported := range allowed {
			if !used[[2]string{path, imported}] {
				t.Errorf("%s may import %s and does not", path, imported)
			}
		}
	}
	for foreign, rooms := range only {
		for _, path := range rooms {
			if !used[[2]string{path, foreign}] {
				t.Errorf("%s may import %s and does not", path, foreign)
			}
		}
	}
}

// The top level holds what people look for first, and no more.
func TestTopLevelIsTidy(t *testing.T) {
	known := []string{"LICENSE", "README.md", "go.mod", "go.sum", "main.go", "main_test.go", "app", "db", "ui"}
	list := exec.Command("git", "ls-files")
	list.Dir = ".."
	out, err := list.Output()
	if err != nil {
		t.Skip("not a checkout")
	}
	for name := range strings.Lines(string(out)) {
		top, _, _ := strings.Cut(filepath.ToSlash(strings.TrimSpace(name)), "/")
		if !strings.HasPrefix(top, ".") && !slices.Contains(known, top) {
			t.Errorf("%s does not belong here", top)
		}
	}
	data, err := os.ReadFile("../main.go")
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(data), "\n"); n > 60 {
		t.Errorf("main.go has %d lines", n)
	}
}
