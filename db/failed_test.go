package db

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dgraph-io/badger/v4"

	"duologue/db/folder"
	"duologue/db/record"
)

// A store that cannot be opened is left as it was found: merging the tables
// that a crash left in level 0 would rewrite what is damaged, or a newer
// program's.
func TestFailedOpeningMergesNothing(t *testing.T) {
	o := quick(t)
	check(t, openWith(t, o, 2).Close()) // a table that others would be merged with
	s := open(t, o)
	big := strings.Repeat("x", MaxContent)
	within(t, "a table in level 0", func() bool {
		say(t, s, 1, 2, big)
		logs, err := folder.Files(s.bdb.Opts().Dir, ".mem")
		return err == nil && s.bdb.Levels()[0].NumTables > 0 && len(logs) == 1
	})
	for word, spoil := range map[string]func(*badger.Txn) error{
		"newer":   func(txn *badger.Txn) error { return txn.Set(record.KeySchema, record.Encode(record.Schema+1)) },
		"damaged": func(txn *badger.Txn) error { return txn.Delete(record.KeySchema) },
	} {
		t.Run(word, func(t *testing.T) {
			check(t, s.bdb.Update(spoil))
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
