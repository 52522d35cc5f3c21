package kv

import (
	"path/filepath"
	"slices"

	"duologue/db/folder"
)

// Preallocate takes at once the space of the files behind the memtables, which
// Badger makes as holes and maps: what is committed is written there first,
// and between a look at the free space and that write others may have filled
// the disk. One that finds no room is tried again at the next call. It is for
// one goroutine, to be called about once a second until Close.
func (b *Badger) Preallocate() {
	paths, err := folder.Files(b.bdb.Opts().Dir, ".mem")
	if err != nil {
		return
	}
	var done []string
	for _, path := range paths {
		if name := filepath.Base(path); slices.Contains(b.allocated, name) || allocate(path) == nil {
			done = append(done, name)
		}
	}
	b.allocated = done
}
