package kv

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/table"
	"github.com/dgraph-io/ristretto/v2/z"

	"duologue/db/folder"
)

// maxDeepVerify is up to how many bytes of tables are read whole at every
// start; of a larger store the ends of each table are.
const maxDeepVerify = 16 << 20

// verifyFiles opens every table once before Badger does. Badger opens them in
// goroutines of its own, where damage ends the process, leaves away a table
// whose index is damaged, deletes those that its manifest does not list, and
// takes what stands in a damaged block for missing. After a crash there may be
// tables that the manifest does not list yet, or no more.
func verifyFiles(o badger.Options, crashed bool) error {
	listed, err := readManifest(o)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	fresh := err != nil
	memtables, err := folder.Files(o.Dir, ".mem")
	if err != nil {
		return err
	}
	tables, err := folder.Files(o.Dir, ".sst")
	if err != nil {
		return err
	}
	// A crash may leave tables that are not listed, but not without a log, nor
	// without any that is.
	if fresh && len(memtables)+len(tables) > 0 || len(listed)+len(memtables) == 0 && len(tables) > 0 {
		return errors.New("the manifest is missing, or cut short")
	}
	size := int64(0)
	for _, name := range tables {
		if st, err := os.Stat(name); err == nil {
			size += st.Size()
		}
	}
	for _, name := range tables {
		id, _ := table.ParseFileID(name)
		if t, ok := listed[id]; ok {
			if err := verifyTable(name, o, t, size <= maxDeepVerify); err != nil {
				return fmt.Errorf("%s: %w", filepath.Base(name), err)
			}
		} else if !crashed {
			return fmt.Errorf("%s is not in the manifest", filepath.Base(name))
		}
	}
	return nil
}

func readManifest(o badger.Options) (map[uint64]badger.TableManifest, error) {
	f, err := os.Open(filepath.Join(o.Dir, badger.ManifestFilename))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	m, _, err := badger.ReplayManifestFile(f, o.ExternalMagicVersion, o)
	return m.Tables, err
}

// verifyTable reads the index and the last block of a table, as opening it
// does, or all of it.
func verifyTable(name string, o badger.Options, m badger.TableManifest, deep bool) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %.100v", r)
		}
	}()
	f, err := z.OpenMmapFile(name, os.O_RDONLY, 0)
	if err != nil {
		return err
	}
	defer f.Close(-1)
	t, err := table.OpenTable(f, table.Options{ReadOnly: true, BlockSize: o.BlockSize,
		Compression: m.Compression, ChkMode: o.ChecksumVerificationMode})
	if err == nil && deep {
		err = t.VerifyChecksum()
	}
	return err
}
