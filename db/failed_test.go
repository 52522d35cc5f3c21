package db

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"duologue/db/folder"
	"duologue/db/kv"
	"duologue/db/record"
)

// A store that cannot be opened is left as it was found: merging the tables
// that a crash left in level 0 would rewrite what is damaged, or a newer
// program's.
func TestFailedOpeningMergesNothing(t *testing.T) {
	needsDisk(t)
	o := quick(t)
	check(t, openWith(t, o, 2).Close()) // a table that others would be merged with
	s := open(t, o)
	big := strings.Repeat("x", MaxContent)
	within(t, "a table in level 0", func() bool {
		say(t, s, 1, 2, big)
		logs, err := folder.Files(filepath.Join(o.Dir, "store"), ".mem")
		return err == nil && len(tablesIn(t, o.Dir)) > 1 && len(logs) == 1
	})
	for word, spoil := range map[string]kv.Change{
		"newer":   {Key: record.KeySchema, Value: record.Encode(record.Schema + 1)},
		"damaged": {Key: record.KeySchema, Delete: true},
	} {
		t.Run(word, func(t *testing.T) {
			commitRaw(t, s, spoil)
			after := o
			after.Dir = copyDir(t, o.Dir)
			before := tablesIn(t, after.Dir)
			_, err := Open(t.Context(), after)
			wantCode(t, err, Unavailable)
			oneSentence(t, err, word)
			now := tablesIn(t, after.Dir) // the memtable is one of them now
			for name, data := range before {
				if !bytes.Equal(now[name], data) {
					t.Errorf("%s is not what it was", name)
				}
			}
		})
	}
}

func tablesIn(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	paths, err := folder.Files(filepath.Join(dir, "store"), ".sst")
	check(t, err)
	tables := map[string][]byte{}
	for _, path := range paths {
		tables[filepath.Base(path)], err = os.ReadFile(path)
		check(t, err)
	}
	return tables
}
